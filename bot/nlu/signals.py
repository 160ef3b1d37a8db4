"""Signals that may not be missed whatever the topic: danger, a threat, the wish for a human, anger.

Rules find what is said in known words; the model finds the rest by likeness to phrases, sentence by sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.dialog.understanding import Act, Understanding

from .intents import DANGER, FRUSTRATED, HUMAN, REFUSED, SECURITY, SIGNALS
from .lexicon import Floats
from .scores import Scores
from .split import sentences

# Of other messages; the goal for all together is 1 in 100. Anger counts twice before it hands over, and may be missed.
_FALSE_ALARMS = {SECURITY: 0.004, HUMAN: 0.003, DANGER: 0.002, FRUSTRATED: 0.001}
_SUREST, _LEAST = 0.9, 0.25  # between these scores lies every threshold
_MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Alarm:
    """A signal, and the score from which a sentence is believed to give it."""

    intent: str
    threshold: float


def fit_alarms(unseen: Scores) -> tuple[Alarm, ...]:
    """Set each threshold where as few other phrases as are bearable would raise a false alarm."""
    alarms = []
    for intent in (one for one in SIGNALS if one in unseen.intents):
        column = unseen.intents.index(intent)
        others = unseen.rows[unseen.truth != column, column]
        bearable = float(np.quantile(others, 1 - _FALSE_ALARMS[intent])) if len(others) else _SUREST
        alarms.append(Alarm(intent, min(max(bearable, _LEAST), _SUREST)))
    return tuple(alarms)


def raised(alarms: Sequence[Alarm], intents: Sequence[str], rows: Floats) -> frozenset[str]:
    """List the signals that any row (a message, its sentences) gives, and gives more than being no business of ours."""
    refused = [at for at, intent in enumerate(intents) if intent in REFUSED]
    strange = rows[:, refused].max(axis=1, initial=0.0)
    columns = {alarm: rows[:, intents.index(alarm.intent)] for alarm in alarms}
    return frozenset(
        alarm.intent for alarm, row in columns.items() if ((row >= alarm.threshold) & (row > strange)).any()
    )


def texts(body: str, plain: str) -> Iterator[str]:
    """Give what is listened to: a message, and each of its first sentences where there are several."""
    yield " ".join(body.split())
    spans = list(sentences(plain))
    if len(spans) > 1:
        yield from (" ".join(body[start:end].split()) for start, end in spans[:_MOST_SENTENCES])


def heard(told: Understanding, signals: frozenset[str]) -> Understanding:
    """Add what the model heard to what the rules read."""
    frustrated = told.frustrated or FRUSTRATED in signals
    # "Fed up with this bot" is anger: whoever wants a human says so in words that rules know.
    human = HUMAN in signals and not told.wants_human and not frustrated
    acts = (*told.acts, Act.HUMAN) if human else told.acts
    # Unsure what happened: as if something was clicked or given (content guide, section 10).
    threat = told.threat or ("danger" if DANGER in signals else "acted" if SECURITY in signals else None)
    return replace(told, acts=acts, threat=threat, frustrated=frustrated)
