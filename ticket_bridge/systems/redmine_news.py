"""What happened on our tickets, from Redmine's journals: complete at equal seconds, and in order on each ticket.

Redmine lists no journals, only tickets by the second of their last change. So a round asks for all tickets that changed
since the last round began (and a little before: a change may become visible late), by their number, which never moves;
the journals already given out in that overlap are named in the cursor.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ticket_bridge.change import AssigneeChanged, ChangePage, NoteAdded, StateChanged, TicketChange, What
from ticket_bridge.port import RefusedError
from ticket_bridge.systems.redmine_issue import Issue, Journal
from ticket_bridge.systems.redmine_names import Names
from ticket_bridge.systems.redmine_search import Search
from ticket_bridge.systems.redmine_wire import OutOfSightError
from ticket_bridge.ticket import TicketRef, TicketState

SYSTEM = "redmine"
PAGE = 50  # tickets in one list
MOST_PAGES = 4  # read for one answer
AT_ONCE = 4  # tickets read at the same time
LONGEST_CURSOR = 200_000  # characters
_BEGINNING = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far we are: rounds are complete up to `since`, the present one runs to `until` and has done ticket `after`.

    `seen` are the journals of the last round's overlap, `seen_next` those given out in the overlap of the next.
    """

    since: int = 0
    until: int = 0
    after: int = 0
    seen: frozenset[int] = frozenset()
    seen_next: frozenset[int] = frozenset()

    def __str__(self) -> str:
        lists = (",".join(map(str, sorted(numbers))) for numbers in (self.seen, self.seen_next))
        return "/".join([str(self.since), str(self.until), str(self.after), *lists])

    @classmethod
    def read(cls, text: str | None) -> Cursor:
        """Read what was given out. Raises RefusedError for anything else."""
        if text is None:
            return cls()
        parts = text.split("/")
        numbers = [part for given in parts for part in given.split(",")]
        if len(text) > LONGEST_CURSOR or len(parts) != 5 or not all(_is_number(n) for n in numbers if n):
            raise RefusedError("the cursor was not given out by this system; leave it out to start from the beginning")
        since, until, after = (int(part) if _is_number(part) else 0 for part in parts[:3])
        seen, seen_next = (frozenset(int(n) for n in part.split(",") if n) for part in parts[3:])
        return cls(since=since, until=until, after=after, seen=seen, seen_next=seen_next)


class Rest:
    """Tells when the overlap need not be read any more: once a round that began an overlap later had nothing new."""

    def __init__(self, overlap: int) -> None:
        self._overlap = overlap
        self._at: Cursor | None = None
        self._since = 0.0
        self._is_sure = False

    def ended(self, cursor: Cursor, began: float, now: float) -> None:
        """Take in that a round ended there."""
        if cursor != self._at:
            self._at, self._since, self._is_sure = cursor, now, False
        self._is_sure = self._is_sure or began - self._since > self._overlap

    def holds(self, cursor: Cursor, newest: int) -> bool:
        """Tell whether nothing can have come after the cursor."""
        return self._is_sure and cursor == self._at and newest == cursor.since


class News:
    """Gives pages of changes. `ref` makes a ticket's reference, `name_of` the name of an account's number."""

    def __init__(
        self,
        search: Search,
        overlap: timedelta,
        ref: Callable[[int], TicketRef],
        name_of: Callable[[int], Awaitable[str]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._search = search
        self._overlap = int(overlap.total_seconds())
        self._ref = ref
        self._name_of = name_of
        self._monotonic = monotonic
        self._rest = Rest(self._overlap)

    async def page(self, cursor: Cursor, names: Names) -> ChangePage:
        """Give the changes after the cursor, from as many tickets as it takes to find some, but not from too many."""
        began = self._monotonic()
        if not cursor.after:  # a new round: it ends where the newest change is now
            newest = await self._search.newest_change()
            if newest is None or self._rest.holds(cursor, int(newest.timestamp())):
                return ChangePage((), str(cursor))
            cursor = replace(cursor, until=max(int(newest.timestamp()), cursor.since))
        for _ in range(MOST_PAGES):
            changes, cursor = await self._read_on(cursor, names)
            if not cursor.after:
                self._rest.ended(cursor, began, self._monotonic())
            if changes or not cursor.after:
                break
        return ChangePage(tuple(changes), str(cursor))

    async def _read_on(self, cursor: Cursor, names: Names) -> tuple[list[TicketChange], Cursor]:
        lower = max(_time(cursor.since - self._overlap), _BEGINNING)
        listed = await self._search.changed(lower, cursor.after, PAGE)
        issues = await self._read(listed)
        fresh = [(i, j) for i in issues for j in i.journals if j.created_on >= lower and j.id not in cursor.seen]
        fresh.sort(key=lambda pair: (pair[1].created_on, pair[1].id))
        changes = [change for i, j in fresh for change in await self._changes_in(i, j, names)]
        return changes, self._next(cursor, listed, [j for i in issues for j in i.journals])

    async def _read(self, listed: tuple[Issue, ...]) -> list[Issue]:
        turns = asyncio.Semaphore(AT_ONCE)

        async def read(number: int) -> Issue | None:
            async with turns:
                try:
                    return await self._search.ticket(number, "journals")
                except OutOfSightError:  # deleted or moved away meanwhile
                    return None

        return [i for i in await asyncio.gather(*(read(issue.id) for issue in listed)) if i is not None]

    def _next(self, cursor: Cursor, listed: tuple[Issue, ...], journals: list[Journal]) -> Cursor:
        overlap = _time(cursor.until - self._overlap)
        seen_next = cursor.seen_next | {j.id for j in journals if j.created_on >= overlap}
        if len(listed) >= PAGE:
            return replace(cursor, after=listed[-1].id, seen_next=seen_next)
        return Cursor(since=cursor.until, seen=seen_next)

    async def _changes_in(self, issue: Issue, journal: Journal, names: Names) -> list[TicketChange]:
        return [
            TicketChange(
                change_id=f"{SYSTEM}:{journal.id}:{what.kind}",
                ref=self._ref(issue.id),
                handoff_id=issue.value_of(names.config.handoff_field),
                at=journal.created_on,
                author=journal.user.name if journal.user else "",
                own=journal.user is not None and journal.user.id == names.account.id,
                what=what,
            )
            for what in await self._told(issue, journal, names)
        ]

    async def _told(self, issue: Issue, journal: Journal, names: Names) -> list[What]:
        """Read a journal. What was said comes before the new state: the words belong to it."""
        told: list[What] = []
        assigned, moved = journal.detail("attr", "assigned_to_id"), journal.detail("attr", "status_id")
        if assigned:
            told.append(AssigneeChanged(await self._assignee(issue, assigned.new_value)))
        if journal.note:
            told.append(NoteAdded(journal.note.text, journal.note.visibility))
        if moved:
            before, now = (_state(value, names) for value in (moved.old_value, moved.new_value))
            told += [StateChanged(now)] if now is not None and now is not before else []
        return told

    async def _assignee(self, issue: Issue, number: str | None) -> str:
        if not number or not _is_number(number):
            return ""
        now = issue.assigned_to
        return now.name if now and now.id == int(number) and now.name else await self._name_of(int(number))


def _state(value: str | None, names: Names) -> TicketState | None:
    return names.state_of(int(value)) if value and _is_number(value) else None


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(max(seconds, 0), UTC)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
