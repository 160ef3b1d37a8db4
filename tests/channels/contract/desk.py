"""A house on a durable home, whose clock moves only when told: opened, cut off in the middle and opened again."""

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, func, select

from bot.app import House, Street, open_house, upgrade_home
from bot.app.house import EVERY_DAY
from bot.app.mind import DATABASE
from bot.app.web import DeskPage
from bot.dialog.conversation import Conversation
from bot.dialog.events import AgentSaid, AnyEvent
from bot.ports.channel import Channel
from bot.ports.clock import VirtualClock
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes
from bot.ports.records import Line
from bot.store.tables import inbox, outbox
from tests.channels.contract.knowing import mind

BURST = timedelta(seconds=4)  # more than a burst of messages is ever waited for
LEASE = timedelta(minutes=3)  # more than what was cut off is kept from others
PATIENCE = 20  # seconds of real time
MOST_PAGES = 1_000_000

Channels = Callable[[Notes], Mapping[str, Channel]]


@dataclass
class Desk:
    """The house, and how a test looks into it. `channels` makes the way out anew for each life of the house."""

    home: Path
    channels: Channels
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(datetime.now(UTC)))
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    held: House | None = None

    @property
    def house(self) -> House:
        """The house as it stands."""
        assert self.held is not None, "the house is closed"
        return self.held

    async def open(self) -> House:
        """Open the house on what its home holds."""
        self.home.mkdir(exist_ok=True)
        if not (self.home / DATABASE).exists():
            (self.home / DATABASE).write_bytes(empty())
        street = Street(self.home, self.clock, {}, DeskPage(), manners=EVERY_DAY, keeping=self.channels)
        self.held = await open_house(mind(), street)
        return self.held

    def beside(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Let something run for as long as the house is open: the way in of a channel."""
        self.tasks.append(asyncio.create_task(work))
        return self.tasks[-1]

    async def take(self, inbound: Inbound) -> Receipt | None:
        """Take in what a channel brings; it is on disk when this returns."""
        return await self.house.reception.receive(inbound)

    async def close(self) -> None:
        """End what runs beside, and close. What was being done is cut off, and nothing of it is written any more."""
        if self.held is None:
            return
        house, self.held = self.held, None
        tasks, self.tasks = self.tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        house.close()

    async def work(self) -> None:
        """Do what is due now, bursts included."""
        await self.wait(BURST)

    async def wait(self, time: timedelta) -> None:
        """Let time pass: from one due moment to the next, and what is due is done."""
        until = self.clock.now() + time
        await self.house.drain()
        while (due := await self.house.dispatcher.next_due()) is not None and due <= until:
            self.clock.move(due)
            await self.house.drain()
        self.clock.move(until)

    async def agent(self, text: str, name: str = "Lea") -> None:
        """An agent writes to the person; it goes out when the house works."""
        said = AgentSaid(at=self.clock.now(), name=name, text=text)
        key = f"agent:{self.arrived()}"
        await self.house.inbox.receive(Inbound(key, said, conversation=self.talk.id))

    @asynccontextmanager
    async def full_disk(self) -> AsyncIterator[list[str]]:
        """Meanwhile the database cannot grow; yields what was refused for it."""
        writer, refused = self.house.ledger.writer, list[str]()
        submit = writer.submit

        def watched(unit: Callable[[Connection], Any]) -> "asyncio.Future[Any]":
            done = submit(unit)
            done.add_done_callback(lambda told: refused.extend(filter(None, [str(told.exception() or "")])))
            return done

        await self._limit(1)  # which means as many as there are
        with patch.object(writer, "submit", watched):
            yield refused
        await self._limit(MOST_PAGES)

    async def _limit(self, pages: int) -> None:
        limit = f"PRAGMA max_page_count = {pages}"
        await self.house.ledger.writer.submit(lambda connection: connection.exec_driver_sql(limit).close())

    # What it knows

    def arrived(self) -> int:
        """How many events were ever taken in."""
        return int(self._asked(select(func.count()).select_from(inbox)))

    def owed(self) -> int:
        """How many messages are still to reach the person."""
        open_ones = select(func.count()).where(outbox.c.next_at.is_not(None), outbox.c.lane == "channel")
        return int(self._asked(open_ones))

    def sent(self) -> int:
        """How many messages the platform is known to have taken."""
        return int(self._asked(select(func.count()).where(outbox.c.status == "sent", outbox.c.lane == "channel")))

    def tries(self) -> int:
        """How often what is still owed was tried in vain."""
        return int(self._asked(select(func.max(outbox.c.attempts)).where(outbox.c.next_at.is_not(None))) or 0)

    @property
    def talk(self) -> Conversation:
        """The person's conversation, the latest where there are several."""
        return self.house.records.conversation(self.house.records.headlines()[0].conversation)

    @property
    def transcript(self) -> tuple[Line, ...]:
        """What was written to and fro, in all conversations."""
        told = sorted(self.house.records.headlines(), key=lambda one: int(one.conversation))
        return tuple(line for one in told for line in self.house.records.transcript(one.conversation))

    @property
    def heard(self) -> tuple[str, ...]:
        """What the person wrote."""
        return tuple(line.text for line in self.transcript if line.author == "person" and line.text)

    @property
    def log(self) -> tuple[AnyEvent, ...]:
        """Everything that happened, in all conversations."""
        told = sorted(self.house.records.headlines(), key=lambda one: int(one.conversation))
        return tuple(one.event for talk in told for one in self.house.records.events(talk.conversation))

    def value(self, slot: str) -> Any:
        """A slot of the latest request."""
        known = self.talk.requests[-1].slots.get(slot)
        return known.value if known else None

    def is_sound(self) -> bool:
        """Whether nothing failed for good."""
        return not self.house.records.dead()

    def _asked(self, query: Any) -> Any:
        with self.house.ledger.database.reading.connect() as connection:
            return connection.execute(query).scalar_one()


def secret_file(file: Path, text: str) -> Path:
    """Put a secret into a file, as an operator would."""
    file.write_text(text)
    file.chmod(0o600)
    return file


@cache
def empty() -> bytes:
    """A database without anything in it, made once for all houses."""
    with tempfile.TemporaryDirectory(prefix="guichet-empty-") as folder:
        file = upgrade_home(Path(folder))
        with closing(sqlite3.connect(file)) as database:
            database.execute("VACUUM")  # no room is left in it
        return file.read_bytes()


async def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so. Raises AssertionError after the limit."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(true):
                await asyncio.sleep(0.01)
            return
    raise AssertionError(f"waited {PATIENCE} s in vain for {what}")
