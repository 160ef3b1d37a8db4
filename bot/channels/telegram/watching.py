"""The way in by long polling: updates in their order, each durable before the next question confirms it."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import Conflict, InvalidToken

from bot.channels.telegram.ends import told
from bot.channels.telegram.line import DeskBot, Line, NoTokenError, TooManyError
from bot.channels.telegram.reading import KINDS
from bot.channels.telegram.spoken import Me
from bot.channels.telegram.trying import Taker, number_of

AGAIN = 600.0  # seconds before the same trouble is told again, or the webhook set again
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds. `poll`: how long the platform holds a question; `slow`: before the next try where somebody must mend.

    `first` and `longest` bound the other waits, which double.
    """

    poll: float = 50.0
    slow: float = 30.0
    first: float = 1.0
    longest: float = 60.0


class UpdatesWatch:
    """Keeps the bot's line open: reads updates, or where they come by a webhook, sees that it is set."""

    def __init__(self, line: Line, taker: Taker, ready: Callable[[Me], Awaitable[None]], waits: Waits) -> None:
        """`ready` prepares the bot once the platform has told who it is. Raises TelegramError where it cannot."""
        self._line, self._taker, self._ready, self._waits = line, taker, ready, waits
        self._offset: int | None = None
        self._is_well = False
        self._told, self._told_at = "", -AGAIN

    async def run(self, polls: bool) -> None:
        """Work until cancelled; `polls` is false where a webhook brings the updates."""
        wait, bot = self._waits.first, None
        while True:
            try:
                bot = await self._line.bot()
                me = await self._line.me()
                await self._ready(me)
                while True:
                    await (self._round(bot, me) if polls else self._kept(me))
                    wait = self._waits.first
                    self._well()
            except Exception as error:  # whatever it is, updates are read on; an error's own text may hold words
                if isinstance(error, InvalidToken):
                    await self._line.refused(bot)
                await asyncio.sleep(self._pause(error, wait))
                wait = min(wait * 2, self._waits.longest)

    async def _round(self, bot: DeskBot, me: Me) -> None:
        """Ask once and take what comes.

        After an empty answer the next question names no number: all is confirmed by then, and after a week of silence
        the platform may begin to count elsewhere.
        """
        updates = await bot.raw_updates(self._offset, self._waits.poll, KINDS)
        if not updates:
            self._offset = None
        for place, update in enumerate(updates):
            try:
                await self._taker.take(update, me)
            except Exception:
                await self._taker.look_past(update, updates[place + 1 :], me)
                raise
            self._offset = number_of(update) + 1

    async def _kept(self, me: Me) -> None:
        """Set the webhook again after a while: another program may have taken it away."""
        self._well()
        await asyncio.sleep(AGAIN)
        await self._ready(me)

    def _pause(self, error: Exception, wait: float) -> float:
        """Tell what hinders, and give the seconds to wait."""
        slow = isinstance(error, Conflict | InvalidToken | NoTokenError)
        seconds = self._waits.slow if slow else wait * random.uniform(0.75, 1.25)
        if isinstance(error, TooManyError):
            seconds = max(seconds, error.after)
        self._tell(told(error), logging.ERROR if slow else logging.WARNING)
        return seconds

    def _tell(self, what: str, level: int) -> None:
        """Say it once, however often it comes: two programs that read one bot take turns for ever."""
        self._is_well = False
        if what == self._told and time.monotonic() - self._told_at < AGAIN:
            return
        self._told, self._told_at = what, time.monotonic()
        log.log(level, "%s; tried on", what)

    def _well(self) -> None:
        if not self._is_well:
            log.info("updates are read")
        self._is_well = True
