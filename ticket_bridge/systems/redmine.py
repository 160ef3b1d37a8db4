"""Redmine 5 over its REST interface, as a ticket system: one project, our tickets in it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Awaitable
from typing import TypeVar

from pydantic import TypeAdapter

from ticket_bridge.change import ChangePage
from ticket_bridge.operation import Found, Operation
from ticket_bridge.port import Capabilities, DoubtfulError, Health, RefusedError, TryLaterError
from ticket_bridge.systems.redmine_config import RedmineConfig
from ticket_bridge.systems.redmine_files import TRANSCRIPT, Upload, content_of, transcript_of, uploaded
from ticket_bridge.systems.redmine_issue import OneIssue
from ticket_bridge.systems.redmine_lists import OneUser
from ticket_bridge.systems.redmine_marks import event_mark, handoff_mark, number_of
from ticket_bridge.systems.redmine_names import Names, read_names
from ticket_bridge.systems.redmine_news import SYSTEM, Cursor, News
from ticket_bridge.systems.redmine_people import account_of
from ticket_bridge.systems.redmine_reading import Reading, storable_text
from ticket_bridge.systems.redmine_search import Search
from ticket_bridge.systems.redmine_wire import OutOfSightError, Wire
from ticket_bridge.ticket import (
    File,
    HandoffRequest,
    LinkKind,
    Requester,
    RequesterRef,
    TicketRef,
    TicketState,
    Visibility,
)

LONGEST_SUBJECT = 255  # characters Redmine keeps
LONGEST_BODY = 200_000
NAMES_LAST = 3600.0  # seconds until the lists are read again
_ISSUE, _USER, _ANYTHING = TypeAdapter(OneIssue), TypeAdapter(OneUser), TypeAdapter(object)
_OPEN = (TicketState.NEW, TicketState.IN_PROGRESS, TicketState.PENDING)
Answer = TypeVar("Answer")


class Redmine:
    """Opens and follows tickets in one project of a Redmine.

    Redmine has no duplicate guard. The handoff id stands in a custom field of ours and is looked up; every other write
    carries its event in a second one, in the same request, so that the journal of the write tells whose it was.
    """

    def __init__(self, config: RedmineConfig) -> None:
        self._config = config
        self._wire = Wire(config)
        self._search = Search(self._wire, config)
        self._reading = Reading(self._search, config, self._ref)
        self._news = News(self._search, config.settle, self._ref, self._name_of)
        self._names: Names | None = None
        self._names_read = 0.0
        self._people: dict[int, str] = {}

    async def open(self, request: HandoffRequest) -> TicketRef:
        """Open a ticket, unless there is one of this handoff. One still under way is not seen: settle before again."""
        known = await _before_sending(self._search.by_handoff(request.handoff_id))
        if known:
            return self._ref(known.id)
        issue = await self._new_ticket(request)
        made = await self._wire.make(f"/projects/{self._config.project}/issues.json", {"issue": issue}, _ISSUE)
        return self._ref(made.issue.id)

    async def find(self, operation: Operation) -> Found | None:
        """Read what Redmine holds for this operation."""
        return await self._reading.find(operation, await self._known_names())

    async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
        """Write a note. An internal one is not sent where our account could not keep it private."""
        public = {"notes": storable_text(text), "private_notes": False}
        note = public if visibility is Visibility.PUBLIC else await self._internal(text)
        await self._change(ref, "note", event_id, note)

    async def attach(self, ref: TicketRef, file: File, event_id: str) -> None:
        """Upload a file and attach it; one without bytes is mentioned in a private note."""
        if file.path is None:
            await self._change(ref, "attach", event_id, await self._internal(f"[{file.name}, {file.size} B]"))
            return
        await self._change(ref, "attach", event_id, {"uploads": await self._upload(file)})

    async def set_state(self, ref: TicketRef, state: TicketState, reason: str, event_id: str) -> None:
        """Move the ticket, and look whether it moved: Redmine answers 204 to a status that it ignored."""
        await self._move(ref, state, reason, "state", event_id)

    async def reopen(self, ref: TicketRef, reason: str, event_id: str) -> None:
        """Take a resolved or closed ticket up again; an open one stays as it is."""
        names = await _before_sending(self._known_names())
        issue = await _before_sending(self._search.ticket(number_of(ref), ""))
        if names.state_of(issue.status.id) not in _OPEN:
            await self._move(ref, TicketState.IN_PROGRESS, reason, "reopen", event_id)

    async def link(self, ref: TicketRef, parent: TicketRef, kind: LinkKind, event_id: str) -> None:
        """Relate a duplicate to its original, or make the ticket a subtask of its major incident."""
        number, other = number_of(ref), number_of(parent)
        if kind is LinkKind.CHILD_OF:
            await self._change(ref, "link", event_id, {"parent_issue_id": str(other)})
            return
        relation = {"issue_to_id": str(other), "relation_type": "duplicates"}
        await self._wire.make(f"/issues/{number}/relations.json", {"relation": relation}, _ANYTHING)

    async def resolve_requester(self, requester: Requester) -> RequesterRef | None:
        """Find the account with this address or login. Only an administrator's key may ask; None without one."""
        number = await account_of(self._wire, self._config.directory_key, requester)
        return RequesterRef(SYSTEM, str(number)) if number is not None else None

    async def changes(self, cursor: str | None) -> ChangePage:
        """Give the next changes after the cursor; ask again while the cursor moves."""
        return await self._news.page(Cursor.read(cursor), await self._known_names())

    async def check(self) -> tuple[str, ...]:
        """Compare the configuration with Redmine's lists and our account's rights: every fault with its mend."""
        try:
            names = await read_names(self._wire, self._config)
            faults = names.faults()
            for what, field in (("handoff", self._config.handoff_field), ("event", self._config.event_field)):
                if not await self._search.is_searchable(field):
                    faults.append(_no_field(what, field))
        except (TryLaterError, RefusedError, DoubtfulError) as error:
            return (f"{self._config.base}, project {self._config.project!r}: {error}",)
        return tuple(faults)

    async def health(self) -> Health:
        """Ask whether Redmine answers and knows us. Raises nothing."""
        try:
            await self._wire.read("/users/current.json", _USER)
        except (TryLaterError, RefusedError, DoubtfulError) as error:
            return Health(ok=False, detail=str(error))
        return Health(ok=True)

    def capabilities(self) -> Capabilities:
        """Tell what Redmine can do: everything the port has."""
        return Capabilities(system=SYSTEM, settle=self._config.settle, largest_file=self._config.largest_file)

    async def _new_ticket(self, request: HandoffRequest) -> dict[str, object]:
        names = await _before_sending(self._known_names())
        return {
            "tracker_id": names.tracker_for(request.level),
            "category_id": names.category_for(request.team) or "",
            "priority_id": names.priority(request.priority),
            "subject": " ".join(storable_text(request.subject).split())[:LONGEST_SUBJECT] or request.handoff_id,
            "description": storable_text(request.body)[:LONGEST_BODY],
            "custom_fields": [{"id": self._config.handoff_field, "value": handoff_mark(request.handoff_id)}],
            "uploads": await self._uploads(request),
        }

    async def _uploads(self, request: HandoffRequest) -> list[Upload]:
        uploads = []
        if request.transcript:
            content = transcript_of(request.transcript, self._config.largest_file)
            uploads.append(await uploaded(self._wire, TRANSCRIPT, "text/plain", content))
        for file in request.files:
            with contextlib.suppress(RefusedError):  # gone, too large or not allowed: no reason to open no ticket
                uploads += await self._upload(file)
        return uploads

    async def _upload(self, file: File) -> list[Upload]:
        if file.path is None:
            return []
        content = await content_of(file, self._config.largest_file)
        return [await uploaded(self._wire, file.name, file.media_type, content)]

    async def _move(self, ref: TicketRef, state: TicketState, reason: str, kind: str, event_id: str) -> None:
        names = await _before_sending(self._known_names())
        wanted = names.status(state)
        said = await self._internal(reason) if reason.strip() else {}
        await self._change(ref, kind, event_id, {"status_id": wanted, **said})
        issue = await self._search.ticket(number_of(ref), "journals")
        journal = issue.journal_of(self._config.event_field, event_mark(kind, event_id))
        moved = journal is not None and journal.detail("attr", "status_id") is not None  # and perhaps again since
        if issue.status.id != wanted and not moved:
            raise RefusedError(
                f"ticket {ref.key} stayed {issue.status.name!r}: allow our role this step to "
                f"{self._config.states[state]!r} under Administration, Workflow, or close what blocks it"
            )

    async def _internal(self, text: str) -> dict[str, object]:
        """Make a private note. Raises RefusedError where our account could not: Redmine would make it public."""
        names = await _before_sending(self._known_names())
        if not names.may("set_notes_private"):
            raise RefusedError("our account may not write private notes: tick 'Set notes as private' for its role")
        return {"notes": storable_text(text), "private_notes": True}

    async def _change(self, ref: TicketRef, kind: str, event_id: str, what: dict[str, object]) -> None:
        mark = {"id": self._config.event_field, "value": event_mark(kind, event_id)}
        await self._wire.change(f"/issues/{number_of(ref)}.json", {"issue": {**what, "custom_fields": [mark]}})

    async def _known_names(self) -> Names:
        now = time.monotonic()
        if self._names is None or now - self._names_read > NAMES_LAST:
            self._names = await read_names(self._wire, self._config)
            self._names_read = now
        return self._names

    async def _name_of(self, number: int) -> str:
        if number not in self._people:
            try:
                user = (await self._wire.read(f"/users/{number}.json", _USER)).user
            except OutOfSightError:  # a group, or somebody we may not see
                return f"#{number}"
            self._people[number] = f"{user.firstname} {user.lastname}".strip() or f"#{number}"
        return self._people[number]

    def _ref(self, number: int) -> TicketRef:
        return TicketRef(SYSTEM, str(number), f"{self._config.base}/issues/{number}")


async def _before_sending(call: Awaitable[Answer]) -> Answer:
    """Await what only reads, before a write: a lost answer leaves no doubt about the write."""
    try:
        return await call
    except DoubtfulError as doubt:
        raise TryLaterError(str(doubt)) from None


def _no_field(what: str, field: int) -> str:
    return (
        f"custom field {field} (the {what} field) cannot be searched: give the number of a text field of tickets with "
        "'Used as a filter', for all projects and our trackers, visible to our role"
    )
