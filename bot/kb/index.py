"""The search: words and meaning in the person's language, meaning alone across languages, the topic as a hint."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.dialog.flow import Article
from bot.dialog.understanding import Hit
from bot.nlu.clean import clean
from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.fold import fold
from bot.nlu.gloss import glossed
from bot.nlu.moods import how_to

from .vectors import encoded
from .words import WordIndex

Floats = npt.NDArray[np.float32]

# Measured on notes of real FAQ and help pages: meaning weighs half as much again as words.
_MEANING_WEIGHT, _WORDS_WEIGHT = 1.5, 1.0
_TOPIC_WEIGHT = 5.0  # for each unit of probability that the message is about the article's topic
_BODY_SHARE = 0.65  # of a document's meaning; the rest is its title
_STANDS_BACK = 3.0  # below the best score: such a hit is only there because the topic is right
_HOW_TO_WEIGHT = 5.0  # for instructions, where instructions are asked for
_LONGEST_QUERY = 1_000


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language; texts of the same `id` are the same article."""

    id: str
    lang: str
    title: str
    body: str
    version: int = 1
    topic: str = ""
    fix: str = ""


HOW_TO = "how_to"
Prior = Callable[[str], Mapping[str, float]]  # a message -> topics and their probabilities


@dataclass(frozen=True, slots=True)
class Certainty:
    """When a hit is believed: likeness in meaning, plus a share of the query's words and of the topic's probability.

    Fitted on the shipped phrases, each with a topic guessed by a model that had not seen it: 96 of 100 believed hits
    were of the right topic, 54 of 100 phrases had one, and none of the phrases that are out of scope.
    """

    needed: float = 0.5
    words_count: float = 0.2
    topic_counts: float = 0.2
    words_alone: float = 0.5  # share of the query's words, where there is no encoder


