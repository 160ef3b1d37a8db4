"""Somebody whose platform stands behind a tap, which can take a message of the house and keep the answer from it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.channels.contract.desk import until
from tests.channels.contract.peer import Peer
from tests.channels.contract.tap import Tap, Way


class TappedPeer(Peer):
    """What all of them have in common."""

    tap: Tap

    async def connect(self) -> None:
        """Open the tap."""
        await self.tap.open()

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Nobody listens."""
        await self.tap.close()
        try:
            yield
        finally:
            await self.tap.open()

    async def lose_answer(self) -> None:
        """The platform takes the next message, and its answer does not arrive."""
        self.tap.way = Way.LOSE

    async def withhold_answer(self) -> None:
        """The platform takes the next message, and its answer is withheld."""
        self.tap.way = Way.WITHHOLD

    async def recovered(self) -> None:
        """Let answers through again."""
        self.tap.way = Way.THROUGH

    async def _taken(self, act: Callable[[], object]) -> None:
        """Do something that the house takes in, and wait until it has."""
        before = self.desk.arrived()
        act()
        await until(lambda: self.desk.arrived() > before, "it in the house")
