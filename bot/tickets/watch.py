"""What people do to our tickets in the ticketing system comes in as events, like everything else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.dialog.events import TicketChanged
from bot.ports.clock import Clock
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.tickets.journal import Entries
from ticket_bridge import Bridge, DoubtfulError, NoteAdded, RefusedError, StateChanged, TicketChange, TryLaterError

EVERY = timedelta(seconds=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the changes have been read; `revision` counts how often that was written down."""

    at: str | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class TicketWatch:
    """Asks for changes and hands them to `receive` (Inbox.receive).

    The cursor is written down after what it passes was received: a change may be handed over twice, under the same
    key, and is never missed. `name` tells one watched system's cursor from another's.
    """

    bridge: Bridge
    entries: Entries
    receive: Callable[[Inbound], Awaitable[Receipt | None]]
    clock: Clock
    name: str = "local"

    async def run(self, every: timedelta = EVERY) -> None:
        """Look again and again until cancelled; a system that fails is asked again later."""
        while True:
            try:
                await self.look()
            except (TryLaterError, DoubtfulError, RefusedError) as error:
                log.warning("the changes of %s cannot be read: %s", self.name, error)
            await asyncio.sleep(every.total_seconds())

    async def look(self) -> int:
        """Take in all that is new; tell how many events that made. Raises as Bridge.changes does."""
        cursor, received = await self._cursor(), 0
        while True:
            page = await self.bridge.changes(cursor.at)
            for change in page.changes:
                received += await self._take_in(change)
            if page.cursor == cursor.at:
                return received
            cursor = await self._move(cursor, page.cursor)

    async def _take_in(self, change: TicketChange) -> bool:
        event = self._event(change)
        if event is None:
            return False
        whose = change.handoff_id.partition(":")[0]
        try:
            receipt = await self.receive(Inbound(f"ticket:{change.change_id}", event, conversation=whose))
        except KeyError:  # a ticket opened by somebody else, past this house
            return False
        return receipt is not None

    def _event(self, change: TicketChange) -> TicketChanged | None:
        """Tell what the change is to the conversation; who has the ticket is the desk's own business."""
        at, key = self.clock.now(), change.ref.key
        match change.what:
            case NoteAdded(text=text):
                return TicketChanged(at=at, key=key, reply=text, author=change.author)
            case StateChanged(state=state):
                return TicketChanged(at=at, key=key, state=state.value, author=change.author)
            case _:
                return None

    async def _cursor(self) -> Cursor:
        text = await self.entries.load(self._entry)
        revision, _, at = (text or "0:").partition(":")
        return Cursor(at or None, int(revision))

    async def _move(self, before: Cursor, to: str) -> Cursor:
        """Write the cursor down. Where another worker did so meanwhile, its word holds."""
        after = Cursor(to, before.revision + 1)
        if await self.entries.save(self._entry, after.revision, "cursor", f"{after.revision}:{to}"):
            return after
        return await self._cursor()

    @property
    def _entry(self) -> str:
        return f"cursor:{self.name}"
