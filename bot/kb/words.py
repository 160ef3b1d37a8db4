"""Word search (BM25) over documents, stemmed in their own language."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.nlu.fold import fold

Floats = npt.NDArray[np.float32]
_TOKEN = re.compile(r"0x[0-9a-f]+|\w+(?:[.-]\w+)*", re.ASCII)
_STEMMERS = {"fr": "french", "en": "english"}
_SATURATION, _LENGTH_SHARE = 1.2, 0.75
_TITLE_WEIGHT = 3
_COMMON = frozenset(
    re.findall(
        r"\S+",
        """
        le la les un une des de du au aux et ou a en dans sur avec pour par que qui ce cette ces mon ma mes votre vos
        je j il elle on nous vous ne pas plus est sont d l n s c qu se si the an and or of to in on with for by is are
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


class WordIndex:
    """BM25 over documents of one language; titles weigh three times."""

    def __init__(self, titles: Sequence[str], bodies: Sequence[str], lang: str) -> None:
        """Index the documents; they are numbered in the given order."""
        counted = [
            Counter(stems(title, lang) * _TITLE_WEIGHT + stems(body, lang))
            for title, body in zip(titles, bodies, strict=True)
        ]
        lengths = np.array([sum(counts.values()) for counts in counted], dtype=np.float32)
        relative = lengths / (float(lengths.mean()) or 1.0) if len(lengths) else lengths
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, counts in enumerate(counted):
            for word in counts:
                places[word].append(place)
        self._lang = lang
        self._size = len(counted)
        self._rarity = {
            word: float(np.log(1 + (self._size - len(at) + 0.5) / (len(at) + 0.5))) for word, at in places.items()
        }
        self._weights: dict[str, tuple[npt.NDArray[np.intp], Floats]] = {}
        for word, at in places.items():
            often = np.array([counted[place][word] for place in at], dtype=np.float32)
            rows = np.array(at, dtype=np.intp)
            damped = often + _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * relative[rows])
            self._weights[word] = (rows, (self._rarity[word] * often * (_SATURATION + 1) / damped).astype(np.float32))

    def scores(self, query: str) -> Floats:
        """Score every document for a query."""
        scores = np.zeros(self._size, dtype=np.float32)
        for word in set(stems(query, self._lang)):
            if word in self._weights:
                rows, weights = self._weights[word]
                scores[rows] += weights
        return scores

    def coverage(self, query: str, document: int) -> float:
        """Tell which share of a query's weight stands in a document, 0..1; words met nowhere weigh most."""
        asked = set(stems(query, self._lang))
        unknown = _rarity(self._size, 0)
        total = sum(self._rarity.get(word, unknown) for word in asked)
        held = sum(self._rarity[word] for word in asked if word in self._weights and document in self._weights[word][0])
        return held / total if total else 0.0


def _rarity(documents: int, held_by: int) -> float:
    """Weigh a word by how few documents hold it."""
    return math.log(1 + (documents - held_by + 0.5) / (held_by + 0.5))
