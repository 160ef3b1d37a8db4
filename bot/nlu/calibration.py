"""Honest certainty: from a model's scores to probabilities, fitted on texts that it had not seen."""

from dataclasses import dataclass

import numpy as np

from .lexicon import Floats
from .scores import Scores, Truths, softmax

_HELD_BACK = 0.01  # a pull of the weights towards 0, so that a few texts bend no curve
_STEPS = 50
_TEMPERATURES = np.arange(0.02, 0.6, 0.01)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a mistake costs, in any one unit.

    `wrong_fix`: a wrong topic taken up; `escalation`: a person turned away or handed over without need; `question`: one
    more question.
    """

    wrong_fix: float = 5.0
    escalation: float = 1.0
    question: float = 0.5


COSTS = Costs()


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns scores into probabilities.

    `right`: weights of (best, lead, 1) in the logistic curve of "the likeliest topic is meant, given that one of ours
    is"; `ours`: weights of (best, refused, 1) in that of "this is business of the desk"; `temperature` spreads what
    they leave over the other intents; `accept`: the probability of being ours below which refusing costs less.
    """

    right: tuple[float, ...] = (0.0, 10.0, 0.0)
    ours: tuple[float, ...] = (10.0, -10.0, -2.0)
    temperature: float = 0.1
    accept: float = 0.5

    def is_ours(self, scores: Scores) -> Floats:
        """Give the probability that each text is business of the desk."""
        return _curve(_columns(scores.best, scores.refused), self.ours)

    def is_right(self, scores: Scores) -> Floats:
        """Give the probability that the likeliest topic of each text is meant, given that one of ours is."""
        return _curve(_columns(scores.best, scores.lead), self.right)

    def probabilities(self, scores: Scores) -> Floats:
        """Give the probability of each intent, texts by intents; a row sums to 1, or less where nothing else is known.

        The likeliest topic has its calibrated probability, none of ours has more, and all of ours together have the
        probability that the text is ours.
        """
        ours, right = self.is_ours(scores), self.is_right(scores)
        told = np.zeros(scores.rows.shape, dtype=np.float32)
        told[:, scores.ours] = self._among_ours(scores, right) * ours[:, None]
        if others := scores.others:
            told[:, others] = softmax(scores.rows[:, others] / self.temperature) * (1 - ours)[:, None]
        return told

    def _among_ours(self, scores: Scores, right: Floats) -> Floats:
        shares = softmax(scores.rows[:, scores.ours] / self.temperature)
        top = np.arange(len(shares)), shares.argmax(axis=1)
        shares *= ((1 - right) / np.maximum(1 - shares[top], 1e-6))[:, None]
        shares = np.minimum(shares, right[:, None])
        shares[top] = right
        return shares


def fit(scores: Scores, costs: Costs) -> Calibration:
    """Fit on texts whose intents are known and that the model had not seen."""
    kept = scores.of_ours
    right = _logistic(_columns(scores.best, scores.lead)[kept], scores.is_hit[kept], scores.weights[kept])
    always = (0.0, 0.0, 10.0)
    ours = always if kept.all() else _logistic(_columns(scores.best, scores.refused), kept, scores.weights)
    fitted = Calibration(right, ours, _temperature(scores))
    return Calibration(right, ours, fitted.temperature, _accept(fitted.is_ours(scores), scores, costs))


def _columns(one: Floats, other: Floats) -> Floats:
    return np.stack([one, other, np.ones_like(one)], axis=1)


def _curve(columns: Floats, weights: tuple[float, ...]) -> Floats:
    curve: Floats = (1 / (1 + np.exp(-np.clip(columns @ np.array(weights, dtype=np.float32), -30, 30)))).astype(
        np.float32
    )
    return curve


def _logistic(columns: Floats, truth: Truths, counts: Floats) -> tuple[float, ...]:
    """Fit a logistic curve by Newton's method."""
    rows, wanted = columns.astype(np.float64), truth.astype(np.float64)
    weights = np.zeros(rows.shape[1])
    pull = _HELD_BACK * np.eye(len(weights))
    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        steepness = (rows * (counts * told * (1 - told))[:, None]).T @ rows + pull
        weights += np.linalg.solve(steepness, rows.T @ (counts * (wanted - told)) - pull @ weights)
    return tuple(float(weight) for weight in weights)


def _temperature(scores: Scores) -> float:
    """Choose the temperature under which the true intents are likeliest."""
    known = np.flatnonzero(scores.truth >= 0)
    if not len(known):
        return Calibration().temperature

    def surprise(temperature: float) -> float:
        told = softmax(scores.rows[known] / temperature)[np.arange(len(known)), scores.truth[known]]
        return float(-np.log(told + 1e-9) @ scores.weights[known])

    return min((float(one) for one in _TEMPERATURES), key=surprise)


def _accept(is_ours: Floats, scores: Scores, costs: Costs) -> float:
    """Choose the probability of being ours from which taking a text up costs less than turning it away."""
    order = np.argsort(-is_ours, kind="stable")
    ours = scores.weights * scores.of_ours
    taken = np.cumsum((scores.weights - ours)[order]) * costs.wrong_fix
    turned = (ours.sum() - np.cumsum(ours[order])) * costs.escalation
    cheapest = int((taken + turned).argmin())
    below = float(is_ours[order[cheapest + 1]]) if cheapest + 1 < len(order) else 0.0
    return (float(is_ours[order[cheapest]]) + below) / 2
