"""A house that answers in Slack, on a workspace that behaves as Slack does."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.app import House, Street, open_house, upgrade_home
from bot.app.house import EVERY_DAY
from bot.app.web import DeskPage
from bot.channels.slack import House as SlackHouse
from bot.channels.slack import Options, Secrets, Workspace
from bot.channels.slack.home import Desk
from bot.channels.slack.tokens import Rotation
from bot.channels.slack.views import Shown
from bot.dialog.conversation import Conversation, Owner
from bot.dialog.events import PersonSaid
from bot.ports.channel import Channel
from bot.ports.clock import Clock, SystemClock
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes
from bot.store.files import FolderFiles
from bot.store.tables import outbox
from tests.support.house import mind
from tests.support.slack.workspace import Workspace as Slack

FILES = "files"


@dataclass
class Arrivals:
    """What comes in, as the house is given it; `broken`: how many more cannot be stored."""

    seen: list[tuple[Inbound, Receipt | None]] = field(default_factory=list)
    house: House | None = None
    broken: int = 0
    spared: int = 0  # how many are stored before those
    cut_off: int = 0  # how many more are stored, without the channel ever hearing of it

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Store one, and remember what was given."""
        assert self.house is not None
        if self.broken and self.spared:
            self.spared -= 1
        elif self.broken:
            self.broken -= 1
            raise OSError("the disk is full")
        receipt = await self.house.inbox.receive(inbound)
        if self.cut_off:
            self.cut_off -= 1
            raise asyncio.CancelledError
        self.seen.append((inbound, receipt))
        return receipt

    @property
    def taken(self) -> list[Inbound]:
        """What was new."""
        return [inbound for inbound, receipt in self.seen if receipt is not None]

    @property
    def said(self) -> list[PersonSaid]:
        """What people said of it."""
        return [inbound.event for inbound in self.taken if isinstance(inbound.event, PersonSaid)]


@dataclass
class Office:
    """A house at work in a workspace."""

    house: House
    channel: Workspace
    arrivals: Arrivals
    files: FolderFiles


def options(slack: Slack, **more: Any) -> Options:
    """Options that lead to this workspace."""
    return replace(Options(api=f"{slack.url}/api/"), **more)


def secrets(slack: Slack, home: Path, rotates: bool = False) -> Secrets:
    """The app's secrets, as an operator has put them into files."""
    app, first = slack.app, slack.app.refresh_token
    rotation = Rotation(app.client_id, lambda: app.client_secret, lambda: first) if rotates else None
    return Secrets(
        lambda: app.bot_token, lambda: app.app_token, lambda: app.signing_secret, rotation, home / "slack.token"
    )


def workspace(
    slack: Slack, home: Path, notes: Notes, arrivals: Arrivals, clock: Clock | None = None, **more: Any
) -> Workspace:
    """The channel, without a house around it."""
    rotates, shown, hear = more.pop("rotates", False), more.pop("shown", Shown(Desk("Support"))), more.pop("hear", None)
    house = SlackHouse(arrivals.receive, notes, FolderFiles(home / FILES), clock or SystemClock(), hear)
    return Workspace(options(slack, **more), secrets(slack, home, rotates), house, shown)


@asynccontextmanager
async def at_work(slack: Slack, home: Path, **more: Any) -> AsyncIterator[Office]:
    """A house that listens to this workspace and answers, until left; leaving is orderly."""
    upgrade_home(home)
    clock, arrivals, made = SystemClock(), Arrivals(), list[Workspace]()

    def keeping(notes: Notes) -> Mapping[str, Channel]:
        made.append(workspace(slack, home, notes, arrivals, clock, **more))
        return {"slack": made[0].channel}

    street = Street(home, clock, {}, DeskPage(), manners=EVERY_DAY, keeping=keeping)
    house = arrivals.house = await open_house(mind(), street)
    made[0].fetcher.want(house.records.files_of("slack"))
    work = (house.dispatcher.run(house.pump, house.outbox), house.watch.run(), made[0].run())
    tasks = [asyncio.create_task(each) for each in work]
    try:
        if slack.app.socket_mode:
            await asyncio.wait_for(made[0].listening(), 10)
        yield Office(house, made[0], arrivals, FolderFiles(home / FILES))
    finally:
        house.dispatcher.stop()
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        house.close()


async def conversation(office: Office) -> Conversation:
    """The conversation of what came in last, as it stands now."""
    receipt = next(receipt for _, receipt in reversed(office.arrivals.seen) if receipt is not None)
    return await asyncio.to_thread(office.house.records.conversation, receipt.conversation)


async def until_owned(office: Office, owner: Owner) -> None:
    """Wait until somebody owns the conversation."""
    async with asyncio.timeout(20):
        while (await conversation(office)).owner is not owner:
            await asyncio.sleep(0.02)


async def tries(office: Office) -> int:
    """How often something that is still owed was tried in vain."""
    owed = select(func.coalesce(func.max(outbox.c.attempts), 0)).where(outbox.c.next_at.is_not(None))
    return int(await office.house.ledger.read(lambda rows: rows.execute(owed).scalar_one()))


async def until_all_sent(office: Office) -> None:
    """Wait until nothing is owed any more."""
    owed = select(func.count()).select_from(outbox).where(outbox.c.next_at.is_not(None))
    async with asyncio.timeout(20):
        while await office.house.ledger.read(lambda rows: rows.execute(owed).scalar_one()):
            await asyncio.sleep(0.02)
