"""Word search (BM25) over documents of one language, stemmed in their own language."""

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt

from bot.nlu.fold import fold

logging.getLogger(bm25s.__name__).setLevel(logging.WARNING)  # it asks for every detail, whatever the house wants

Floats = npt.NDArray[np.float32]
_TOKEN = re.compile(r"0x[0-9a-f]+|\w+(?:[.-]\w+)*", re.ASCII)
_STEMMERS = {"fr": "french", "en": "english"}
_SATURATION, _LENGTH_SHARE = 1.2, 0.75  # k1 and b of BM25
_TITLE_WEIGHT = 3
_MOST = 64  # different words of a query that are looked for
_COMMON = frozenset(
    re.findall(
        r"\S+",
        """
        le la les un une des de du au aux et ou a en dans sur avec pour par que qui ce cette ces mon ma mes votre vos
        je j il elle on nous vous ne pas plus est sont se d l n s c qu si the an and or of to in on with for by is are
        it i my your you this that not do does can t how comment
        """,
    )
)


@cache
def _stemmer(lang: str) -> Any:
    from snowballstemmer import stemmer

    return stemmer(_STEMMERS[lang]) if lang in _STEMMERS else None


@lru_cache(maxsize=50_000)
def _stem(word: str, lang: str) -> str:
    # Stemming looks at accents; ours are folded away in texts and queries alike, which keeps both sides equal.
    found = _stemmer(lang)
    return str(found.stemWord(word)) if found and word.isalpha() else word


def stems(text: str, lang: str) -> list[str]:
    """List the stemmed words of a text; codes and names stay whole."""
    return [_stem(word, lang) for word in _TOKEN.findall(fold(text)) if word not in _COMMON]


def is_common(word: str) -> bool:
    """Whether a folded word is too common to tell anything."""
    return word in _COMMON


def counted(title: str, body: str, lang: str) -> list[str]:
    """List the stems by which a document is found: those of its title count three times."""
    return stems(title, lang) * _TITLE_WEIGHT + stems(body, lang)


class WordIndex:
    """BM25 over documents of one language, by the library bm25s."""

    def __init__(self, documents: Sequence[Sequence[str]], lang: str) -> None:
        """Index documents, each given by its stems (see `counted`); they are numbered in the given order."""
        self._lang = lang
        self._size = len(documents)
        self._index = bm25s.BM25(k1=_SATURATION, b=_LENGTH_SHARE, method="lucene")
        self._empty = not any(documents)
        if not self._empty:
            self._index.index([list(one) for one in documents], show_progress=False)

    def by_stem(self, query: str) -> dict[str, Floats]:
        """Score every document for each different stem of a query; a stem met nowhere scores 0."""
        return {stem: self.stem_scores(stem) for stem in list(dict.fromkeys(stems(query, self._lang)))[:_MOST]}

    def stem(self, word: str) -> str:
        """Give the stem of one word; "" where it tells nothing."""
        return next(iter(stems(word, self._lang)), "")

    def stem_scores(self, stem: str) -> Floats:
        """Score every document for one stem."""
        if self._empty or stem not in self._index.vocab_dict:
            return np.zeros(self._size, dtype=np.float32)
        scores: Floats = self._index.get_scores([stem])
        return scores

    def scores(self, query: str) -> Floats:
        """Score every document for a query."""
        return total(self.by_stem(query), self._size)


def total(by_stem: dict[str, Floats], size: int) -> Floats:
    """Add up the scores of stems."""
    summed: Floats = np.sum(list(by_stem.values()), axis=0) if by_stem else np.zeros(size, dtype=np.float32)
    return summed


def coverage(by_stem: dict[str, Floats], document: int) -> float:
    """Tell which share of a query's weight stands in a document, 0..1; the rarer a stem, the more it weighs."""
    if not by_stem:
        return 0.0
    size = len(next(iter(by_stem.values())))
    held_by = np.array([int((scores > 0).sum()) for scores in by_stem.values()])
    rarity = np.log(1 + (size - held_by + 0.5) / (held_by + 0.5))
    held = np.array([scores[document] > 0 for scores in by_stem.values()])
    return float(rarity[held].sum() / rarity.sum())
