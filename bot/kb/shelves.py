"""What a search looks through, made once of the documents: their cards, words, meaning and topics."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.nlu.encoder import Encoder

from .documents import Document
from .meaning import Floats, Meaning, Texts
from .translating import Translator
from .vectors import Rows, Told
from .words import WordIndex, counted

HOW_TO = "how_to"


class Topics:
    """Documents' topics as numbers, so that probabilities reach every document at once."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the topic of each document; "" is none."""
        self._known = sorted({name for name in names if name})
        places = {name: at for at, name in enumerate(self._known)}
        self._codes = np.array([places.get(name, len(places)) for name in names], dtype=np.intp)

    def spread(self, shares: Mapping[str, float]) -> Floats:
        """Give each document the share of its topic; 0 where it has none."""
        told = np.array([*(shares.get(name, 0.0) for name in self._known), 0.0], dtype=np.float32)
        return told[self._codes]


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """Documents in their order, without their words: `cards`; all else is told of them by their number.

    `rows`, `words`: the numbers and the word index of each language. `own`: the articles that a language has.
    `translators`: of languages in which an article stands that has no other. `instructions`: which ones instruct.
    """

    cards: tuple[Document, ...]
    rows: Mapping[str, Rows]
    words: Mapping[str, WordIndex]
    own: Mapping[str, frozenset[str]]
    topics: Topics
    instructions: npt.NDArray[np.bool_]
    meaning: Meaning | None
    translators: Mapping[str, Translator]

    @classmethod
    def of(cls, documents: Iterable[Document], encoder: Encoder | None, folder: Path | None, told: Told) -> "Shelves":
        """Read the documents once; what takes encoding is kept in `folder`, and `told` how far it is."""
        cards: list[Document] = []
        stems: list[list[str]] = []
        texts = Texts()
        for document in documents:
            cards.append(document.card)
            body = " ".join((*document.signs, document.cause, document.body))
            stems.append(counted(document.title, body, document.lang))
            texts.add(document)
        rows = _by_language(cards)
        words = {lang: WordIndex([stems[row] for row in own], lang) for lang, own in rows.items()}
        return cls(
            tuple(cards),
            rows,
            words,
            own={lang: frozenset(cards[row].id for row in own) for lang, own in rows.items()},
            topics=Topics([card.topic for card in cards]),
            instructions=np.array([card.fix == HOW_TO for card in cards], dtype=np.bool_),
            meaning=Meaning.of(texts, encoder, folder, told) if encoder else None,
            translators=_translators(cards, rows, words, texts, encoder, folder) if encoder else {},
        )


def _translators(
    cards: Sequence[Document],
    rows: Mapping[str, Rows],
    words: Mapping[str, WordIndex],
    texts: Texts,
    encoder: Encoder,
    folder: Path | None,
) -> dict[str, Translator]:
    return {
        lang: Translator((texts.wholes[row] for row in rows[lang]), words[lang], encoder, folder)
        for lang in _alone(cards)
    }


def _by_language(cards: Sequence[Document]) -> dict[str, Rows]:
    places: dict[str, list[int]] = {}
    for row, card in enumerate(cards):
        places.setdefault(card.lang, []).append(row)
    return {lang: np.array(rows, dtype=np.intp) for lang, rows in places.items()}


def _alone(cards: Sequence[Document]) -> list[str]:
    """List the languages in which an article stands that has no other."""
    langs: dict[str, set[str]] = {}
    for card in cards:
        langs.setdefault(card.id, set()).add(card.lang)
    return sorted({next(iter(known)) for known in langs.values() if len(known) == 1})
