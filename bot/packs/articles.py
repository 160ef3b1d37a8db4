"""The articles of a pack: read by bot/kb, and held to what packs ask beyond that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.dialog.article import Article
from bot.flows.faults import Fault, Margin, Place, Reference
from bot.flows.reading import refer_predicate
from bot.flows.words import typography
from bot.kb.articles import read_articles as read_files


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """Articles by id, what is wrong in their files, and the slots that they name."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_articles(folder: Path, name: str) -> ArticleSheet:
    """Read the articles of a folder, which goes by `name` in faults and references."""
    read = read_files(folder)
    faults = [Fault(f"{name}/{Path(one.file).name}", one.line, "", "", one.message, one.mend) for one in read.faults]
    references: list[Reference] = []
    for article in read.articles.values():
        margin = Margin(Place(f"{name}/{article.id}.en.md"), [], references)
        if article.when:
            refer_predicate(article.when, margin, 1, "when")
        faults += _french(article, f"{name}/{article.id}.fr.md")
    return ArticleSheet(read.articles, tuple(references), tuple(faults))


def _french(article: Article, file: str) -> Iterator[Fault]:
    """How the French text is set."""
    french = article.texts.get("fr")
    if french:
        told = (("title", french.title), ("risk", french.risk), ("cause", french.cause), ("text", french.body))
        for where, text in told:
            for fault, mend in typography(text):
                yield Fault(file, 0, "", "", f"{where}: {fault}", mend)
