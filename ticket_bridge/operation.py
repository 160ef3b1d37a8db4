"""What may be asked of a ticket system: one value for each kind of write.

An `event_id` makes a write of its kind on its ticket happen once: two files of one message need two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ticket_bridge.ticket import File, HandoffRequest, LinkKind, Note, Opened, TicketRef, TicketState, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket:
    """Open the one ticket of a handoff."""

    request: HandoffRequest
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write a note on a ticket, once for an `event_id`."""

    ref: TicketRef
    text: str
    visibility: Visibility
    event_id: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """Attach a file to a ticket, once for an `event_id`."""

    ref: TicketRef
    file: File
    event_id: str
    kind: Literal["attach"] = "attach"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetState:
    """Move a ticket to a state."""

    ref: TicketRef
    state: TicketState
    event_id: str
    reason: str = ""
    kind: Literal["state"] = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Take a resolved or closed ticket up again."""

    ref: TicketRef
    reason: str
    event_id: str
    kind: Literal["reopen"] = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Tie a ticket to its original or to its major incident."""

    ref: TicketRef
    parent: TicketRef
    relation: LinkKind
    event_id: str
    kind: Literal["link"] = "link"


Operation: TypeAlias = OpenTicket | AddNote | Attach | SetState | Reopen | Link

# What a system can show for an operation: see `TicketSystem.find`.
Found: TypeAlias = Opened | Note | File | TicketState | LinkKind
