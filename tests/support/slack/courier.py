"""Brings parcels to the app, by a carrier, and repeats events that it does not acknowledge."""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from tests.support.slack.parcels import Parcel
from tests.support.slack.refusal import Json

TRIES = 4


class RefusedForGood(Exception):  # noqa: N818 - the app's wish, no fault
    """The app asked not to be sent this again."""


class Carrier(Protocol):
    """One way to the app."""

    async def carry(self, parcel: Parcel, attempt: int, reason: str) -> tuple[str, Json]:
        """Try once. Answers "" and what the app said, or Slack's reason to try again. Raises RefusedForGood."""


@dataclass
class Courier:
    """Starts parcels in the order they came; they wait while the server is down."""

    carrier: Carrier | None = None
    pauses: tuple[float, ...] = (0.05, 0.5, 2.0)  # seconds before each repetition; Slack: at once, 1 min, 5 min
    held: bool = False
    record: list[Parcel] = field(default_factory=list)
    waiting: deque[Parcel] = field(default_factory=deque)
    loop: asyncio.AbstractEventLoop | None = None
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: set["asyncio.Task[None]"] = field(default_factory=set)

    def post(self, parcel: Parcel) -> None:
        """Take a parcel, from any thread."""
        self.record.append(parcel)
        self.waiting.append(parcel)
        self.ring()

    def ring(self) -> None:
        """Look at what waits."""
        if self.loop is not None and not self.held:
            with contextlib.suppress(RuntimeError):  # the loop has just ended: the parcel waits for the next one
                self.loop.call_soon_threadsafe(self.bell.set)

    def release(self, backwards: bool = False) -> None:
        """Let held parcels go, in their order or in the opposite one."""
        if backwards:
            self.waiting.reverse()
        self.held = False
        self.ring()

    async def run(self) -> None:
        """Deliver until cancelled."""
        self.loop, self.bell = asyncio.get_running_loop(), asyncio.Event()
        self.ring()
        try:
            while True:
                await self.bell.wait()
                self.bell.clear()
                while self.waiting and not self.held:
                    task = asyncio.create_task(self.deliver(self.waiting.popleft()))
                    self.under_way.add(task)
                    task.add_done_callback(self.under_way.discard)
        finally:
            self.loop = None
            for task in self.under_way:
                task.cancel()

    async def deliver(self, parcel: Parcel) -> None:
        """Try until the app acknowledges it, as often as Slack does."""
        try:
            await self.attempts(parcel)
        except asyncio.CancelledError:  # the server stops: it goes on with the next start
            self.waiting.append(parcel)
            raise

    async def attempts(self, parcel: Parcel) -> None:
        """One try after the other."""
        assert self.carrier is not None
        reason = ""
        for attempt in range(TRIES if parcel.is_repeated else 1):
            if attempt:
                await asyncio.sleep(self.pauses[attempt - 1])
            try:
                reason, said = await self.carrier.carry(parcel, attempt, reason)
            except RefusedForGood:
                parcel.tries.append("refused")
                break
            parcel.tries.append(reason)
            if not reason:
                if parcel.answered:
                    parcel.answered(said)
                return
        if parcel.failed:
            parcel.failed()
