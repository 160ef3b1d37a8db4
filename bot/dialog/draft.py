"""A turn in the making: an immutable draft that each rule passes on with its part added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .conversation import Conversation, Origin, Request, Slot
from .effects import Button, Effect, Source
from .events import AnyEvent, Facts, PersonSaid
from .flow import Flow
from .plain import changed
from .playbook import Playbook
from .trace import Note
from .understanding import Understanding

LONGEST_KEPT = 300  # characters of an answer that the state keeps: the log has every word
UNKNOWN = "unknown"  # the value of a slot whose question was answered "I don't know"


@dataclass(frozen=True, slots=True)
class Draft:
    """Conversation so far, what will be said (one message a turn), effects and reasons."""

    talk: Conversation
    event: AnyEvent
    book: Playbook
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    effects: tuple[Effect, ...] = ()
    notes: tuple[Note, ...] = ()
    rule: str = ""
    steps_run: int = 0
    way_back: str = ""  # the language that a button offers to return to

    @property
    def at(self) -> datetime:
        """When the event happened."""
        return self.event.at

    @property
    def facts(self) -> Facts:
        """What was known when it happened."""
        return self.event.facts

    @property
    def understood(self) -> Understanding:
        """What was read from the message; empty for events that are no message."""
        return self.event.understanding if isinstance(self.event, PersonSaid) else Understanding()

    @property
    def words(self) -> str:
        """What the person wrote, all messages of a burst together; empty for events that are no message."""
        return "\n".join(self.event.texts) if isinstance(self.event, PersonSaid) else ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that came with the message."""
        return tuple(file.ref for file in self.event.files) if isinstance(self.event, PersonSaid) else ()

    @property
    def request(self) -> Request | None:
        """The active request."""
        return self.talk.request(self.talk.active)

    @property
    def flow(self) -> Flow | None:
        """The flow that the active request is in."""
        request = self.request
        return self.book.flows.get(request.frames[-1].flow) if request and request.frames else None

    def because(self, rule: str, ref: str = "", detail: str = "") -> "Draft":
        """Note a reason; the first one names the turn's rule."""
        return changed(self, rule=self.rule or rule, notes=(*self.notes, Note(rule, ref, detail)))

    def noting(self, what: str, ref: str = "", detail: str = "") -> "Draft":
        """Note a step on the way, which is no rule."""
        return changed(self, notes=(*self.notes, Note(what, ref, detail)))

    def doing(self, *effects: Effect) -> "Draft":
        """Ask something of the world."""
        return changed(self, effects=(*self.effects, *effects))

    def with_talk(self, **changes: Any) -> "Draft":
        """Change the conversation."""
        return changed(self, talk=changed(self.talk, **changes))

    def with_request(self, request: Request | None = None, **changes: Any) -> "Draft":
        """Change a request: the given one put in its place by number, or fields of the active one."""
        chosen = request or self.request
        if chosen is None:
            return self
        new = changed(chosen, **changes)
        known = tuple(new if one.number == new.number else one for one in self.talk.requests)
        return self.with_talk(requests=known if new in known else (*known, new))

    def with_slots(self, values: Mapping[str, Any], origin: Origin) -> "Draft":
        """Fill slots of the active request; None clears."""
        request = self.request
        if request is None or not values:
            return self
        slots = {**request.slots, **{name: Slot(_short(value), origin) for name, value in values.items()}}
        if "os_version" not in values and slots.get("os") != request.slots.get("os", slots.get("os")):
            slots.pop("os_version", None)  # it was the version of another system
        kept = {name: slot for name, slot in slots.items() if slot.value is not None}
        notes = (*self.notes, *(Note("slot", name, str(origin)) for name in values))
        carried = tuple(name for name in request.carried if name not in values)
        return changed(self.with_request(slots=kept, carried=carried), notes=notes)

    def value(self, slot: str) -> Any:
        """The value of a slot of the active request, None when nothing is known."""
        request = self.request
        known = request.slots.get(slot) if request else None
        return known.value if known else None


def _short(value: Any) -> Any:
    return value[:LONGEST_KEPT] if isinstance(value, str) else value
