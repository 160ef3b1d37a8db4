"""A house whose bot speaks to a stand-in of Telegram, opened and closed as often as a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.app import House, Street, open_house, upgrade_home
from bot.app.house import EVERY_DAY
from bot.app.web import FILES, DeskPage
from bot.channels.telegram import CHANNEL, TelegramBot, Waits
from bot.inbox import Manners
from bot.ports.channel import Channel
from bot.ports.clock import SystemClock
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes
from bot.store.files import FolderFiles
from bot.store.tables import outbox
from tests.support.house import mind
from tests.support.telegram import BotApi

AT_ONCE: Mapping[str, Manners] = {CHANNEL: Manners()}  # for tests in which nobody writes in bursts
SOON = Waits(poll=5, slow=0.3, first=0.05, longest=0.2)


@dataclass
class Desk:
    """A house and its bot. `before`: done with each event before it is stored; what it raises, storing raises."""

    api: BotApi
    home: Path
    hook_url: str = ""
    token: Callable[[], str] | None = None
    manners: Mapping[str, Manners] = field(default_factory=lambda: EVERY_DAY)
    before: list[Callable[[Inbound], None]] = field(default_factory=list)
    bot: TelegramBot = field(init=False)
    house: House = field(init=False)

    def channels(self, notes: Notes) -> Mapping[str, Channel]:
        """Make the bot on the notes of a house that is being opened."""
        files = FolderFiles(self.home / FILES)
        self.bot = TelegramBot(
            self.token or (lambda: self.api.token), notes, files, SystemClock(), self.receive,
            api=self.api.url, hook_url=self.hook_url, waits=SOON,
        )  # fmt: skip
        return {CHANNEL: self.bot.channel}

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Take an event in, as the bot's way into the house."""
        for look in self.before:
            look(inbound)
        return await self.house.inbox.receive(inbound)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[House]:
        """The house reads and answers, until left; leaving is orderly."""
        await asyncio.to_thread(upgrade_home, self.home)
        street = Street(self.home, SystemClock(), {}, DeskPage(), manners=self.manners, keeping=self.channels)
        self.house = house = await open_house(mind(), street)
        outgoing = asyncio.create_task(house.dispatcher.run(house.pump, house.outbox))
        others = [asyncio.create_task(work) for work in (house.watch.run(), self.bot.run(), self.bot.fetcher.run())]
        try:
            yield house
        finally:
            house.dispatcher.stop()
            for task in others:
                task.cancel()
            await asyncio.gather(outgoing, *others, return_exceptions=True)
            await self.bot.close()
            house.close()

    def conversations(self) -> list[str]:
        """The conversations of this house, in the order of their beginning."""
        with self.house.ledger.database.reading.connect() as connection:
            return [str(one) for one in connection.exec_driver_sql("SELECT id FROM conversation ORDER BY id").scalars()]

    def heard(self, conversation: str = "") -> list[str]:
        """What people have said, a message a line."""
        wanted = [conversation] if conversation else self.conversations()
        return [line.text for one in wanted for line in self.house.records.transcript(one) if line.author == "person"]

    def tries(self) -> int:
        """How often something that is still owed was tried in vain."""
        owed = select(func.max(outbox.c.attempts)).where(outbox.c.next_at.is_not(None))
        with self.house.ledger.database.reading.connect() as connection:
            return connection.execute(owed).scalar_one() or 0


async def until(true: Callable[[], Any], limit: float = 20) -> Any:
    """The first true value, asked every few milliseconds."""
    async with asyncio.timeout(limit):
        while not (value := await asyncio.to_thread(true)):
            await asyncio.sleep(0.01)
    return value
