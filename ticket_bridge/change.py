"""What happened to a ticket on the desk's side, as one stream whether polled or pushed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from ticket_bridge.ticket import TicketRef, TicketState, Visibility


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Somebody wrote on the ticket."""

    text: str
    visibility: Visibility
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The ticket moved to another state."""

    state: TicketState
    kind: Literal["state"] = "state"


@dataclass(frozen=True, slots=True)
class AssigneeChanged:
    """Somebody took the ticket; an empty name means that nobody has it any more."""

    assignee: str
    kind: Literal["assignee"] = "assignee"


What: TypeAlias = NoteAdded | StateChanged | AssigneeChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChange:
    """One thing that happened, by whom and when.

    `change_id` is the same at every delivery, so it serves to drop doubles; `own` marks what our own account did.
    """

    change_id: str
    ref: TicketRef
    handoff_id: str
    at: datetime
    author: str
    own: bool
    what: What


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes in the order they happened, and the cursor to ask for the next ones with."""

    changes: tuple[TicketChange, ...]
    cursor: str


def for_requester(changes: tuple[TicketChange, ...]) -> tuple[TicketChange, ...]:
    """Keep what may leave the desk: nothing of our own making, and of notes only the positively public ones."""
    return tuple(change for change in changes if not change.own and _may_leave(change.what))


def _may_leave(what: What) -> bool:
    return not isinstance(what, NoteAdded) or what.visibility is Visibility.PUBLIC
