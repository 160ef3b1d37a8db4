"""How the command line shows values: a line of JSON for programs, plain text for people."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ticket_bridge.change import AssigneeChanged, NoteAdded, StateChanged, TicketChange, What
from ticket_bridge.codec import to_plain
from ticket_bridge.delivery import Delivery
from ticket_bridge.systems.local_tables import Dossier, Entry, Ticket


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next `changes --after` goes on."""

    cursor: str


def as_json(value: object) -> str:
    """Write a value as one line of JSON."""
    return json.dumps(to_plain(value), ensure_ascii=False)


def as_text(value: object) -> str:
    """Write a value for a person. Control characters in people's words are shown, not obeyed."""
    return _harmless(_text(value))


def _text(value: object) -> str:
    match value:
        case Delivery():
            return value.ref.key if value.ref else f"{value.id} {value.state}"
        case Ticket():
            return f"{value.key}  {value.priority}  {value.state:<11}  {value.assignee or '-'}  {value.subject}"
        case Dossier():
            return _dossier(value)
        case TicketChange():
            return f"{value.at:%Y-%m-%d %H:%M}  {value.ref.key}  {value.author}  {_what(value.what)}"
        case Cursor():
            return f"cursor {value.cursor}"
        case _:
            return str(value)


def _dossier(dossier: Dossier) -> str:
    ticket, request = dossier.ticket, dossier.request
    who = " ".join(part for part in (request.requester.name, ticket.requester) if part) or "unknown"
    lines = [_text(ticket), f"opened {ticket.opened_at:%Y-%m-%d %H:%M}  {ticket.level} {ticket.team}  for {who}"]
    lines += ["", request.body, ""]
    lines += [f"{line.who}: {line.text}" for line in request.transcript]
    lines += [_entry(entry) for entry in dossier.history]
    return "\n".join(lines).rstrip()


def _entry(entry: Entry) -> str:
    reason = f" ({entry.detail})" if entry.detail and entry.kind in ("state", "reopened", "link") else ""
    kind = f"{entry.visibility} note" if entry.kind == "note" else entry.kind
    return f"{entry.at:%Y-%m-%d %H:%M}  {entry.author}  {kind}: {entry.value}{reason}"


def _what(what: What) -> str:
    match what:
        case NoteAdded(text=text):
            return f"note: {text}"
        case StateChanged(state=state):
            return f"state: {state}"
        case AssigneeChanged(assignee=assignee):
            return f"assignee: {assignee or '-'}"


def _harmless(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] if c != "\xa0" else c for c in text)
