"""The ticket systems the contract runs against. A new one is one class here and one line in PEERS."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.ticket_bridge.handoffs import Clock
from tests.ticket_bridge.redmine_peer import RedminePeer
from tests.ticket_bridge.rt_peer import RtPeer
from ticket_bridge import LocalSystem, TicketRef, TicketState, TicketSystem, Visibility
from ticket_bridge.systems.local_tables import EntryKind


class Peer(Protocol):
    """A ticket system, and its other side: what its agents do and see, reached past the port."""

    system: TicketSystem

    def close(self) -> None:
        """Let go of files and connections."""

    async def subjects(self) -> list[str]:
        """Give the subject of every ticket in the whole queue."""

    async def notes(self, ref: TicketRef) -> list[tuple[str, Visibility]]:
        """Give every note on a ticket."""

    async def state(self, ref: TicketRef) -> TicketState:
        """Give a ticket's state as the agents see it."""

    async def agent_writes(self, ref: TicketRef, text: str, visibility: Visibility) -> None:
        """Write a note as an agent."""

    async def agent_moves(self, ref: TicketRef, state: TicketState) -> None:
        """Move a ticket as an agent."""

    async def agent_takes(self, ref: TicketRef) -> None:
        """Assign a ticket to an agent."""


class LocalPeer:
    """The built-in desk."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        local = LocalSystem(folder / "tickets.sqlite3", clock=clock, durable=False)
        self.system: TicketSystem = local
        self._local = local
        self._desk = local.desk("Ana")

    def close(self) -> None:
        self._local.close()

    async def subjects(self) -> list[str]:
        return [ticket.subject for ticket in await self._desk.tickets()]

    async def notes(self, ref: TicketRef) -> list[tuple[str, Visibility]]:
        history = (await self._desk.dossier(ref.key)).history
        return [(entry.value, entry.visibility) for entry in history if entry.kind is EntryKind.NOTE]

    async def state(self, ref: TicketRef) -> TicketState:
        return (await self._desk.dossier(ref.key)).ticket.state

    async def agent_writes(self, ref: TicketRef, text: str, visibility: Visibility) -> None:
        await self._desk.write(ref.key, text, visibility)

    async def agent_moves(self, ref: TicketRef, state: TicketState) -> None:
        await self._desk.move(ref.key, state)

    async def agent_takes(self, ref: TicketRef) -> None:
        await self._desk.take(ref.key)


PEERS: dict[str, Callable[..., Peer]] = {
    "local": LocalPeer,
    "redmine": RedminePeer,
    "rt": RtPeer,
}
