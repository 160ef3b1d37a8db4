"""The decision: act on a topic, ask which one it is, or say that it is no business of ours: whatever costs least."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from bot.dialog.understanding import Ranked

from .calibration import Costs
from .intents import REFUSED, SIGNALS
from .lexicon import Floats

RANKED = 5
_RIVAL = 0.25  # of the likeliest topic's probability: what has less is no rival
OFFERED, PLAUSIBLE = 3, 0.15  # topics that a question may offer, and how likely each must be (as in the engine)


class Way(Enum):
    """A way out of not being sure."""

    ACT = "act"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """What the model makes of one text: the probability of each intent, and the share of its words that are known."""

    intents: tuple[str, ...]
    probabilities: Floats
    known: float

    @property
    def ranking(self) -> tuple[Ranked, ...]:
        """The likeliest intents, best first."""
        order = np.argsort(-self.probabilities, kind="stable")[:RANKED]
        return tuple(Ranked(self.intents[at], float(self.probabilities[at])) for at in order)

    @property
    def ours(self) -> float:
        """The probability that the text is business of the desk."""
        shares = zip(self.intents, self.probabilities, strict=True)
        return float(sum(share for intent, share in shares if intent not in REFUSED))

    def without(self, read: Sequence[str], unless: float = 1.0) -> "Guess":
        """Leave intents out, so that what is told beside them is seen; not where they are surer than `unless`."""
        named = [self.intents.index(name) for name in read if name in self.intents]
        if not named or self.probabilities[named].sum() > unless:
            return self
        left = self.probabilities.copy()
        left[named] = 0
        return Guess(self.intents, left / max(float(left.sum()), 1e-9), self.known)


def cheapest(guess: Guess, costs: Costs, talked_about: str = "") -> Way:
    """Choose by what each way is expected to cost.

    Acting on a wrong topic leads to a wrong fix; but where no other topic is a rival, the first question of its flow
    asks as well as any; not so for what is handed over without one, nor while another topic is `talked_about`.
    Asking costs a question, and an escalation where the topic is not among those offered. Refusing costs both where the
    text was business of ours after all.
    """
    topics = [one for one in guess.ranking if one.intent not in REFUSED]
    best = topics[0] if topics else Ranked("", 0.0)
    plausible = [one.confidence for one in topics[:OFFERED] if one.confidence >= PLAUSIBLE]
    detour = costs.question + costs.escalation
    rivals = [share for share in plausible[1:] if share >= _RIVAL * best.confidence]
    alone = bool(plausible) and not rivals and best.intent not in SIGNALS and talked_about in ("", best.intent)
    expected = {
        Way.ACT: (1 - best.confidence) * (detour if alone else costs.wrong_fix),
        Way.ASK: costs.question + (1 - sum(plausible)) * costs.escalation,
        Way.REFUSE: guess.ours * detour,
    }
    return min(expected, key=lambda way: expected[way])
