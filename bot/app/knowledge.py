"""The articles of a house: those of its packs kept in their versions, those that were imported, and the search."""

import asyncio
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from bot.dialog.article import Article
from bot.flows.faults import Fault
from bot.kb.library import Library
from bot.packs.pack import Pack
from bot.ports.articles import PACK, ArticleChangedError, ArticleVersion, Tally, together
from bot.ports.clock import Clock
from bot.store.articles import SqlArticles
from bot.store.engine import connect, sqlite_url
from bot.store.ledger import SqlLedger
from bot.store.schema import create

from .archive import open_ledger, upgrade_home
from .mind import DATABASE, Mind, PackError


def library_of(mind: Mind, articles: SqlArticles) -> Library:
    """Make the search of a house; it searches the packs alone until it is refreshed."""
    return Library(mind.playbook.articles, mind.index, mind.make_index, articles)


@dataclass(frozen=True, slots=True)
class Knowing:
    """The knowledge base as commands see it."""

    articles: SqlArticles
    library: Library
    packs: Mapping[str, Article]

    def current(self) -> tuple[Article, ...]:
        """All articles with their texts, those of the packs and the imported ones, by topic and id."""
        known = dict(self.packs)
        imported = (one for one in self.articles.current() if one.origin != PACK and one.article.id not in self.packs)
        for id, versions in groupby(imported, key=lambda one: one.article.id):
            if article := together(versions):
                known[id] = article
        return tuple(sorted(known.values(), key=lambda one: (one.topic, one.id)))

    def article(self, id: str) -> Article | None:
        """Find a current article with its texts, of the packs or imported."""
        return self.packs.get(id) or together(one for one in self.articles.versions(id) if one.current)

    def tally(self, article: Article) -> Tally:
        """What came of an article's version."""
        return self.articles.tallies().get(article.id, {}).get(article.version, Tally())


@contextmanager
def open_knowledge(mind: Mind, home: Path) -> Iterator[Knowing]:
    """Open the knowledge base of a home, in which another process may be at work. Raises HomeError."""
    with _ledger(home) as ledger:
        articles = SqlArticles(ledger)
        library = library_of(mind, articles)
        library.refresh()
        yield Knowing(articles, library, mind.playbook.articles)


@contextmanager
def open_articles(home: Path) -> Iterator[SqlArticles]:
    """Open the articles of a home to be written, in which another process may be at work. Raises HomeError."""
    if not (home / DATABASE).is_file():
        upgrade_home(home)
    with open_ledger(home) as ledger:
        yield SqlArticles(ledger)


@contextmanager
def _ledger(home: Path) -> Iterator[SqlLedger]:
    """The ledger of a home; of one that has none yet, an empty one that nobody keeps."""
    if (home / DATABASE).is_file():
        with open_ledger(home) as ledger:
            yield ledger
        return
    with tempfile.TemporaryDirectory(prefix="guichet-") as folder:
        database = connect(sqlite_url(Path(folder) / DATABASE), durable=False)
        create(database)
        ledger = SqlLedger(database)
        try:
            yield ledger
        finally:
            ledger.close()


async def publish(mind: Mind, articles: SqlArticles, clock: Clock) -> None:
    """Keep the versions of the packs' articles. Raises PackError where one was kept before with another text."""
    now, held = clock.now(), mind.playbook.articles
    each = (
        ArticleVersion(replace(article, texts={lang: text}), lang, PACK, now)
        for article in held.values()
        for lang, text in article.texts.items()
    )
    try:
        await articles.keep(each)
    except ArticleChangedError as error:
        raise PackError(tuple(_changed(mind.packs, articles, error.articles))) from None
    kept = {(article.id, lang) for article in held.values() for lang in article.texts}
    await articles.retire(await asyncio.to_thread(articles.standing, PACK) - kept)


def _changed(packs: tuple[Pack, ...], articles: SqlArticles, found: Iterable[tuple[str, str, int]]) -> Iterator[Fault]:
    for article, lang, version in found:
        owner = next(pack for pack in reversed(packs) if article in pack.articles.articles)
        file = owner.path(f"{owner.name}/articles/{article}.{lang}.md")
        told = f"version {version} of '{article}' was published with another text, and a version never changes"
        free = articles.versions(article)[0].article.version + 1
        yield Fault(file, 0, "", "", told, f"write `version: {free}` in every language of it")
