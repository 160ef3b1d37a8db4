"""Comparing what was asked with what the system holds: success is what can be read back, not what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ticket_bridge.operation import AddNote, Attach, Found, Link, OpenTicket, Operation, Reopen, SetState
from ticket_bridge.ticket import File, HandoffRequest, LinkKind, Note, Opened, TicketState

_OPEN_STATES = (TicketState.NEW, TicketState.IN_PROGRESS, TicketState.PENDING)


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether the operation's doing is there, and what of it is otherwise than asked."""

    there: bool
    differences: tuple[str, ...] = ()


ABSENT = Reading(there=False)


def compare(operation: Operation, found: Found | None) -> Reading:
    """Judge what `TicketSystem.find` gave for an operation. Raises TypeError where it gave the wrong kind of thing."""
    match operation, found:
        case _, None:
            return ABSENT
        case OpenTicket(request=request), Opened() as opened:
            return Reading(True, _otherwise(_opening(request, opened)))
        case AddNote() as note, Note() as held:
            wanted = {"visibility": (note.visibility, held.visibility), "text": (_flat(note.text), _flat(held.text))}
            return Reading(True, _otherwise(wanted))
        case Attach(file=file), File() as held_file:
            return Reading(True, _otherwise({"size": (file.size, held_file.size)}))
        case SetState(state=state), TicketState() as held_state:
            return Reading(there=held_state in _fulfils(state))
        case Reopen(), TicketState() as held_state:
            return Reading(there=held_state in _OPEN_STATES)
        case Link(relation=relation), LinkKind() as held_kind:
            return Reading(True, _otherwise({"kind": (relation, held_kind)}))
        case _:
            raise TypeError(f"find gave {type(found).__name__} for the operation {operation.kind!r}")


def _opening(request: HandoffRequest, opened: Opened) -> Mapping[str, tuple[object, object]]:
    return {
        "handoff_id": (request.handoff_id, opened.handoff_id),
        "subject": (_flat(request.subject), _flat(opened.subject)),
        "priority": (request.priority, opened.priority or request.priority),
    }


def _fulfils(state: TicketState) -> tuple[TicketState, ...]:
    # many systems close a resolved ticket by themselves: that is no refusal
    return (state, TicketState.CLOSED) if state is TicketState.RESOLVED else (state,)


def _otherwise(pairs: Mapping[str, tuple[object, object]]) -> tuple[str, ...]:
    # names the field, not its content: people's words stay out of errors and logs
    return tuple(f"{name} is held otherwise than asked" for name, (asked, held) in pairs.items() if asked != held)


def _flat(text: str) -> str:
    return " ".join(text.split())
