"""The search: words and meaning in the person's language, meaning and words told across languages, topics as a hint."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.dialog.predicate import holds, names_used
from bot.dialog.understanding import Hit
from bot.nlu.clean import clean
from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.fold import fold
from bot.nlu.gloss import glossed
from bot.nlu.moods import how_to
from bot.ports.articles import Tally
from bot.ports.understander import NO_CLUES, Clues

from .belief import Certainty, in_line
from .documents import Document, Reader
from .feedback import usefulness
from .meaning import Floats
from .shelves import Shelves
from .vectors import Rows, Told, untold
from .words import coverage, total

# Measured on help pages in both languages and on a real FAQ (docs/benchmarks.md), in standard deviations.
_MEANING_WEIGHT, _WORDS_WEIGHT, _TRANSLATED_WEIGHT = 1.5, 0.7, 0.5
_TOPIC_WEIGHT = 5.0  # for each unit of probability that the message is about the article's topic
_HOW_TO_WEIGHT = 5.0  # for instructions, where instructions are asked for
_CANDIDATES = 100  # documents that are looked at closely
_LONGEST_QUERY = 1_000
Prior = Callable[[str], Mapping[str, float]]  # a message -> topics and their probabilities


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question as it is looked up: its words, their scores in its own language, and how like documents are."""

    words: str
    lang: str
    clues: Clues
    how: bool
    by_stem: dict[str, Floats]
    wholly: Floats
    topical: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What was found: a score and a likeness for each document, and the paragraphs that answer."""

    question: Question
    scores: Floats
    likeness: Floats
    paragraphs: Mapping[int, int]


class Index:
    """Finds articles; implements the Knowledge door. Equal questions get equal answers."""

    def __init__(
        self,
        documents: Iterable[Document],
        encoder: Encoder | None,
        folder: Path | None = None,
        read: Reader = lambda id, lang, version: None,
        prior: Prior | None = None,
        certainty: Certainty | None = None,
        told: Told = untold,
    ) -> None:
        """Index documents, read once; their vectors are kept in `folder`.

        `read` gives what a hit quotes of a document that no pack holds; `prior` guesses topics where none is told.
        """
        self._encoder, self._read, self._prior = encoder, read, prior
        self._certainty = certainty or Certainty()
        self._shelves = Shelves.of(documents, encoder, folder, told)
        self._useful: Floats = np.zeros(len(self._shelves.cards), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._shelves.cards)

    def weighed(self, tallies: Mapping[str, Mapping[int, Tally]]) -> "Index":
        """Give the same search in which versions that helped more often come first."""
        other = copy(self)
        other._useful = usefulness(self._shelves.cards, tallies)
        return other

    def search(self, text: str, lang: str, clues: Clues = NO_CLUES, top: int = 5) -> tuple[Hit, ...]:
        """List the best articles for the text, best first; none that the known slots rule out."""
        looked = self._look(text, lang, clues)
        if looked is None:
            return ()
        rows = list(self._best(looked, _likely(looked.scores), top))
        hits = [self._hit(row, looked) for row in rows]
        how = frozenset(
            self._shelves.cards[row].id for row in rows if looked.question.how and self._shelves.instructions[row]
        )
        return tuple(in_line(hits, how))

    def ranked(self, text: str, lang: str) -> list[str]:
        """List all articles, best first."""
        looked = self._look(text, lang, NO_CLUES)
        if looked is None:
            return []
        rows = self._best(looked, np.arange(len(self._shelves.cards)), len(self._shelves.cards))
        return [self._shelves.cards[row].id for row in rows]

    def _look(self, text: str, lang: str, clues: Clues) -> Looked | None:
        """Score every document; None where there is nothing to look for, or nothing to look through."""
        words = clean(text[:_LONGEST_QUERY]).essence
        if not self._shelves.cards or not any(char.isalnum() for char in words):
            return None
        question = self._question(words, lang, clues)
        return self._closer(Looked(question, self._scores(question), question.wholly, {}))

    def _question(self, words: str, lang: str, clues: Clues) -> Question:
        topics = clues.topics or (self._prior(words) if self._prior else {})
        own = self._shelves.words.get(lang)
        return Question(
            words,
            lang,
            clues,
            how=how_to(fold(words)),
            by_stem=own.by_stem(glossed(words)) if own else {},
            wholly=self._wholly(words),
            topical=self._shelves.topics.spread(topics),
        )

    def _wholly(self, words: str) -> Floats:
        if self._shelves.meaning is None:
            return np.zeros(len(self._shelves.cards), dtype=np.float32)
        return self._shelves.meaning.wholly(self._vector(words))

    def _vector(self, words: str) -> Vectors:
        if self._encoder is None:
            raise ValueError("meaning is told by an encoder")
        vector: Vectors = self._encoder.encode([glossed(words)])[0]
        return vector

    def _scores(self, question: Question) -> Floats:
        meant = _standard(question.wholly)
        scores: Floats = _MEANING_WEIGHT * meant + _TOPIC_WEIGHT * question.topical + self._useful
        for lang, rows in self._shelves.rows.items():
            scores[rows] += self._worded(lang, question, meant)
        if question.how:
            scores += _HOW_TO_WEIGHT * self._shelves.instructions
        return scores

    def _worded(self, lang: str, question: Question, meant: Floats) -> Floats:
        """Score the words of one language's documents; of another language, words that mean the same."""
        rows = self._shelves.rows[lang]
        if lang == question.lang:
            return _WORDS_WEIGHT * _standard(total(question.by_stem, len(rows)))
        if lang in self._shelves.translators:
            return _TRANSLATED_WEIGHT * _standard(self._shelves.translators[lang].scores(question.words, len(rows)))
        worded: Floats = _WORDS_WEIGHT * 0.5 * meant[rows]
        return worded

    def _closer(self, looked: Looked) -> Looked:
        """Look closer at the likely ones; their scores follow, in the measure of the whole collection."""
        if self._shelves.meaning is None:
            return looked
        likely = _likely(looked.scores)
        near, paragraphs = self._shelves.meaning.closely(self._vector(looked.question.words), likely, looked.likeness)
        scores, likeness = looked.scores.copy(), looked.likeness.copy()
        scores[likely] += _MEANING_WEIGHT * (near - likeness[likely]) / (float(likeness.std()) or 1.0)
        likeness[likely] = near
        return Looked(looked.question, scores, likeness, dict(zip(likely.tolist(), paragraphs.tolist(), strict=True)))

    def _best(self, looked: Looked, among: Rows, top: int) -> Iterator[int]:
        """Give one document an article: the one in the person's language where there is one."""
        lang = looked.question.lang
        own, seen = self._shelves.own.get(lang, frozenset()), set[str]()
        for row in sorted(among.tolist(), key=lambda row: (-round(float(looked.scores[row]), 6), row)):
            card = self._shelves.cards[row]
            foreign = card.lang != lang and card.id in own
            if card.id not in seen and not foreign and not _ruled_out(card, looked.question.clues):
                seen.add(card.id)
                yield row
            if len(seen) == top:
                return

    def _hit(self, row: int, looked: Looked) -> Hit:
        card, question = self._shelves.cards[row], looked.question
        covered = 0.0
        if card.lang == question.lang:
            covered = coverage(question.by_stem, int(np.searchsorted(self._shelves.rows[card.lang], row)))
        meant = float(looked.likeness[row]) if self._encoder else None
        confident = self._certainty.reached(meant, covered, float(question.topical[row]))
        paragraph = looked.paragraphs.get(row, 1)
        read = self._read(card.id, card.lang, card.version) if confident and not card.held else None
        quote = read.quoted(paragraph) if read else None
        sure = confident and (card.held or quote is not None)
        return Hit(card.id, card.version, card.lang, float(looked.scores[row]), sure, paragraph, quote)


def _likely(scores: Floats) -> Rows:
    most = min(_CANDIDATES, len(scores))
    return np.argpartition(-scores, most - 1)[:most]


def _ruled_out(card: Document, clues: Clues) -> bool:
    """Whether an article does not apply: all that its condition reads is known, and it does not hold."""
    if not card.when:
        return False
    known = all(
        name.partition(".")[0] == "slots" and name.partition(".")[2] in clues.slots for name in names_used(card.when)
    )
    return known and not holds(card.when, {"slots": clues.slots, "context": {}})


def _standard(scores: Floats) -> Floats:
    """Count scores in standard deviations from their mean."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)
