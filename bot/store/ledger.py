"""The ledger behind its door: every verb one unit of the writer."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.ports.inbound import Address
from bot.ports.ledger import Arrival, Claim, Handled, Kept, Left, Parcel, Receipt
from bot.store import arriving, claiming, dead, keeping, leaving, pointing, timers
from bot.store.codec import stamp
from bot.store.engine import Database
from bot.store.writer import Writer

T = TypeVar("T")


class SqlLedger:
    """Implements bot.ports.ledger.Ledger; see there for what each verb promises."""

    def __init__(self, database: Database, watch: Callable[[str, int], None] | None = None) -> None:
        self.database = database
        self.writer = Writer(database.writing, watch)
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="ledger-reader")

    async def receive(self, arrival: Arrival) -> Receipt | None:
        """Store an event once."""
        try:
            return await self.writer.submit(lambda connection: arriving.receive(connection, arrival))
        except arriving.DeliveredBeforeError:
            return None

    async def claim(self, now: datetime, limit: int) -> tuple[Claim, ...]:
        """Take ready conversations."""
        return await self.writer.submit(lambda connection: claiming.claim(connection, stamp(now), limit))

    async def keep(self, claim: Claim, handled: Handled, now: datetime, go_on: bool = True) -> Kept:
        """Write one turn whole."""
        return await self.writer.submit(lambda connection: keeping.keep(connection, claim, handled, stamp(now), go_on))

    async def give_back(self, claim: Claim) -> None:
        """Let a claim go."""
        await self.writer.submit(lambda connection: claiming.give_back(connection, int(claim.id), claim.epoch))

    async def point(self, address: Address, conversation: str) -> str:
        """Let an address lead to a conversation."""
        return await self.writer.submit(lambda connection: pointing.point(connection, address, conversation))

    async def begin(self, parcel: Parcel) -> None:
        """Note that a try begins."""
        await self.writer.submit(lambda connection: leaving.begin(connection, parcel))

    async def leave(self, left: Left, now: datetime) -> tuple[Receipt, ...]:
        """Write how a try ended."""
        return await self.writer.submit(lambda connection: leaving.leave(connection, left, stamp(now)))

    async def heads(self, now: datetime, conversation: str = "", lane: str = "") -> tuple[Parcel, ...]:
        """List the due heads of lanes."""
        return await self.read(lambda connection: leaving.heads(connection, stamp(now), conversation, lane))

    async def fire(self, now: datetime) -> tuple[Receipt, ...]:
        """Turn due timers into events."""
        return await self.writer.submit(lambda connection: timers.fire(connection, stamp(now)))

    async def next_due(self) -> datetime | None:
        """Tell when something falls due next."""
        return await self.read(timers.next_due)

    async def recover(self) -> None:
        """Free what a process that is gone had taken."""
        await self.writer.submit(claiming.free_all)

    async def replay(self, letter: str, now: datetime) -> str:
        """Try a dead letter again; give its conversation. Raises KeyError."""
        return await self.writer.submit(lambda connection: dead.replay(connection, letter, stamp(now)))

    async def drop(self, letter: str) -> None:
        """Give a dead letter up. Raises KeyError."""
        await self.writer.submit(lambda connection: dead.drop(connection, letter))

    async def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on a connection of its own, outside the writer and the event loop."""

        def run() -> T:
            with self.database.reading.connect() as connection:
                return query(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    def close(self) -> None:
        """Finish what is queued, then close."""
        self.writer.close()
        self._readers.shutdown()
        self.database.close()
