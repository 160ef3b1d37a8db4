"""A journal, a clock and a faulty way to a real Request Tracker, which outlive the workers that use them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.support.tracker.server import Tracker
from tests.ticket_bridge.crashes import Killed
from tests.ticket_bridge.faulty_way import Fault, FaultyWay
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal
from tests.ticket_bridge.rt_peer import desk_at
from ticket_bridge import Breaker, Bridge, Delivery, DeliveryState, HandoffRequest, Journal
from ticket_bridge.systems.rt import RequestTracker
from ticket_bridge.systems.rt_config import RtConfig


class DyingJournal:
    """A journal whose worker is killed before it leaves a state: all that came of the state is done, nothing saved."""

    def __init__(self, journal: Journal, state: DeliveryState) -> None:
        self._journal = journal
        self._state = state

    async def load(self, delivery_id: str) -> Delivery | None:
        return await self._journal.load(delivery_id)

    async def save(self, delivery: Delivery) -> None:
        before = await self._journal.load(delivery.id)
        if (before.state if before else DeliveryState.QUEUED) is self._state:
            raise Killed
        await self._journal.save(delivery)


@dataclass
class RtWorld:
    """One queue of a server, reached by the faulty way."""

    server: Tracker
    way: FaultyWay
    config: RtConfig
    clock: Clock = field(default_factory=Clock)
    journal: MemoryJournal = field(default_factory=MemoryJournal)

    async def live(self, request: HandoffRequest, killed_in: DeliveryState | None = None) -> Delivery:
        """Let one worker bring a handoff to its end, or be killed before it leaves a state. Raises Killed."""
        journal = DyingJournal(self.journal, killed_in) if killed_in else self.journal
        bridge = Bridge(RequestTracker(self.config), journal, self.clock, breaker=Breaker(threshold=1000))
        delivery = bridge.queue(request)
        for _ in range(30):
            delivery = await bridge.advance(delivery)
            if delivery.done:
                return delivery
            await self.settle()
            self.clock.reach(delivery.not_before)
        raise AssertionError(f"not done after 30 steps: {delivery.state}, {delivery.last_error}")

    async def settle(self) -> None:
        """Wait until what is under way has been carried out: the server does one thing at a time, in order."""
        await self.way.all_arrived()
        await asyncio.to_thread(self.server.start)
        await asyncio.to_thread(self.server.ask, "GET", "/rt")

    async def subjects(self) -> list[str]:
        """Give the subject of every ticket of the whole queue, once nothing is under way."""
        await self.settle()
        return await asyncio.to_thread(self.server.subjects, self.config.queue)


@asynccontextmanager
async def world(server: Tracker, script: Iterable[Fault] = (), queue: str = "") -> AsyncIterator[RtWorld]:
    """Lay a faulty way to a fresh queue of the server."""
    queue = queue or await asyncio.to_thread(server.new_queue)
    async with FaultyWay(server.port, script, kill=server.kill) as way:
        yield RtWorld(server, way, desk_at(server, queue, url=way.url))


def new_handoff() -> HandoffRequest:
    """Make a handoff whose subject no other test has."""
    word = secrets.token_hex(6)
    return handoff(handoff_id=f"{word}:1:1", subject=f"VPN en panne {word}")
