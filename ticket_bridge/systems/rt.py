"""Request Tracker 5 through its REST 2 interface."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ticket_bridge.change import ChangePage
from ticket_bridge.operation import AddNote, Attach, Found, Link, OpenTicket, Operation, Reopen, SetState
from ticket_bridge.port import Capabilities, DoubtfulError, Health, RefusedError, TryLaterError
from ticket_bridge.systems import rt_words as words
from ticket_bridge.systems.rt_check import faults
from ticket_bridge.systems.rt_config import LONGEST_HANDOFF_ID, RtConfig
from ticket_bridge.systems.rt_news import next_page
from ticket_bridge.systems.rt_read import NAME, RtReader, number_of
from ticket_bridge.systems.rt_wire import RtWire
from ticket_bridge.ticket import (
    File,
    HandoffRequest,
    LinkKind,
    Note,
    Requester,
    RequesterRef,
    TicketRef,
    TicketState,
    Visibility,
)

LINKS = {LinkKind.CHILD_OF: ("AddMemberOf", "parent"), LinkKind.DUPLICATE_OF: ("AddRefersTo", "refers-to")}
OVER = (TicketState.RESOLVED, TicketState.CLOSED)
WAYS = {Visibility.PUBLIC: "correspond", Visibility.INTERNAL: "comment"}


class RequestTracker:
    """A desk's Request Tracker.

    Duplicate guard: RT has none. A ticket carries its handoff id in a custom field, which `open` looks up first; a
    note carries a mark of its event id in an HTML comment, which is written in one go with it and shown on no page.
    """

    def __init__(self, config: RtConfig) -> None:
        self._config = config
        self._wire = RtWire(config)
        self._reader = RtReader(self._wire, config)

    async def close(self) -> None:
        """Let go of what connections there are."""
        await self._wire.close()

    async def open(self, request: HandoffRequest) -> TicketRef:
        """Open a ticket, unless one with this handoff id is there to be seen."""
        if not words.is_key(request.handoff_id) or len(request.handoff_id) > LONGEST_HANDOFF_ID:
            raise RefusedError(f"handoff_id must be one plain line of at most {LONGEST_HANDOFF_ID} characters")
        known = await self._reader.opened(request.handoff_id)
        if known is not None:
            return known.ref
        answer = await self._wire.send("POST", "/ticket", await asyncio.to_thread(self._ticket, request))
        key = str(answer.get("id", "")) if isinstance(answer, dict) else ""
        if not key.isdigit():
            raise DoubtfulError("the ticket server answered without the number of the new ticket")
        return self._reader.ref(key)

    async def find(self, operation: Operation) -> Found | None:
        """Read what the server holds: tickets by handoff id, notes and files by their mark, states as they are now."""
        match operation:
            case OpenTicket(request=request):
                return await self._reader.opened(request.handoff_id)
            case AddNote():
                return await self._find_note(operation)
            case Attach():
                return await self._find_file(operation)
            case SetState(ref=ref, state=state):
                return await self._find_state(ref, state)
            case Reopen(ref=ref):
                return self._config.state_of(await self._reader.status(ref))
            case Link(ref=ref, parent=parent, relation=kind):
                return kind if await self._linked(ref, parent, kind) else None

    async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
        """Write a note: a public one as RT's correspondence (its scrips may mail it), an internal one as a comment."""
        page = words.as_html(text, words.mark_of("note", event_id))
        await self._write(ref, WAYS[visibility], {"Content": page, "ContentType": "text/html"})

    async def attach(self, ref: TicketRef, file: File, event_id: str) -> None:
        """Attach a file to a comment that bears its name. Without bytes only the name is written."""
        content = await asyncio.to_thread(self._bytes, file)
        page = words.as_html(words.file_name(file.name), words.mark_of("attach", event_id))
        files = [words.attachment(file.name, file.media_type, content)] if content else []
        await self._write(ref, "comment", {"Content": page, "ContentType": "text/html", "Attachments": files})

    async def set_state(self, ref: TicketRef, state: TicketState, reason: str, event_id: str) -> None:
        """Move the ticket and read it back: RT answers 200 to a status it does not take."""
        await self._move(ref, self._config.statuses[state], reason, words.mark_of("state", event_id))

    async def reopen(self, ref: TicketRef, reason: str, event_id: str) -> None:
        """Take a resolved or closed ticket up again; an open one stays as it is."""
        if self._config.state_of(await self._reader.status(ref)) in OVER:
            status = self._config.statuses[TicketState.IN_PROGRESS]
            await self._move(ref, status, reason, words.mark_of("reopen", event_id))

    async def link(self, ref: TicketRef, parent: TicketRef, kind: LinkKind, event_id: str) -> None:
        """Make the ticket a child of its major incident, or let it refer to its original; nothing is merged."""
        await self._wire.send("PUT", f"/ticket/{number_of(ref)}", {LINKS[kind][0]: number_of(parent)})
        if not await self._linked(ref, parent, kind):
            raise RefusedError(
                f"ticket {ref.key} was not tied to {parent.key}: it may not exist, or the account may not change both"
            )

    async def resolve_requester(self, requester: Requester) -> RequesterRef | None:
        """Find RT's user by e-mail or login. One whom RT does not know it makes when a ticket is opened for them."""
        name = await self._reader.user_named(requester)
        return RequesterRef(NAME, name) if name else None

    async def changes(self, cursor: str | None) -> ChangePage:
        """Give the next changes of tickets our account opened. What agents write as comments is not even asked for."""
        return await next_page(self._reader, self._wire, self._config, cursor)

    async def check(self) -> tuple[str, ...]:
        """Compare the configuration with RT's queues, custom fields, rights and statuses."""
        return await faults(self._wire, self._config)

    async def health(self) -> Health:
        """Ask for RT's version. Raises nothing."""
        try:
            await self._wire.get("/rt")
        except (TryLaterError, RefusedError, DoubtfulError) as error:
            return Health(ok=False, detail=str(error))
        return Health(ok=True)

    def capabilities(self) -> Capabilities:
        """Tell what this desk can do."""
        config = self._config
        settle = max(config.settle, config.answer_within)
        return Capabilities(system=NAME, settle=settle, largest_file=config.largest_file, states=config.states())

    def _ticket(self, request: HandoffRequest) -> dict[str, object]:
        email = request.requester.email.strip()
        ticket: dict[str, object] = {
            "Queue": self._config.queue_of(request.team),
            "Subject": words.one_line(request.subject),
            "Content": words.bounded(request.body),
            "ContentType": "text/plain",
            "Priority": self._config.priorities[request.priority],
            "CustomFields": {name: words.one_line(value) for name, value in self._config.field_values(request).items()},
        }
        if words.is_address(email):
            ticket["Requestor"] = email
        files = self._attachments(request)
        return ticket | {"Attachments": files} if files else ticket

    def _attachments(self, request: HandoffRequest) -> list[dict[str, str]]:
        """Take the transcript and those files whose bytes are there, as long as they fit together."""
        files = []
        if request.transcript:
            files.append(words.attachment("conversation.txt", "text/plain", words.conversation(request.transcript)))
        left = self._config.largest_file
        for file in request.files:
            try:
                content = self._bytes(file)
            except RefusedError:  # the ticket is worth more than the file
                continue
            if 0 < len(content) <= left:
                left -= len(content)
                files.append(words.attachment(file.name, file.media_type, content))
        return files

    def _bytes(self, file: File) -> bytes:
        if file.path is None:
            return b""
        try:
            with Path(file.path).open("rb") as source:
                content = source.read(self._config.largest_file + 1)
        except (OSError, ValueError):
            raise RefusedError("the file to attach is gone") from None
        if len(content) > self._config.largest_file:
            raise RefusedError(
                f"the file has more than {self._config.largest_file} bytes, which RT does not keep whole"
            )
        return content

    async def _write(self, ref: TicketRef, way: str, message: dict[str, object]) -> None:
        await self._wire.send("POST", f"/ticket/{number_of(ref)}/{way}", message)

    async def _move(self, ref: TicketRef, status: str, reason: str, mark: str) -> None:
        before = await self._reader.status(ref)
        if before.casefold() == status.casefold():
            return
        if reason.strip() and await self._reader.marked(ref, mark) is None:
            message: dict[str, object] = {"Content": words.as_html(reason, mark), "ContentType": "text/html"}
            await self._write(ref, "comment", message | {"Status": status})
        else:
            await self._wire.send("PUT", f"/ticket/{number_of(ref)}", {"Status": status})
        after = await self._reader.status(ref)
        if after.casefold() == before.casefold():
            raise RefusedError(
                f"ticket {ref.key} stays {before}: its lifecycle has no way to {status!r}, or the account lacks"
                " ModifyTicket; correct `statuses` or grant the right"
            )

    async def _find_state(self, ref: TicketRef, wanted: TicketState) -> TicketState | None:
        status = await self._reader.status(ref)
        return (
            wanted if status.casefold() == self._config.statuses[wanted].casefold() else self._config.state_of(status)
        )

    async def _find_note(self, note: AddNote) -> Note | None:
        mark = words.mark_of("note", note.event_id)
        held = await self._reader.marked(note.ref, mark)
        if held is None:
            return None
        public = await self._reader.is_public(held.transaction)
        visibility = Visibility.PUBLIC if public else Visibility.INTERNAL
        whole = words.as_text(held.page) == words.as_text(words.as_html(note.text, mark))
        return Note(text=note.text if whole else words.as_text(held.page), visibility=visibility)

    async def _find_file(self, attach: Attach) -> File | None:
        held = await self._reader.marked(attach.ref, words.mark_of("attach", attach.event_id))
        if held is None:
            return None
        file = await self._reader.file_of(held.transaction)
        if file is None:  # a mention, or a file without a byte
            return File(name=attach.file.name, media_type=attach.file.media_type, size=attach.file.size)
        # whoever did not know the size is content with what is there
        return file if attach.file.size else File(name=file.name, media_type=file.media_type)

    async def _linked(self, ref: TicketRef, parent: TicketRef, kind: LinkKind) -> bool:
        return (LINKS[kind][1], number_of(parent)) in await self._reader.links(ref)