class Index:
    """Finds articles; implements the Knowledge door. Equal questions get equal answers."""

    def __init__(
        self,
        documents: Iterable[Document],
        encoder: Encoder | None,
        home: Path | None = None,
        prior: Prior | None = None,
        certainty: Certainty | None = None,
    ) -> None:
        """Index documents; their vectors are kept in `home/cache`. `prior` guesses topics where none is told."""
        self._documents = tuple(sorted(documents, key=lambda one: (one.id, one.lang)))
        self._encoder = encoder
        self._prior = prior
        self._certainty = certainty or Certainty()
        langs = sorted({one.lang for one in self._documents})
        self._rows = {lang: np.array(self._places(lang), dtype=np.intp) for lang in langs}
        self._words = {lang: self._word_index(lang) for lang in langs}
        self._instructions = frozenset(one.id for one in self._documents if one.fix == HOW_TO)
        self._titles, self._bodies = self._encode(home)

    def search(self, text: str, lang: str, topic: str = "", top: int = 5) -> tuple[Hit, ...]:
        """List the best articles for the text, best first; `topic` weighs articles of that topic up."""
        query = clean(text[:_LONGEST_QUERY]).essence
        if not self._documents or not any(char.isalnum() for char in query):
            return ()
        likeness = self._likeness(query)
        topical = self._topical(query, topic)
        scores = self._scores(glossed(query), lang, likeness) + _TOPIC_WEIGHT * topical
        instructions = how_to(fold(query))
        if instructions:
            scores = scores + _HOW_TO_WEIGHT * np.array([one.fix == HOW_TO for one in self._documents])
        order = sorted(range(len(scores)), key=lambda place: (-round(float(scores[place]), 6), place))
        found = [self._hit(place, query, lang, scores, likeness, topical) for place in self._best(order, lang, top)]
        return tuple(_in_line(found, self._instructions if instructions else frozenset()))

    def _topical(self, query: str, topic: str) -> Floats:
        """Tell how probable it is that each document's topic is the message's."""
        guessed = {topic: 1.0} if topic else self._prior(query) if self._prior else {}
        return np.array(
            [guessed.get(one.topic, 0.0) if one.topic else 0.0 for one in self._documents], dtype=np.float32
        )

    def _places(self, lang: str) -> list[int]:
        return [place for place, one in enumerate(self._documents) if one.lang == lang]

    def _word_index(self, lang: str) -> WordIndex:
        held = [one for one in self._documents if one.lang == lang]
        return WordIndex([one.title for one in held], [one.body for one in held], lang)

    def _encode(self, home: Path | None) -> tuple[Vectors, Vectors]:
        if self._encoder is None:
            none = np.zeros((len(self._documents), 0), dtype=np.float32)
            return none, none
        titles = [glossed(one.title) for one in self._documents]
        bodies = [glossed(f"{one.title}. {one.body}") for one in self._documents]
        vectors = encoded([*titles, *bodies], self._encoder, home)
        return vectors[: len(titles)], vectors[len(titles) :]

    def _likeness(self, query: str) -> Floats:
        """Tell how like each document's title and body are to the query, about 0..1; zeros without encoder."""
        if self._encoder is None:
            return np.zeros(len(self._documents), dtype=np.float32)
        (vector,) = self._encoder.encode([glossed(query)])
        both = (1 - _BODY_SHARE) * (self._titles @ vector) + _BODY_SHARE * (self._bodies @ vector)
        likeness: Floats = both.astype(np.float32)
        return likeness

    def _scores(self, query: str, lang: str, likeness: Floats) -> Floats:
        meant = _standard(likeness)
        scores = (_MEANING_WEIGHT * meant).astype(np.float32)
        for other, rows in self._rows.items():
            # Across languages words only mislead; there meaning stands in for half of them.
            worded = _standard(self._words[other].scores(query)) if other == lang else 0.5 * meant[rows]
            scores[rows] += _WORDS_WEIGHT * worded
        return scores

    def _best(self, order: Sequence[int], lang: str, top: int) -> Iterator[int]:
        """Give one document an article: the one in the person's language where there is one."""
        own = {self._documents[place].id: place for place in self._rows.get(lang, ())}
        seen: set[str] = set()
        for place in order:
            id = self._documents[place].id
            if len(seen) < top and id not in seen and own.get(id, place) == place:
                seen.add(id)
                yield place

    def _hit(self, place: int, query: str, lang: str, scores: Floats, likeness: Floats, topical: Floats) -> Hit:
        document = self._documents[place]
        covered = 0.0
        if document.lang == lang:
            row = int(np.searchsorted(self._rows[lang], place))
            covered = self._words[lang].coverage(query, row)
        confident = self._is_confident(float(likeness[place]), covered, float(topical[place]))
        return Hit(document.id, document.version, document.lang, float(scores[place]), confident)

    def _is_confident(self, likeness: float, covered: float, topical: float) -> bool:
        limits = self._certainty
        if self._encoder is None:
            return covered >= limits.words_alone
        return likeness + limits.words_count * covered + limits.topic_counts * topical >= limits.needed


def _in_line(found: Sequence[Hit], instructions: frozenset[str]) -> Iterator[Hit]:
    """Take certainty from hits far behind the best; and from repairs, where instructions answer the question."""
    answered = any(hit.confident and hit.article in instructions for hit in found)
    for hit in found:
        apt = hit.article in instructions if answered else hit.score > found[0].score - _STANDS_BACK
        yield replace(hit, confident=hit.confident and apt)


def _standard(scores: Floats) -> Floats:
    """Count scores in standard deviations from their mean."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def documents_of(articles: Mapping[str, Article]) -> Iterator[Document]:
    """Give each text of each article."""
    for article in articles.values():
        for lang, text in article.texts.items():
            yield Document(article.id, lang, text.title, text.body, article.version, article.topic, article.fix)


def build(
    articles: Mapping[str, Article], home: Path, encoders: Sequence[Encoder], prior: Prior | None = None
) -> Index:
    """Make the search over articles; vectors of unchanged texts come from `home/cache`."""
    return Index(documents_of(articles), encoders[0] if encoders else None, home, prior)
