"""How well a classifier does on texts whose intents are known: figures, and how honest its certainty is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from .calibration import Calibration
from .intents import REFUSED
from .lexicon import Floats
from .scores import Scores, Truths

RECALLS = (0.70, 0.87, 0.90)  # shares of what is out of scope, at which in-scope accuracy is told
_BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What was answered to texts, row by row.

    `ranked`: the likeliest intents of each, best first; `certainty`: the probability that the first is meant, given
    that one is; `belief`: the probability that any is.
    """

    truth: tuple[str, ...]
    ranked: tuple[tuple[str, ...], ...]
    certainty: Floats
    belief: Floats

    @classmethod
    def of(cls, scores: Scores, calibration: Calibration, truth: Sequence[str]) -> "Answers":
        """Read the answers off scores."""
        ours = np.array(scores.ours)
        order = ours[np.argsort(-scores.rows[:, ours], axis=1, kind="stable")[:, :3]]
        ranked = tuple(tuple(scores.intents[at] for at in row) for row in order)
        return cls(tuple(truth), ranked, calibration.is_right(scores), calibration.is_ours(scores))

    @classmethod
    def none(cls) -> "Answers":
        """Give no answers, to which others are added."""
        return cls((), (), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32))

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.truth + other.truth,
            self.ranked + other.ranked,
            np.concatenate([self.certainty, other.certainty]),
            np.concatenate([self.belief, other.belief]),
        )

    @property
    def of_ours(self) -> Truths:
        """Whether each text is in scope."""
        return np.array([intent not in REFUSED for intent in self.truth])

    @property
    def is_hit(self) -> Truths:
        """Whether the first answer to each text is right."""
        return np.array([intent in ranked[:1] for intent, ranked in zip(self.truth, self.ranked, strict=True)])


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts that were answered with like certainty: how many, what was `said` (mean certainty), what `was` right."""

    texts: int
    said: float
    was: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures; shares are 0..1, None where the texts hold nothing to measure them by.

    `in_scope_accuracy` and the `oos_` figures hold at `threshold`, a probability of being in scope. `ece`: expected
    calibration error of the texts in scope, over ten bins of equal width.
    """

    n: int
    in_scope_accuracy: float | None
    accuracy_no_threshold: float | None
    top3_accuracy: float | None
    macro_f1: float | None
    oos_recall: float | None
    oos_precision: float | None
    auroc: float | None
    in_scope_at_oos_recall: Mapping[str, float] = field(default_factory=dict)
    threshold: float = 0.0
    ece: float | None = None
    reliability: tuple[Bin, ...] = ()


def evaluate(answers: Answers, threshold: float) -> Evaluation:
    """Measure answers; below `threshold` a text counts as turned away."""
    ours, hit, taken = answers.of_ours, answers.is_hit, answers.belief >= threshold
    bins = _reliability(answers.certainty[ours], hit[ours])
    told = Evaluation(
        n=len(answers.truth),
        in_scope_accuracy=_share((hit & taken)[ours]),
        accuracy_no_threshold=_share(hit[ours]),
        top3_accuracy=_share(_among_three(answers)[ours]),
        macro_f1=_macro_f1(answers) if ours.any() else None,
        oos_recall=_share(~taken[~ours]),
        oos_precision=_share(~ours[~taken]),
        auroc=None,
        threshold=threshold,
        ece=_ece(bins) if ours.any() else None,
        reliability=bins,
    )
    if ours.all() or not ours.any():
        return told
    curve = {f"{recall:.2f}": _at_recall(answers, recall) for recall in RECALLS}
    return replace(told, auroc=_auroc(answers.belief[ours], answers.belief[~ours]), in_scope_at_oos_recall=curve)


def _share(truths: Truths) -> float | None:
    return float(truths.mean()) if len(truths) else None


def _among_three(answers: Answers) -> Truths:
    return np.array([intent in ranked[:3] for intent, ranked in zip(answers.truth, answers.ranked, strict=True)])


def _macro_f1(answers: Answers) -> float:
    """Average the harmonic mean of precision and recall over the intents in scope, no threshold."""
    ours = answers.of_ours
    truth = np.array(answers.truth)[ours]
    said = np.array([ranked[0] if ranked else "" for ranked in answers.ranked])[ours]
    scores = []
    for intent in sorted(set(truth)):
        both = int(((truth == intent) & (said == intent)).sum())
        scores.append(2 * both / int((truth == intent).sum() + (said == intent).sum()))
    return float(np.mean(scores))


def _at_recall(answers: Answers, recall: float) -> float:
    """In-scope accuracy at the threshold that turns away this share of what is out of scope, read on the texts."""
    ours = answers.of_ours
    limit = np.quantile(answers.belief[~ours], recall)
    return float((answers.is_hit & (answers.belief > limit))[ours].mean())


def _auroc(ours: Floats, others: Floats) -> float:
    """The probability that a text in scope is believed more than one that is not; ties count half."""
    ordered = np.sort(others)
    below, upto = np.searchsorted(ordered, ours, side="left"), np.searchsorted(ordered, ours, side="right")
    return float((below + upto).mean() / 2 / len(ordered))


def _reliability(certainty: Floats, hit: Truths) -> tuple[Bin, ...]:
    place = np.minimum((certainty * _BINS).astype(int), _BINS - 1)
    filled = [place == at for at in range(_BINS) if (place == at).any()]
    return tuple(Bin(int(own.sum()), float(certainty[own].mean()), float(hit[own].mean())) for own in filled)


def _ece(bins: Sequence[Bin]) -> float:
    total = sum(one.texts for one in bins)
    return sum(one.texts * abs(one.said - one.was) for one in bins) / total if total else 0.0
