"""What can happen to a conversation. Whatever varies rides on the event and is stored with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .plain import personal, tag
from .understanding import Understanding


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request of this person that is open, on any channel: with people under a key, or with the bot under none."""

    key: str = ""
    topic: str = ""
    state: str = ""
    since: str = ""
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was known at that moment, gathered before the decision.

    `proof` of identity: none | channel | dmarc | code | sso. `slots`: remembered of the person (os, site, device...).
    `open`: is the desk staffed; `back_at`: local time (with offset) when it next is. `colleague`: who wrote, where it
    was not the person whom the request is of. `public`: others read along. `channel`: where the person wrote last.
    """

    proof: str = "none"
    name: str = personal()
    email: str = personal()
    vip: bool = False
    language: str = ""
    slots: Mapping[str, str] = personal(dict)
    open: bool = True
    back_at: datetime | None = None
    utc_offset_minutes: int = 0
    open_requests: tuple[OpenRequest, ...] = personal(())
    colleague: str = personal()
    public: bool = False
    channel: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message, a person's or an agent's; `ref` is its key in the file store. Pictures are never read."""

    name: str = personal()
    type: str = ""
    size: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event carries; `at` is aware."""

    at: datetime
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid(Event):
    """The person wrote: one message, or a burst merged into one event. Secrets in it are masked already.

    `secrets` names the kinds that were found and masked; `ref` is the platform's id of the (last) message, by which an
    edit of it is known.
    """

    texts: tuple[str, ...] = personal(())
    files: tuple[File, ...] = ()
    secrets: tuple[str, ...] = ()
    ref: str = ""
    understanding: Understanding = field(default_factory=Understanding)
    kind: str = tag("person_said")


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Event):
    """The person pressed a button; `turn` is the turn that showed it (0 = unknown, taken as the last).

    A client may send any text as a button, so it counts as the person's words.
    """

    button: str = personal()
    turn: int = 0
    kind: str = tag("button_pressed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRated(Event):
    """The person says whether an answer was any good, by a thumb under it; `turn` gave it."""

    good: bool
    turn: int = 0
    kind: str = tag("person_rated")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEdited(Event):
    """The person changed or deleted (`text` empty) an earlier message."""

    ref: str = ""
    text: str = personal()
    understanding: Understanding = field(default_factory=Understanding)
    kind: str = tag("person_edited")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSaid(Event):
    """An agent answers; takes the conversation over if nobody has."""

    name: str = personal()
    text: str = personal()
    files: tuple[File, ...] = ()
    kind: str = tag("agent_said")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentActed(Event):
    """An agent acts: take | hand_back | resolve | dismiss (it is no request)."""

    action: str
    name: str = personal()
    kind: str = tag("agent_acted")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Event):
    """The ticketing system confirmed the ticket of a handoff."""

    handoff: str
    key: str
    system: str = ""
    kind: str = tag("ticket_opened")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDelayed(Event):
    """The ticketing system does not answer: the case is kept under our own number `case` meanwhile."""

    handoff: str
    case: str
    kind: str = tag("ticket_delayed")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChanged(Event):
    """News from the ticketing system: a new state, or a public reply; `files` came with the reply."""

    key: str = ""
    state: str = ""
    reply: str = personal()
    author: str = personal()
    files: tuple[File, ...] = ()
    kind: str = tag("ticket_changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFinished(Event):
    """A custom action ended: the slots it set, and the responses it uttered (`response` id or plain `text`)."""

    call: str
    slots: Mapping[str, Any] = personal(dict)
    responses: tuple[Mapping[str, Any], ...] = personal(())
    kind: str = tag("action_finished")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFailed(Event):
    """A custom action failed, ran out of time, or its end is `unknown` (not repeatable, process killed)."""

    call: str
    why: str = "failed"  # failed | timeout | unknown
    kind: str = tag("action_failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Event):
    """A timer that the conversation set is due."""

    name: str
    kind: str = tag("timer_fired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking(Event):
    """Something happened to the proof of who the person is on this channel; codes themselves stand nowhere.

    `step`: how (they ask how it is done) | asked (a code for `email`) | linked | wrong | over (too late or too often) |
    unsent | not_here (others read along) | unlinked | joined (another channel of theirs leads here now).
    `who`: the person as their channel knows them (channel:account:id).
    """

    step: str
    email: str = personal()
    who: str = personal()
    kind: str = tag("linking")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFailed(Event):
    """Something of ours failed for good (a dead letter): the request is handed over, `bot_failed`."""

    what: str
    kind: str = tag("work_failed")


AnyEvent = (
    PersonSaid
    | ButtonPressed
    | PersonRated
    | PersonEdited
    | AgentSaid
    | AgentActed
    | TicketOpened
    | TicketDelayed
    | TicketChanged
    | ActionFinished
    | ActionFailed
    | TimerFired
    | Linking
    | WorkFailed
)
