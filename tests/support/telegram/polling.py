"""getUpdates: waits for something to tell, and lets nobody else wait meanwhile."""

import asyncio

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.errors import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET_MEANWHILE, RefusalError, conflict
from tests.support.telegram.methods.webhooks import remember_kinds
from tests.support.telegram.shapes import Json
from tests.support.telegram.updates import MOST_AT_ONCE
from tests.support.telegram.world import World

LONGEST = 50  # seconds


class Polling:
    """The one call that may wait. Everything here runs in the server's thread."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.waiting: asyncio.Future[None] | None = None

    async def updates(self, arguments: Arguments) -> list[Json]:
        """Updates, as soon as there is one or the time is over. RefusalError (409): another took over."""
        limit = max(1, min(MOST_AT_ONCE, arguments.integer("limit", MOST_AT_ONCE)))
        timeout = max(0, min(LONGEST, arguments.integer("timeout")))
        offset = arguments.integer("offset")
        with self.world.changed:
            if self.world.webhook:
                raise conflict(WEBHOOK_ACTIVE)
            remember_kinds(self.world, arguments)
            found = self.world.queue.fetch(offset, limit)
        if found or not timeout:
            return found
        self.end(conflict(OTHER_POLLER))
        deadline = asyncio.get_running_loop().time() + timeout
        while not found and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await self.woken(left)
            with self.world.changed:
                found = self.world.queue.fetch(max(offset, 0), limit)
        return found

    async def woken(self, most: float) -> None:
        """Wait until something happens. Raises RefusalError where this call is ended by another."""
        waiting = self.waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(asyncio.shield(waiting), most)
        except TimeoutError:
            pass
        finally:
            if self.waiting is waiting:
                self.waiting = None

    def wake(self) -> None:
        """Let the call that waits look again."""
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(None)

    def end(self, why: RefusalError) -> None:
        """End the call that waits, with this error."""
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(why)
        self.waiting = None

    def end_for_webhook(self) -> None:
        """A webhook is set: from now on updates are delivered."""
        self.end(conflict(WEBHOOK_SET_MEANWHILE))
