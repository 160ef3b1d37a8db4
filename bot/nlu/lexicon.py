"""Words and letter groups of a text, weighed by how rare they are (TF-IDF): the lexical half of the model."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .fold import fold

Floats = npt.NDArray[np.float32]
_TOKEN = re.compile(r"\w\w+|[a-z0-9]")
_SHORTEST, _LONGEST = 3, 5
_LONGEST_TEXT = 1_000  # characters that are weighed
_WORD_MARK, _LETTER_MARK = "w:", "c:"


Counts = tuple[Mapping[str, int], Mapping[str, int]]  # a text's words and word pairs, and its groups of letters


def features(text: str) -> Counts:
    """Count the words and word pairs, and the letter groups within words, of a text."""
    tokens = _TOKEN.findall(fold(text[:_LONGEST_TEXT]))
    words = Counter(_WORD_MARK + token for token in tokens)
    words.update(f"{_WORD_MARK}{one} {two}" for one, two in pairwise(tokens))
    return words, Counter(_letter_groups(tokens))


def _letter_groups(tokens: Iterable[str]) -> Iterator[str]:
    for token in tokens:
        padded = f" {token} "
        for size in range(_SHORTEST, _LONGEST + 1):
            for start in range(max(1, len(padded) - size + 1)):
                yield _LETTER_MARK + padded[start : start + size]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The features met in training, their places and rarity; words and letters each weigh one unit of length."""

    names: tuple[str, ...]
    rarity: Floats  # shape (features,)
    places: dict[str, int] = field(repr=False)

    @classmethod
    def of(cls, counted: Sequence[Counts]) -> "Lexicon":
        """Gather the features of texts."""
        seen: Counter[str] = Counter()
        for text in counted:
            for half in text:
                seen.update(half.keys())
        names = tuple(sorted(seen))
        rarity = np.array([math.log((1 + len(counted)) / (1 + seen[name])) + 1 for name in names], dtype=np.float32)
        return cls.named(names, rarity)

    @classmethod
    def named(cls, names: tuple[str, ...], rarity: Floats) -> "Lexicon":
        """Restore a lexicon from its features and their rarity."""
        return cls(names, rarity, {name: place for place, name in enumerate(names)})

    def weigh(self, counted: Counts) -> tuple[npt.NDArray[np.intp], Floats]:
        """Give the places of a text's known features and their weights."""
        places: list[int] = []
        weights: list[Floats] = []
        for half in counted:
            known = [(self.places[name], count) for name, count in half.items() if name in self.places]
            at = np.array([place for place, _ in known], dtype=np.intp)
            weight = (1 + np.log(np.array([count for _, count in known], dtype=np.float32))) * self.rarity[at]
            length = float(np.linalg.norm(weight)) or 1.0
            places += at.tolist()
            weights.append((weight / length).astype(np.float32))
        return np.array(places, dtype=np.intp), np.concatenate(weights)

    def share_known(self, counted: Counts) -> float:
        """Tell which share of a text's words was met in training, 0..1."""
        words = [name for name in counted[0] if " " not in name]
        return sum(1 for name in words if name in self.places) / len(words) if words else 0.0
