"""The built-in desk's book: every read of the tickets file, and every write as one transaction."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ticket_bridge.codec import handoff_from_json, to_plain
from ticket_bridge.port import RefusedError
from ticket_bridge.sqlite import SqliteFile
from ticket_bridge.systems import local_tables as tables
from ticket_bridge.systems.local_tables import Dossier, Entry, EntryKind, Ticket
from ticket_bridge.ticket import HandoffRequest, TicketState


class LocalBook:
    """The tickets file, synchronous. Raises RefusedError for what cannot be done and sqlite3.Error for a bad file."""

    def __init__(self, path: Path, *, durable: bool) -> None:
        self.file = SqliteFile(path, tables.SCHEMA, durable=durable)

    def open(self, request: HandoffRequest, requester: str, now: datetime) -> str:
        """Write a ticket and give its key; for a handoff already written give the key it has."""
        with self.file.writing() as rows:
            known = rows.execute(tables.TICKET_BY_HANDOFF, (request.handoff_id,)).fetchone()
            number = known["number"] if known else self._insert(rows, request, requester, now)
        return tables.key_of_number(number)

    def write(self, key: str, entry: Entry) -> None:
        """Add a line to a ticket's history and do what it says, once for its event id."""
        with self.file.writing() as rows:
            number = _number(rows, key)
            if entry.event_id and _line_of(rows, number, entry.kind, entry.event_id):
                return
            applied = _apply(rows, number, entry)
            if applied is not None:
                _add(rows, number, applied)

    def ticket_of(self, handoff_id: str) -> Ticket | None:
        """Find the ticket of a handoff."""
        with self.file.reading() as rows:
            row = rows.execute(tables.TICKET_BY_HANDOFF, (handoff_id,)).fetchone()
        return tables.ticket_from(row) if row else None

    def entry_of(self, key: str, kind: EntryKind, event_id: str) -> Entry | None:
        """Find the line of a kind that an event left in a ticket's history."""
        with self.file.reading() as rows:
            row = _line_of(rows, _number(rows, key), kind, event_id)
        return tables.entry_from(row) if row else None

    def tickets(self, state: TicketState | None) -> tuple[Ticket, ...]:
        """List tickets in the order they were opened, all or those in one state."""
        with self.file.reading() as rows:
            return tuple(tables.ticket_from(row) for row in rows.execute(tables.ALL_TICKETS, (state or "",)))

    def dossier(self, key: str) -> Dossier:
        """Give all there is about a ticket."""
        with self.file.reading() as rows:
            number = _number(rows, key)
            row = rows.execute(tables.TICKET_BY_NUMBER, (number,)).fetchone()
            history = rows.execute(tables.ENTRIES_OF_TICKET, (number,)).fetchall()
        return Dossier(
            ticket=tables.ticket_from(row),
            request=handoff_from_json(row["request"]),
            history=tuple(tables.entry_from(line) for line in history),
        )

    def entries_after(self, seq: int, limit: int) -> list[sqlite3.Row]:
        """Give the next lines of all histories, with their ticket's handoff id."""
        with self.file.reading() as rows:
            return rows.execute(tables.ENTRIES_AFTER, (seq, limit)).fetchall()

    @staticmethod
    def _insert(rows: sqlite3.Connection, request: HandoffRequest, requester: str, now: datetime) -> int:
        content = json.dumps(to_plain(request), ensure_ascii=False)
        where_to = (request.priority, request.level, request.team)
        values = (request.handoff_id, now.isoformat(), request.subject, *where_to, requester, content)
        number = rows.execute(tables.INSERT_TICKET, values).lastrowid
        assert number is not None  # an INSERT that did not raise has made a row
        return number


def _number(rows: sqlite3.Connection, key: str) -> int:
    number = tables.number_of_key(key)
    if number is None or rows.execute(tables.TICKET_BY_NUMBER, (number,)).fetchone() is None:
        raise RefusedError(f"there is no ticket {key}; `list` shows those there are")
    return number


def _line_of(rows: sqlite3.Connection, number: int, kind: EntryKind, event_id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = rows.execute(tables.ENTRY_BY_EVENT, (number, kind, event_id)).fetchone()
    return row


def _add(rows: sqlite3.Connection, number: int, entry: Entry) -> None:
    who = (entry.author, int(entry.own), entry.event_id)
    what = (entry.value, entry.visibility, entry.detail)
    rows.execute(tables.INSERT_ENTRY, (number, entry.kind, entry.at.isoformat(), *who, *what))


def _apply(rows: sqlite3.Connection, number: int, entry: Entry) -> Entry | None:
    """Do what a line says, and give the line to keep: None where all is already as it says."""
    match entry.kind:
        case EntryKind.STATE | EntryKind.REOPENED:
            return _moved(rows, number, entry)
        case EntryKind.ASSIGNEE:
            rows.execute(tables.UPDATE_ASSIGNEE, (entry.value, number))
        case EntryKind.LINK:
            parent = _number(rows, entry.value)
            if parent == number:
                raise RefusedError(f"ticket {entry.value} cannot be linked to itself")
            return replace(entry, value=tables.key_of_number(parent))
        case EntryKind.NOTE | EntryKind.FILE:
            pass
    return entry


def _moved(rows: sqlite3.Connection, number: int, entry: Entry) -> Entry | None:
    now = TicketState(rows.execute(tables.TICKET_BY_NUMBER, (number,)).fetchone()["state"])
    is_open = now not in (TicketState.RESOLVED, TicketState.CLOSED)
    if entry.value == now or (entry.kind is EntryKind.REOPENED and is_open):
        return None
    if entry.kind is EntryKind.STATE and not may_move(now, TicketState(entry.value)):
        raise RefusedError(f"{tables.key_of_number(number)} is {now}: it cannot become {entry.value}{_mend(now)}")
    rows.execute(tables.UPDATE_STATE, (entry.value, number))
    return entry


def may_move(now: TicketState, wanted: TicketState) -> bool:
    """Tell whether a ticket may change its state so. A closed one is only reopened; none becomes new again."""
    return now is not TicketState.CLOSED and wanted is not TicketState.NEW


def _mend(now: TicketState) -> str:
    return "; reopen it first" if now is TicketState.CLOSED else ""
