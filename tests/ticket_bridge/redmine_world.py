"""A journal, a clock and a faulty way to a real Redmine, which outlive the workers that use them."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.support.redmine.server import RedmineServer
from tests.ticket_bridge.crashes import Killed
from tests.ticket_bridge.faulty_way import Fault, FaultyWay
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal
from tests.ticket_bridge.redmine_peer import config_for, project_on
from tests.ticket_bridge.rt_world import DyingJournal
from ticket_bridge import Breaker, Bridge, Delivery, DeliveryState, HandoffRequest
from ticket_bridge.systems.redmine import Redmine


@dataclass
class RedmineWorld:
    """One project of a server, reached by the faulty way."""

    server: RedmineServer
    way: FaultyWay
    project: str
    system: Redmine
    clock: Clock = field(default_factory=Clock)
    journal: MemoryJournal = field(default_factory=MemoryJournal)

    async def live(self, request: HandoffRequest, killed_in: DeliveryState | None = None) -> Delivery:
        """Let one worker bring a handoff to its end, or be killed before it leaves a state. Raises Killed."""
        journal = DyingJournal(self.journal, killed_in) if killed_in else self.journal
        bridge = Bridge(self.system, journal, self.clock, breaker=Breaker(threshold=1000))
        return await self.end(bridge, bridge.queue(request))

    async def is_killed(self, request: HandoffRequest, state: DeliveryState) -> bool:
        """Let a worker be killed before it leaves a state; tell whether it lived that long."""
        try:
            await self.live(request, state)
        except Killed:
            return True
        return False

    async def end(self, bridge: Bridge, delivery: Delivery) -> Delivery:
        """Advance a delivery to its end; the clock is moved to each due time once nothing is under way."""
        for _ in range(30):
            delivery = await bridge.advance(delivery)
            if delivery.done:
                return delivery
            await self.settle()
            self.clock.reach(delivery.not_before)
        raise AssertionError(f"not done after 30 steps: {delivery.state}, {delivery.last_error}")

    async def settle(self) -> None:
        """Wait until what is under way has been carried out."""
        await self.way.all_arrived()
        await asyncio.to_thread(self.server.finish)

    async def subjects(self) -> list[str]:
        """Give the subject of every ticket of the whole project, once nothing is under way."""
        await self.settle()
        return [ticket["subject"] for ticket in await asyncio.to_thread(self.server.as_agent().tickets, self.project)]


@asynccontextmanager
async def redmine_world(
    server: RedmineServer, script: Iterable[Fault] = (), **otherwise: Any
) -> AsyncIterator[RedmineWorld]:
    """Lay a faulty way to a fresh project of the server. Its faults begin once our account has read the lists."""
    project = await asyncio.to_thread(project_on, server)
    async with FaultyWay(server.port, script, kill=server.kill) as way:
        system = Redmine(config_for(server, project, url=way.url, **otherwise))
        yield RedmineWorld(server, way, project, system)


def plain_handoff(number: int, **otherwise: object) -> HandoffRequest:
    """Make a handoff without a transcript: its opening is one write, the one that meets the fault."""
    return handoff(number, transcript=(), **otherwise)
