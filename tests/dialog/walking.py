"""Every way through a flow of the library: each button, "I don't know" and any words, at every question and fix."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialog.conversation import Conversation, Request, Waiting
from bot.dialog.effects import OpenTicket, Say
from bot.dialog.engine import decide
from bot.dialog.events import AnyEvent, ButtonPressed, PersonSaid
from bot.dialog.texts import CANNOT_TRY, DONT_KNOW, NO, YES
from bot.dialog.turn import Turn
from bot.dialog.understanding import Understanding
from tests.support.talk import START, Talk

BY_RULE = frozenset({"greeting", "unclear", "out_of_scope", "ticket_status", "human_request"})


@dataclass(frozen=True, slots=True)
class Place:
    """A point on a way: what was pressed to get there, the latest turn, and whether anything useful came yet."""

    way: tuple[str, ...]
    turn: Turn
    messages: int
    useful: bool
    asked: tuple[str, ...] = ()

    @property
    def talk(self) -> Conversation:
        """The conversation as it stands there."""
        return self.turn.conversation

    @property
    def request(self) -> Request:
        """The one request."""
        return self.talk.requests[-1]

    @property
    def waiting(self) -> Waiting | None:
        """What the bot waits for there."""
        return self.request.waiting

    @property
    def handed_over(self) -> bool:
        """Whether the way ends at people."""
        return any(isinstance(effect, OpenTicket) for effect in self.turn.effects)


def topics(talk: Talk) -> list[str]:
    """The topics that a flow of the library diagnoses or takes in."""
    return sorted(flow.topic for flow in talk.book.flows.values() if flow.triggers and flow.id not in BY_RULE)


def openings(talk: Talk, topic: str, text: str = "It does not work") -> Iterator[Place]:
    """Walk every way from a first message on until something useful was given, or three messages without."""
    open_ends, seen = [_first(talk, topic, text)], set()
    while open_ends:
        place = open_ends.pop()
        slots = sorted((name, str(slot.value)) for name, slot in place.request.slots.items())
        if (key := repr((_step(place), slots, place.messages, place.useful))) not in seen:
            seen.add(key)
            yield place
            if not place.useful and place.messages < 3:
                open_ends += _after(talk, place)


def places(talk: Talk, topic: str, text: str = "It does not work", visits: int = 4) -> Iterator[Place]:
    """Walk from a first message to every step that waits; each step is left so many times, in different ways."""
    open_ends, seen = deque([_first(talk, topic, text)]), Counter[str]()
    while open_ends:
        place = open_ends.popleft()
        seen[_step(place)] += 1
        if seen[_step(place)] <= visits:
            yield place
            open_ends += _after(talk, place)


def _first(talk: Talk, topic: str, text: str) -> Place:
    turn = decide(talk.talk, talk.said(text, topic=topic), talk.book)
    return Place((text,), turn, 1, _useful(turn), _asked(turn))


def _step(place: Place) -> str:
    waiting = place.waiting
    asks = (waiting.what, waiting.slot, waiting.slots, waiting.article) if waiting else place.request.ended
    return repr((asks, place.request.frames))


def _after(talk: Talk, place: Place) -> list[Place]:
    return [_next(talk, place, name, event) for name, event in _answers(talk, place)]


def _answers(talk: Talk, place: Place) -> Iterator[tuple[str, AnyEvent]]:
    waiting = place.waiting
    if waiting is None or place.handed_over:
        return
    if waiting.what == "fix":
        presses = [NO, YES, CANNOT_TRY]
    else:
        presses = [*(choice.value for choice in waiting.choices), *([DONT_KNOW] if waiting.what == "collect" else [])]
    for press in presses:
        yield f"{waiting.slot or waiting.article}={press}", ButtonPressed(at=START, button=press, turn=waiting.turn)
    spec = talk.book.slots.get(waiting.slot)
    for value in spec.values if spec else ():
        if value not in presses:  # told in words; only three are buttons
            yield f"{waiting.slot}=({value})", _words(value.replace("_", " "))
    if waiting.slots or (spec and (spec.free_text or not waiting.choices)):
        yield f"{waiting.slot or waiting.slots}=(words)", _words("Something else")


def _words(text: str) -> PersonSaid:
    return PersonSaid(at=START, texts=(text,), understanding=Understanding(words=2))


def _next(talk: Talk, place: Place, name: str, event: AnyEvent) -> Place:
    turn = decide(place.talk, event, talk.book)
    said = sum(isinstance(effect, Say) for effect in turn.effects)
    return Place(
        (*place.way, name), turn, place.messages + said, place.useful or _useful(turn), (*place.asked, *_asked(turn))
    )


def _useful(turn: Turn) -> bool:
    """A workaround, advice, a fix, a text of the flow's own, or people."""
    by_article = any(isinstance(effect, Say) and effect.sources for effect in turn.effects)
    by_people = any(isinstance(effect, OpenTicket) for effect in turn.effects)
    return by_article or by_people or any(one.useful for one in turn.conversation.requests)


def _asked(turn: Turn) -> tuple[str, ...]:
    request = turn.conversation.requests[-1]
    waiting = None if request.misses else request.waiting  # after a miss the same question is put again
    asks = waiting is not None and waiting.turn == turn.conversation.turn and waiting.what in ("collect", "together")
    return (waiting.slot, *waiting.slots) if asks and waiting else ()
