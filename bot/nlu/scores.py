"""What a model makes of texts, before certainty: a score for each intent, near 1 for one that is meant, else near 0."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from .intents import MOODS, REFUSED
from .lexicon import Floats

Ints = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores, texts by intents.

    `truth`: the column of each text's own intent, where it is known; -1 = none of them. `counts`: how many texts each
    row stands for; empty = one.
    """

    intents: tuple[str, ...]
    rows: Floats
    truth: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    counts: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    @property
    def weights(self) -> Floats:
        """How many texts each row stands for."""
        return self.counts if len(self.counts) else np.ones(len(self.rows), dtype=np.float32)

    def with_strangers(self, rows: Floats, share: float) -> "Scores":
        """Add texts that are none of ours, so that they make up a `share` of all."""
        each = share / (1 - share) * len(self.rows) / max(len(rows), 1)
        return replace(
            self,
            rows=np.concatenate([self.rows, rows]),
            truth=np.concatenate([self.truth, np.full(len(rows), -1, dtype=np.int32)]),
            counts=np.concatenate([self.weights, np.full(len(rows), each, dtype=np.float32)]),
        )

    @property
    def ours(self) -> list[int]:
        """The columns of the intents that are business of the desk."""
        return [at for at, intent in enumerate(self.intents) if intent not in (*REFUSED, *MOODS)]

    @property
    def others(self) -> list[int]:
        """The columns of the intents that are not."""
        return [at for at, intent in enumerate(self.intents) if intent in REFUSED]

    @property
    def on_topics(self) -> "Scores":
        """The texts without those that are known for a mood alone."""
        moods = [at for at, intent in enumerate(self.intents) if intent in MOODS]
        kept = ~np.isin(self.truth, moods)
        return replace(self, rows=self.rows[kept], truth=self.truth[kept], counts=self.weights[kept])

    @property
    def best(self) -> Floats:
        """The highest score of ours, by text."""
        best: Floats = self.rows[:, self.ours].max(axis=1)
        return best

    @property
    def lead(self) -> Floats:
        """How far the best of ours is ahead of the next."""
        ordered = np.sort(self.rows[:, self.ours], axis=1)
        lead: Floats = ordered[:, -1] - (ordered[:, -2] if ordered.shape[1] > 1 else 0)
        return lead

    @property
    def refused(self) -> Floats:
        """The highest score of what is not ours; 0 where the model knows no such phrases."""
        others = self.others
        refused: Floats = self.rows[:, others].max(axis=1) if others else np.zeros(len(self.rows), dtype=np.float32)
        return refused

    @property
    def likeliest(self) -> Ints:
        """The column of the best of ours, by text."""
        ours = np.array(self.ours, dtype=np.int32)
        likeliest: Ints = ours[self.rows[:, ours].argmax(axis=1)]
        return likeliest

    @property
    def of_ours(self) -> Truths:
        """Whether each text is business of the desk, as far as its truth is known."""
        return np.isin(self.truth, self.ours)

    @property
    def is_hit(self) -> Truths:
        """Whether each text's likeliest intent is its own."""
        hit: Truths = self.likeliest == self.truth
        return hit


def softmax(scores: Floats) -> Floats:
    """Turn rows of scores into rows of probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares
