"""Understanders in order: rules always win, then whoever answers first names the topic."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from bot.dialog.understanding import Entity, Ranked, Understanding
from bot.ports.understander import Hints

from .intents import REFUSED
from .judging import PLAUSIBLE, Guess
from .parsed import parse
from .pipeline import MODEL, Opinion, Pipeline
from .reading import Reading, read_closely


@dataclass(frozen=True, slots=True)
class Found:
    """What another understander found in a text: topics, likeliest first, and entities with their places in that text.

    `unsure`: it says itself that it would not act on them.
    """

    topics: tuple[Ranked, ...]
    entities: tuple[Entity, ...] = ()
    unsure: bool = False

    @property
    def sure(self) -> bool:
        """Whether there is a topic worth weighing."""
        return not self.unsure and bool(self.topics) and self.topics[0].confidence >= PLAUSIBLE


class Other(Protocol):
    """Another understander; `by` is its name. Cannot raise; slow or remote, it keeps to a time-out of its own."""

    @property
    def by(self) -> str:
        """Name it, as it is recorded."""

    def find(self, said: Sequence[str]) -> tuple[Found, ...] | None:
        """Give what each (masked, cleaned) text holds; None where it does not answer."""


class _Told(Guess):
    """Probabilities as somebody else told them: what they leave unnamed counts as business of the desk."""

    __slots__ = ()

    @property
    def ours(self) -> float:
        """The probability that the text is business of the desk."""
        named = zip(self.intents, self.probabilities, strict=True)
        return 1 - float(sum(share for intent, share in named if intent in REFUSED))


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """Rules, then `others` in order, then the own model where it `falls_back` on it; without, topics may stay open.

    Rules and the model's signals are always the own ones, and only what they leave open is asked of others.
    """

    own: Pipeline
    others: tuple[Other, ...]
    falls_back: bool = True

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Tell language, topic, entities and dialogue acts of the (masked) text."""
        reading = read_closely(text, hints, self.own.languages)
        settled = self.own.settle(reading, hints)
        if settled is not None:
            return settled
        listened, guess = self.own.listen(reading)
        asked, opinion = self._ask(listened, guess)
        return self.own.conclude(asked, hints, opinion)

    def parse(self, text: str, hints: Hints) -> dict[str, Any]:
        """Give what `guichet nlu parse` prints for one message."""
        return parse(self, text, hints)

    def _ask(self, reading: Reading, own: Guess) -> tuple[Reading, Opinion | None]:
        """Ask the others in order; what one finds besides topics is kept even where the next one names the topic."""
        last = Opinion(MODEL, own, self.own.guess) if self.falls_back else None
        for other in self.others:
            found = other.find([reading.cleaned.body])
            if found is None:
                continue
            reading = _with_entities(reading, found[0].entities)
            if found[0].sure:
                return reading, self._opinion(other, found[0], own.known)
            if last is None and found[0].topics:
                last = self._opinion(other, found[0], own.known)
        return reading, last

    def _opinion(self, other: Other, found: Found, known: float) -> Opinion:
        def parts(said: Sequence[str]) -> list[Guess]:
            told = other.find(said)
            if told is None or not all(one.topics for one in told):
                return []
            return [_guess(one, self.own.model.known(text)) for one, text in zip(told, said, strict=True)]

        return Opinion(other.by, _guess(found, known), parts, found.sure)


def _guess(found: Found, known: float) -> Guess:
    shares = np.array([one.confidence for one in found.topics], dtype=np.float32)
    return _Told(tuple(one.intent for one in found.topics), shares, known)


def _with_entities(reading: Reading, found: Sequence[Entity]) -> Reading:
    """Add entities of names that the rules did not find."""
    told = reading.understanding
    known = {one.name for one in told.entities}
    added = []
    for one in found:
        if one.name not in known:
            start, end = reading.original(one.start, one.end)
            added.append(replace(one, start=start, end=end))
    return replace(reading, understanding=replace(told, entities=(*told.entities, *added)))
