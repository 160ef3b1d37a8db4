"""Houses at work on mailboxes of any settings, with any clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import House, Street, open_house, upgrade_home
from bot.app.mailing import Mailbox
from bot.app.web import DeskPage
from bot.ports.clock import Clock
from tests.channels.email.post import settings, watched
from tests.support.house import mind
from tests.support.mailhouse import MailHouse


def mailbox(servers: MailHouse, address: str, home: Path, clock: Clock) -> Mailbox:
    """A mailbox that is signed in at by its password."""
    return Mailbox(settings(servers, address, home), home, clock)


@asynccontextmanager
async def working(box: Mailbox) -> AsyncIterator[House]:
    """A house that reads this mailbox and answers, until left; leaving is orderly."""
    upgrade_home(box.home)
    house = await open_house(mind(), Street(box.home, box.clock, {}, DeskPage(), keeping=box.channels))
    tasks = [
        asyncio.create_task(work)
        for work in (house.dispatcher.run(house.pump, house.outbox), house.watch.run(), box.watch(house).run())
    ]
    try:
        await watched(house, box.threads.address)
        yield house
    finally:
        house.dispatcher.stop()
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        house.close()
