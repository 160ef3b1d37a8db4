"""The agents' side of the built-in desk: list, read, answer, take and move tickets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from ticket_bridge.systems.local_book import LocalBook
from ticket_bridge.systems.local_tables import Dossier, Entry, EntryKind, Ticket
from ticket_bridge.ticket import TicketState, Visibility
from ticket_bridge.words import storable


class LocalDesk:
    """What one agent sees and does. Raises RefusedError for an unknown key or a move that cannot be."""

    def __init__(self, book: LocalBook, clock: Callable[[], datetime], agent: str) -> None:
        self._book = book
        self._clock = clock
        self._agent = agent

    async def tickets(self, state: TicketState | None = None) -> tuple[Ticket, ...]:
        """List tickets in the order they were opened."""
        return await asyncio.to_thread(self._book.tickets, state)

    async def dossier(self, key: str) -> Dossier:
        """Read all there is about a ticket."""
        return await asyncio.to_thread(self._book.dossier, key)

    async def write(self, key: str, text: str, visibility: Visibility) -> None:
        """Write a note: a public one is the answer that reaches the requester."""
        await self._act(key, EntryKind.NOTE, text, visibility=visibility)

    async def take(self, key: str) -> None:
        """Become the ticket's assignee."""
        await self._act(key, EntryKind.ASSIGNEE, self._agent)

    async def move(self, key: str, state: TicketState, reason: str = "") -> None:
        """Move a ticket to a state; from resolved or closed back to in_progress reopens it."""
        kind = EntryKind.REOPENED if state is TicketState.IN_PROGRESS and await self._is_over(key) else EntryKind.STATE
        await self._act(key, kind, state, detail=reason)

    async def _is_over(self, key: str) -> bool:
        return (await self.dossier(key)).ticket.state in (TicketState.RESOLVED, TicketState.CLOSED)

    async def _act(
        self, key: str, kind: EntryKind, value: str, *, visibility: Visibility = Visibility.INTERNAL, detail: str = ""
    ) -> None:
        entry = Entry(
            kind=kind,
            value=value,
            at=self._clock(),
            author=self._agent,
            own=False,
            visibility=visibility,
            detail=detail,
        )
        await asyncio.to_thread(self._book.write, key, storable(entry))
