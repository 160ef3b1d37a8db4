"""What a search looks through: one text of an article in one language, and the card of it that stays in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.dialog.article import Article
from bot.dialog.understanding import Quote
from bot.ports.articles import PACK, ArticleVersion

from .passages import quote

SOURCE = {"fr": "Article complet", "en": "Full article"}


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language; texts of the same `id` are the same article.

    `held`: a pack holds the article, so that a hit need not quote it.
    """

    id: str
    lang: str
    title: str
    body: str
    version: int = 1
    topic: str = ""
    fix: str = ""
    minutes: int = 5
    when: str = ""
    needs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    cause: str = ""
    source: str = ""
    held: bool = True

    @property
    def card(self) -> "Document":
        """The document without its words: what a search keeps of each."""
        return replace(self, title="", body="", signs=(), cause="", source="")

    def quoted(self, paragraph: int) -> Quote:
        """Say what answers, with the way to the whole article where it is longer."""
        body = quote(self.body, paragraph)
        if self.source and len(body) < len(self.body):
            body = f"{body}\n\n[{SOURCE.get(self.lang, SOURCE['en'])}]({self.source})"
        return Quote(self.title, body, self.source, self.fix, self.minutes, self.topic)


Reader = Callable[[str, str, int], Document | None]  # an article's id, language and version -> its text


def documents_of(articles: Mapping[str, Article]) -> Iterator[Document]:
    """Give each text of each article of the packs."""
    return (_document(article, lang, True) for article in articles.values() for lang in article.texts)


def documents_kept(versions: Iterable[ArticleVersion]) -> Iterator[Document]:
    """Give what is current and stands in no pack."""
    return (kept(version) for version in versions if version.origin != PACK)


def kept(version: ArticleVersion) -> Document:
    """Make the document of a version that stands in no pack."""
    return _document(version.article, version.lang, False)


def _document(article: Article, lang: str, held: bool) -> Document:
    text = article.texts[lang]
    return Document(
        article.id,
        lang,
        text.title,
        text.body,
        version=article.version,
        topic=article.topic,
        fix=article.fix,
        minutes=article.minutes,
        when=article.when,
        needs=article.needs,
        signs=text.signs,
        cause=text.cause,
        source=text.source,
        held=held,
    )
