"""The door to the articles: every version of each, kept for good, and what came of the fixes that people tried."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.dialog.article import Article, ArticleText

PACK = "pack"  # the origin of what the packs hold; imported articles name the place they came from


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version of an article in one language, which is the only text that `article` holds; it never changes.

    `current`: it is what a search finds. `origin`: PACK, or where it was imported from.
    """

    article: Article
    lang: str
    origin: str
    kept_at: datetime
    current: bool = True

    @property
    def text(self) -> ArticleText:
        """What it says."""
        return self.article.texts[self.lang]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a version of a fix helped those who tried it, and how often it did not."""

    helped: int = 0
    did_not_help: int = 0

    @property
    def tried(self) -> int:
        """How many tried it and told."""
        return self.helped + self.did_not_help


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where an article stands among the current ones. `topic`: "" = none; `stale`: one of its translations lags."""

    topic: str
    origin: str
    stale: bool


def together(versions: Iterable[ArticleVersion]) -> Article | None:
    """Put the texts of an article together; each may be at a version of its own, the article shows the newest."""
    held: Article | None = None
    for version in versions:
        texts = {**(held.texts if held else {}), version.lang: version.text}
        newest = max((held or version.article, version.article), key=lambda one: one.version)
        held = replace(newest, texts=texts)
    return held


class ArticleChangedError(Exception):
    """Versions that were kept before come with another text; `articles` names them (id and language)."""

    def __init__(self, articles: Sequence[tuple[str, str, int]]) -> None:
        super().__init__(", ".join(f"{article} ({lang}), version {version}" for article, lang, version in articles))
        self.articles = tuple(articles)


class Articles(Protocol):
    """Keeps articles. Reads block, so they are called in a thread; writes are whole or nothing."""

    async def keep(self, versions: Iterable[ArticleVersion]) -> None:
        """Add versions and make them current in place of earlier ones; those that are kept already stay as they are.

        Raises ArticleChangedError, and then wrote nothing.
        """

    async def retire(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take texts (article and language) from what a search finds. None is lost."""

    def standing(self, origin: str) -> frozenset[tuple[str, str]]:
        """Name the current texts of an origin (article and language)."""

    def current(self) -> Iterator[ArticleVersion]:
        """Give what a search finds, in the order of ids and languages."""

    def found(self, article: str, lang: str, version: int = 0) -> ArticleVersion | None:
        """Give a version; 0 = the current one."""

    def versions(self, article: str) -> tuple[ArticleVersion, ...]:
        """Give every version of an article in every language, newest first."""

    def origins(self) -> Mapping[str, int]:
        """Count the current articles by origin."""

    def shelves(self) -> Mapping[Shelf, int]:
        """Count the current articles by where they stand."""

    def listed(
        self, topic: str, start: int, most: int, origin: str = "", stale: bool = False
    ) -> tuple[tuple[ArticleVersion, ...], ...]:
        """Give a stretch of a topic's current articles, each as its texts, in the order of ids.

        `origin`: of this one alone, "" = of any; `stale`: those alone of which a translation lags.
        """

    def tallies(self, articles: Collection[str] | None = None) -> Mapping[str, Mapping[int, Tally]]:
        """Tell for each article and version how often it helped; None = of all articles."""

    def state(self) -> str:
        """Name what is current: it changes whenever that does, so that an index knows when it is out of date."""
