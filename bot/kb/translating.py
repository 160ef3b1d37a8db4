"""Words across languages without a dictionary: a word of the query finds those of the articles that mean the same.

The sentence encoder puts "imprimante" and "printer" close. Each word of a query is looked up among the words of the
articles, and the nearest few score in its place, each by how near it is; a document takes the best of them.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Encoder
from bot.nlu.fold import fold

from .vectors import encoded
from .words import Floats, WordIndex, is_common

_WORD = re.compile(r"[^\W\d_]{2,30}")
_MOST_WORDS = 30_000  # of the articles, the commonest first
_MOST_ASKED = 12  # words of a query
_NEAREST, _NEAR_ENOUGH, _FALL = 5, 0.6, 4  # words taken, how near beside the nearest, and how fast they count for less


def words_of(text: str) -> list[str]:
    """List the words that may mean something, as they are written in small letters."""
    return [word for word in _WORD.findall(text.lower()) if not is_common(fold(word))]


class Translator:
    """Scores documents of one language for a query in another."""

    def __init__(self, texts: Iterable[str], index: WordIndex, encoder: Encoder, folder: Path | None) -> None:
        """Learn the words of the documents; their vectors are kept in `folder`."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(words_of(text)))
        self._words = [word for word, _ in seen.most_common(_MOST_WORDS)]
        self._stems = [index.stem(word) for word in self._words]
        table, rows = encoded(self._words, encoder, folder)
        self._vectors = table.taken(rows) if len(rows) else table
        self._index = index
        self._encoder = encoder

    def scores(self, query: str, size: int) -> Floats:
        """Score every one of `size` documents for a query."""
        asked = list(dict.fromkeys(words_of(query)))[:_MOST_ASKED]
        summed = np.zeros(size, dtype=np.float32)
        if not asked or not self._words:
            return summed
        for likeness in self._vectors.likeness(self._encoder.encode(asked)):
            summed += self._word_scores(likeness, size)
        return summed

    def _word_scores(self, likeness: Floats, size: int) -> Floats:
        nearest = np.argpartition(-likeness, min(_NEAREST, len(likeness)) - 1)[:_NEAREST]
        top = float(likeness[nearest].max())
        best = np.zeros(size, dtype=np.float32)
        for at in nearest:
            near = float(likeness[at]) / max(top, 1e-6)
            if near >= _NEAR_ENOUGH and self._stems[at]:
                best = np.maximum(best, self._index.stem_scores(self._stems[at]) * near**_FALL * top)
        return best
