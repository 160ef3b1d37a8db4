"""Delivers updates to the bot's own address: one after another, and again until it is taken."""

import asyncio
import contextlib

import aiohttp

from tests.support.telegram.shapes import Json
from tests.support.telegram.world import Webhook, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.5)  # seconds; the platform waits for a minute and more
ANSWER_LIMIT = 10.0  # seconds


class Courier:
    """Carries one update at a time. Everything here runs in the server's thread."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.news = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to work."""
        self.task = asyncio.create_task(self.run())

    async def stop(self) -> None:
        """End, wherever it is."""
        if self.task:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task

    def wake(self) -> None:
        """There may be something to carry."""
        self.news.set()

    async def run(self) -> None:
        """Carry for ever."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(ANSWER_LIMIT)) as client:
            failures = 0
            while True:
                self.news.clear()
                with self.world.changed:
                    hook, update = self.world.webhook, self.world.queue.first()
                if not hook or not update:
                    failures = 0
                    await self.news.wait()
                    continue
                error = await carry(client, hook, update)
                failures = failures + 1 if error else 0
                self.note(hook, update, error)
                if error:
                    await asyncio.sleep(PAUSES[min(failures, len(PAUSES)) - 1])

    def note(self, hook: Webhook, update: Json, error: str) -> None:
        """Remember how it went: taken and gone, or to be carried again."""
        with self.world.changed:
            if error:
                hook.error, hook.error_date = error, self.world.date
            else:
                self.world.queue.confirm(update)
            self.world.changed.notify_all()


async def carry(client: aiohttp.ClientSession, hook: Webhook, update: Json) -> str:
    """Deliver one update; the platform's words for what went wrong, empty if nothing did."""
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        async with client.post(hook.url, json=update, headers=headers, allow_redirects=False) as answer:
            await answer.read()
            wrong = answer.status // 100 != 2
            return f"Wrong response from the webhook: {answer.status} {answer.reason}" if wrong else ""
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except (aiohttp.ClientError, OSError):
        return "Connection reset by peer"
