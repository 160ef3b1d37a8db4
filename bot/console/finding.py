"""What a question finds among the articles, and what a conversation would make of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.console.articles import Line, Tallies, line_of
from bot.console.asking import Asked
from bot.console.listing import topic_name
from bot.console.views import Reader
from bot.dialog.understanding import Hit
from bot.kb.passages import paragraphs, plain
from bot.nlu.language import spoken_in
from bot.ports.articles import Articles, ArticleVersion
from bot.ports.understander import NO_CLUES, Knowledge

MOST = 10  # articles that are shown
LONGEST_EXCERPT = 320  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found. `standing`: proposed | not_proposed | never_proposed; `excerpt`: what answers."""

    line: Line
    topic: str
    standing: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found, best first. `lang`: in which language the question was read."""

    lang: str
    hits: tuple[Found, ...]

    @property
    def are_silent(self) -> bool:
        """Whether a conversation would propose none."""
        return not any(one.standing == "proposed" for one in self.hits)


def found_for(asked: Asked, search: Knowledge, articles: Articles, languages: tuple[str, ...], reader: Reader) -> Finds:
    """Search as a conversation does that knows the question alone. Blocking: called in a thread."""
    lang = asked.spoken or spoken_in(asked.question, languages)
    hits = search.search(asked.question, lang, NO_CLUES, MOST)
    tallies = articles.tallies([hit.article for hit in hits])
    return Finds(lang, tuple(_shown(hits, articles, tallies, reader)))


def _shown(hits: Iterable[Hit], articles: Articles, tallies: Tallies, reader: Reader) -> Iterable[Found]:
    for hit in hits:
        version = articles.found(hit.article, hit.lang, hit.version)
        if version is not None:
            yield _found(hit, version, tallies, reader)


def _found(hit: Hit, version: ArticleVersion, tallies: Tallies, reader: Reader) -> Found:
    standing = "never_proposed" if version.article.needs else "proposed" if hit.confident else "not_proposed"
    return Found(
        line=line_of([version], tallies, reader),
        topic=topic_name(version.article.topic, reader),
        standing=standing,
        excerpt=excerpt(version.text.body, hit.paragraph),
    )


def excerpt(body: str, paragraph: int) -> str:
    """Give the paragraph that answers as plain words, cut between two of them where it is long."""
    blocks = paragraphs(body)
    words = " ".join(plain(blocks[min(max(paragraph, 1), len(blocks)) - 1]).split()) if blocks else ""
    return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT].rpartition(' ')[0]}…"
