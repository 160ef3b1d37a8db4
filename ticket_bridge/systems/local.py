"""The built-in desk: tickets in one SQLite file, for those who have no ticket system, and for trying things out."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from ticket_bridge.change import ChangePage, TicketChange
from ticket_bridge.codec import file_from_json, to_plain
from ticket_bridge.operation import Found, OpenTicket, Operation, Reopen, SetState
from ticket_bridge.port import Capabilities, DoubtfulError, Health, RefusedError
from ticket_bridge.systems.local_book import LocalBook
from ticket_bridge.systems.local_desk import LocalDesk
from ticket_bridge.systems.local_tables import Entry, EntryKind, Ticket, entry_from, key_of_number, news_in
from ticket_bridge.ticket import (
    File,
    HandoffRequest,
    LinkKind,
    Note,
    Opened,
    Requester,
    RequesterRef,
    TicketRef,
    TicketState,
    Visibility,
)

NAME = "local"
PAGE = 200  # changes in one page
_LINES = {
    "note": EntryKind.NOTE,
    "attach": EntryKind.FILE,
    "state": EntryKind.STATE,
    "reopen": EntryKind.REOPENED,
    "link": EntryKind.LINK,
}
Answer = TypeVar("Answer")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LocalSystem:
    """Keeps tickets T-1, T-2, ... in the file `path`, opened at the first use.

    Duplicate guard: the handoff id and the event id are unique in the file. `url` makes a ticket's address, with
    `{key}` in it. `durable=False` gives up surviving a power cut (synchronous=OFF): for throw-away files only.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        clock: Callable[[], datetime] = _utc_now,
        account: str = "guichet",
        url: str = "",
        durable: bool = True,
    ) -> None:
        self._path = Path(path)
        self._book = LocalBook(self._path, durable=durable)
        self._clock = clock
        self._account = account
        self._url = url

    def desk(self, agent: str) -> LocalDesk:
        """Give the agent's side of the desk: what `agent` does there comes back through `changes`."""
        return LocalDesk(self._book, self._clock, agent)

    def close(self) -> None:
        """Close the file."""
        self._book.file.close()

    async def open(self, request: HandoffRequest) -> TicketRef:
        """Open a ticket; the same handoff id gives the same ticket."""
        now, requester = self._clock(), _requester_key(request.requester)
        return self._ref(await _told(lambda: self._book.open(request, requester, now)))

    async def find(self, operation: Operation) -> Found | None:
        """Read what the file holds for this operation."""
        return await _told(lambda: self._find(operation))

    async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
        """Write a note, once for its event id."""
        await self._write(ref, self._entry(EntryKind.NOTE, text, event_id, visibility=visibility))

    async def attach(self, ref: TicketRef, file: File, event_id: str) -> None:
        """Note where a file lies, once for its event id. The bytes stay where they are."""
        if file.path is not None and not await asyncio.to_thread(Path(file.path).is_file):
            raise RefusedError(f"the file to attach to {ref.key} is gone")
        detail = json.dumps(to_plain(file), ensure_ascii=False)
        await self._write(ref, self._entry(EntryKind.FILE, file.name, event_id, detail=detail))

    async def set_state(self, ref: TicketRef, state: TicketState, reason: str, event_id: str) -> None:
        """Move the ticket to a state, once for its event id."""
        await self._write(ref, self._entry(EntryKind.STATE, state, event_id, detail=reason))

    async def reopen(self, ref: TicketRef, reason: str, event_id: str) -> None:
        """Take a resolved or closed ticket up again; an open one stays as it is."""
        await self._write(ref, self._entry(EntryKind.REOPENED, TicketState.IN_PROGRESS, event_id, detail=reason))

    async def link(self, ref: TicketRef, parent: TicketRef, kind: LinkKind, event_id: str) -> None:
        """Tie a ticket to another one of this file."""
        await self._write(ref, self._entry(EntryKind.LINK, parent.key, event_id, detail=kind))

    async def resolve_requester(self, requester: Requester) -> RequesterRef | None:
        """Take the email or SSO id as it is: this desk keeps no list of people."""
        key = _requester_key(requester)
        return RequesterRef(NAME, key) if key else None

    async def changes(self, cursor: str | None) -> ChangePage:
        """Give the next changes after the cursor. Raises RefusedError for a cursor that was never given out."""
        seq = _seq(cursor)
        rows = await _told(lambda: self._book.entries_after(seq, PAGE))
        changes = (self._change(row) for row in rows)
        return ChangePage(tuple(c for c in changes if c is not None), str(rows[-1]["seq"] if rows else seq))

    async def check(self) -> tuple[str, ...]:
        """Try whether the file can be opened and written."""
        health = await self.health()
        mend = "name a file in a folder that exists and may be written"
        return () if health.ok else (f"{self._path}: {health.detail}; {mend}",)

    async def health(self) -> Health:
        """Ask whether the file can be written now. Raises nothing."""
        try:
            await asyncio.to_thread(self._touch)
        except sqlite3.Error as error:
            return Health(ok=False, detail=str(error))
        return Health(ok=True)

    def capabilities(self) -> Capabilities:
        """Tell what this desk can do: everything the port has."""
        return Capabilities(system=NAME, settle=timedelta(seconds=1))

    def _touch(self) -> None:
        with self._book.file.writing():
            pass

    async def _write(self, ref: TicketRef, entry: Entry) -> None:
        await _told(lambda: self._book.write(ref.key, entry))

    def _entry(
        self,
        kind: EntryKind,
        value: str,
        event_id: str,
        *,
        visibility: Visibility = Visibility.INTERNAL,
        detail: str = "",
    ) -> Entry:
        return Entry(
            kind=kind,
            value=value,
            at=self._clock(),
            author=self._account,
            own=True,
            visibility=visibility,
            detail=detail,
            event_id=event_id,
        )

    def _find(self, operation: Operation) -> Found | None:
        if isinstance(operation, OpenTicket):
            ticket = self._book.ticket_of(operation.request.handoff_id)
            return self._opened(ticket) if ticket else None
        entry = self._book.entry_of(operation.ref.key, _LINES[operation.kind], operation.event_id)
        if entry is not None:
            return _as_found(entry)
        if isinstance(operation, SetState | Reopen):  # a move to where the ticket already was leaves no line
            return self._book.dossier(operation.ref.key).ticket.state
        return None

    def _opened(self, ticket: Ticket) -> Opened:
        return Opened(
            ref=self._ref(ticket.key),
            handoff_id=ticket.handoff_id,
            subject=ticket.subject,
            priority=ticket.priority,
        )

    def _ref(self, key: str) -> TicketRef:
        return TicketRef(NAME, key, self._url.replace("{key}", key))

    def _change(self, row: sqlite3.Row) -> TicketChange | None:
        entry = entry_from(row)
        what = news_in(entry)
        if what is None:
            return None
        return TicketChange(
            change_id=f"{NAME}:{row['seq']}",
            ref=self._ref(key_of_number(row["ticket"])),
            handoff_id=row["handoff_id"],
            at=entry.at,
            author=entry.author,
            own=entry.own,
            what=what,
        )


async def _told(unit: Callable[[], Answer]) -> Answer:
    """Run a unit in a thread. A bad file counts as doubt: the next look tells whether the unit was committed."""
    try:
        return await asyncio.to_thread(unit)
    except sqlite3.Error as error:
        raise DoubtfulError(f"the tickets file: {error}") from error


def _as_found(entry: Entry) -> Found:
    match entry.kind:
        case EntryKind.NOTE:
            return Note(text=entry.value, visibility=entry.visibility)
        case EntryKind.FILE:
            return file_from_json(entry.detail)
        case EntryKind.LINK:
            return LinkKind(entry.detail)
        case EntryKind.STATE | EntryKind.REOPENED:
            return TicketState(entry.value)
        case EntryKind.ASSIGNEE:
            raise RefusedError("an event id of the bridge stands on an agent's line")


def _requester_key(requester: Requester) -> str:
    return requester.email.strip().casefold() or requester.sso_id.strip()


def _seq(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18):
        raise RefusedError("the cursor was not given out by this desk; leave it out to start from the beginning")
    return int(cursor)
