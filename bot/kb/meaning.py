"""How like articles are to a question in meaning: as a whole, by their title, and by the passage that comes nearest."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.nlu.encoder import Encoder, Vectors
from bot.nlu.gloss import glossed

from .documents import Document
from .passages import passages, plain
from .vectors import Rows, Table, Told, encoded

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
_TITLE, _WHOLE, _PASSAGE = 0.1, 0.45, 0.45  # shares; measured on help pages in both languages and on a real FAQ


class Texts:
    """What of documents is encoded, gathered while they are read once."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.wholes: list[str] = []
        self.passages: list[str] = []
        self.paragraphs: list[int] = []
        self.starts: list[int] = []

    def add(self, document: Document) -> None:
        """Take a document in. How people say it stands beside its passages: so near a question comes no other text."""
        self.titles.append(glossed(document.title))
        told = (document.title, *document.signs, document.cause, plain(document.body))
        self.wholes.append(glossed(". ".join(part for part in told if part)))
        self.starts.append(len(self.passages))
        cut = [(one.paragraph, f"{document.title}. {one.text}") for one in passages(document.body)]
        for paragraph, text in [*((1, sign) for sign in document.signs), *cut] or [(1, document.title)]:
            self.passages.append(text)
            self.paragraphs.append(paragraph)


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """Vectors of documents: whole ones together, titles and passages where they are kept.

    Document `n` has the passages from `starts[n]` up to `starts[n + 1]`.
    """

    wholes: Table
    table: Table
    titles: Rows
    passages: Rows
    starts: Ints
    paragraphs: Ints

    @classmethod
    def of(cls, texts: Texts, encoder: Encoder, folder: Path | None, told: Told) -> "Meaning":
        """Encode what is not encoded yet."""
        all_ = [*texts.titles, *texts.wholes, *texts.passages]
        table, rows = encoded(all_, encoder, folder, told)
        count = len(texts.titles)
        starts = np.array([*texts.starts, len(texts.passages)], dtype=np.int32)
        wholes = table.taken(rows[count : 2 * count])
        return cls(wholes, table, rows[:count], rows[2 * count :], starts, np.array(texts.paragraphs, dtype=np.int32))

    def wholly(self, vector: Vectors) -> Floats:
        """Tell how like every document as a whole is to a question."""
        return self.wholes.likeness(vector)

    def closely(self, vector: Vectors, documents: Rows, wholly: Floats) -> tuple[Floats, Ints]:
        """Look closer at some documents: their likeness in all, and the paragraph of each that answers."""
        counts = self.starts[documents + 1] - self.starts[documents]
        begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows = np.repeat(self.starts[documents] - begins, counts) + np.arange(counts.sum())
        near = self.table[self.passages[rows]] @ vector
        best = np.maximum.reduceat(near, begins)
        first = np.flatnonzero(near == np.repeat(best, counts))
        at = rows[first[np.searchsorted(first, begins)]]
        titles = self.table[self.titles[documents]] @ vector
        likeness = _TITLE * titles + _WHOLE * wholly[documents] + _PASSAGE * best
        return likeness.astype(np.float32), self.paragraphs[at]
