"""Fitting the limits: how certain is certain enough, judged on phrases that the model had not seen."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .lexicon import Floats
from .model import Ints, Limits, temper

OUT_OF_SCOPE = "out_of_scope"
TALK = ("unclear", "greeting", OUT_OF_SCOPE, "oos")  # no topics: being wrong between them costs nothing

# What a mistake costs (notes on the desk's policy): a wrong topic leads to wrong questions and fixes, an open question
# only to one more message.
_WRONG, _ASKED = 5.0, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Unseen:
    """Judgements on phrases by models that had not seen them: probabilities (phrases, intents) and likeness."""

    intents: tuple[str, ...]
    owners: Ints
    probabilities: Floats
    likeness: Floats

    @property
    def accuracy(self) -> float:
        """The share of phrases whose likeliest intent is theirs."""
        return float((self.probabilities.argmax(axis=1) == self.owners).mean())


def fit_limits(unseen: Unseen) -> Limits:
    """Fit the temperature on likelihood, the rest on what mistakes cost."""
    temperature = _temperature(unseen)
    honest = temper(unseen.probabilities, temperature)
    return Limits(temperature, _act(unseen, honest), _similar(unseen), _refuse(unseen, honest))


def _temperature(unseen: Unseen) -> float:
    rows = np.arange(len(unseen.owners))

    def cost(temperature: float) -> float:
        return float(-np.log(temper(unseen.probabilities, temperature)[rows, unseen.owners] + 1e-9).mean())

    return min((float(step) for step in np.arange(0.2, 2.01, 0.02)), key=cost)


def _act(unseen: Unseen, honest: Floats) -> float:
    """Choose the confidence from which acting costs less than asking."""
    talk = np.isin(np.arange(len(unseen.intents)), [unseen.intents.index(one) for one in TALK if one in unseen.intents])
    best = honest.argmax(axis=1)
    acted = ~talk[best]
    right = best == unseen.owners
    certainty = honest.max(axis=1)

    def cost(limit: float) -> float:
        acts = acted & (certainty >= limit)
        wrong, asked = (acts & ~right).sum(), (acted & ~acts & right).sum()
        return float(_WRONG * wrong + _ASKED * asked)

    return _cheapest(cost, 0.3, 0.9)


def _similar(unseen: Unseen) -> float:
    """Choose the likeness that nearly every phrase of ours reaches."""
    ours = unseen.likeness[unseen.owners != _place(unseen.intents)]
    return float(np.quantile(ours, 0.01)) if len(ours) else 0.0


def _refuse(unseen: Unseen, honest: Floats) -> float:
    """Choose the probability of "out of scope" from which refusing costs less than asking."""
    place = _place(unseen.intents)
    if place < 0:
        return 1.1
    said, truly = honest[:, place], unseen.owners == place

    def cost(limit: float) -> float:
        refused = said >= limit
        return float(_WRONG * (refused & ~truly).sum() + _ASKED * (~refused & truly).sum())

    return _cheapest(cost, 0.3, 0.9)


def _cheapest(cost: Callable[[float], float], low: float, high: float) -> float:
    steps = [float(step) for step in np.arange(low, high + 1e-6, 0.01)]
    costs = [cost(step) for step in steps]
    cheapest = [step for step, one in zip(steps, costs, strict=True) if one == min(costs)]
    return cheapest[len(cheapest) // 2]


def _place(intents: tuple[str, ...]) -> int:
    return next((intents.index(name) for name in (OUT_OF_SCOPE, "oos") if name in intents), -1)
