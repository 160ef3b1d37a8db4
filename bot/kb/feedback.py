"""What came of articles that people tried, as a small push up or down in the search."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.ports.articles import Tally

from .documents import Document
from .meaning import Floats

_PATIENCE = 10  # results that it takes before a version's own share counts for half
_WEIGHT = 3.0  # standard deviations between a version that always helps and one that never does


def usefulness(cards: Sequence[Document], tallies: Mapping[str, Mapping[int, Tally]]) -> Floats:
    """Score each document by how much more often its version helped than versions do; 0 for what nobody tried.

    Few results say little: a version starts from the share of all, and moves away with each result of its own.
    """
    own = [tallies.get(card.id, {}).get(card.version, Tally()) for card in cards]
    helped = np.array([one.helped for one in own], dtype=np.float32)
    tried = np.array([one.tried for one in own], dtype=np.float32)
    usual = float(helped.sum() / tried.sum()) if tried.any() else 0.0
    return (_WEIGHT * (helped - usual * tried) / (tried + _PATIENCE)).astype(np.float32)
