"""The built-in desk's tables and rows: a ticket, and the history that everything else is read from."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ticket_bridge.change import AssigneeChanged, NoteAdded, StateChanged, What
from ticket_bridge.ticket import HandoffRequest, Priority, TicketState, Visibility

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS ticket (
        number INTEGER PRIMARY KEY AUTOINCREMENT, handoff_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
        assignee TEXT NOT NULL, opened_at TEXT NOT NULL, subject TEXT NOT NULL, priority TEXT NOT NULL,
        level TEXT NOT NULL, team TEXT NOT NULL, requester TEXT NOT NULL, request TEXT NOT NULL) STRICT""",
    """CREATE TABLE IF NOT EXISTS entry (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, ticket INTEGER NOT NULL REFERENCES ticket (number),
        kind TEXT NOT NULL, at TEXT NOT NULL, author TEXT NOT NULL, own INTEGER NOT NULL, event_id TEXT,
        value TEXT NOT NULL, visibility TEXT NOT NULL, detail TEXT NOT NULL,
        UNIQUE (ticket, kind, event_id)) STRICT""",
)

INSERT_TICKET = """INSERT INTO ticket
    (handoff_id, state, assignee, opened_at, subject, priority, level, team, requester, request)
    VALUES (?, 'new', '', ?, ?, ?, ?, ?, ?, ?)"""
INSERT_ENTRY = """INSERT INTO entry (ticket, kind, at, author, own, event_id, value, visibility, detail)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
TICKET_BY_HANDOFF = "SELECT * FROM ticket WHERE handoff_id = ?"
TICKET_BY_NUMBER = "SELECT * FROM ticket WHERE number = ?"
ALL_TICKETS = "SELECT * FROM ticket WHERE ? IN ('', state) ORDER BY number"
UPDATE_STATE = "UPDATE ticket SET state = ? WHERE number = ?"
UPDATE_ASSIGNEE = "UPDATE ticket SET assignee = ? WHERE number = ?"
ENTRY_BY_EVENT = "SELECT * FROM entry WHERE ticket = ? AND kind = ? AND event_id = ?"
ENTRIES_OF_TICKET = "SELECT * FROM entry WHERE ticket = ? ORDER BY seq"
ENTRIES_AFTER = """SELECT entry.*, ticket.handoff_id FROM entry JOIN ticket ON ticket.number = entry.ticket
    WHERE entry.seq > ? ORDER BY entry.seq LIMIT ?"""


class EntryKind(StrEnum):
    """What a line of the history tells."""

    NOTE = "note"
    STATE = "state"
    REOPENED = "reopened"
    ASSIGNEE = "assignee"
    FILE = "file"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a ticket's history. `value` is a note's text, a state, an assignee, a file name or a parent's key.

    `own` marks what the bridge did; `detail` is the reason of a move, the kind of a link or a file's description.
    """

    kind: EntryKind
    value: str
    at: datetime
    author: str
    own: bool
    visibility: Visibility = Visibility.INTERNAL
    detail: str = ""
    event_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket as the desk's list shows it; `requester` is their email or SSO id."""

    key: str
    handoff_id: str
    subject: str
    state: TicketState
    priority: Priority
    level: str
    team: str
    requester: str
    assignee: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All there is about a ticket: its line in the list, the handoff as it came in, and what happened since."""

    ticket: Ticket
    request: HandoffRequest
    history: tuple[Entry, ...]


def key_of_number(number: int) -> str:
    """Give the key people see."""
    return f"T-{number}"


def number_of_key(key: str) -> int | None:
    """Read a key people typed, None where it is none of ours."""
    prefix, _, digits = key.strip().upper().partition("-")
    fits = prefix == "T" and digits.isascii() and digits.isdigit() and len(digits) <= 18
    return int(digits) if fits else None


def ticket_from(row: sqlite3.Row) -> Ticket:
    """Read a row of `ticket`."""
    return Ticket(
        key=key_of_number(row["number"]),
        handoff_id=row["handoff_id"],
        subject=row["subject"],
        state=TicketState(row["state"]),
        priority=Priority(row["priority"]),
        level=row["level"],
        team=row["team"],
        requester=row["requester"],
        assignee=row["assignee"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
    )


def entry_from(row: sqlite3.Row) -> Entry:
    """Read a row of `entry`."""
    return Entry(
        kind=EntryKind(row["kind"]),
        value=row["value"],
        at=datetime.fromisoformat(row["at"]),
        author=row["author"],
        own=bool(row["own"]),
        visibility=Visibility(row["visibility"]),
        detail=row["detail"],
        event_id=row["event_id"],
    )


def news_in(entry: Entry) -> What | None:
    """Tell what a line of the history is to the outside; None where it concerns the desk alone."""
    match entry.kind:
        case EntryKind.NOTE:
            return NoteAdded(entry.value, entry.visibility)
        case EntryKind.STATE | EntryKind.REOPENED:
            return StateChanged(TicketState(entry.value))
        case EntryKind.ASSIGNEE:
            return AssigneeChanged(entry.value)
        case EntryKind.FILE | EntryKind.LINK:
            return None
