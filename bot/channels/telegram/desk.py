"""The bot of a house, put together: the way in, the way out, and what both know."""

import logging
from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from telegram import BotCommand
from telegram.error import TelegramError

from bot.channels.fetching import Fetcher
from bot.channels.telegram.doctor import examined
from bot.channels.telegram.favours import Favours
from bot.channels.telegram.files import fetched
from bot.channels.telegram.hook import TelegramHook, secret_of
from bot.channels.telegram.line import API, Line
from bot.channels.telegram.reading import KINDS, LANGUAGES
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.telegram.spoken import Me
from bot.channels.telegram.taking import TelegramRoom
from bot.channels.telegram.trying import Taker
from bot.channels.telegram.watching import UpdatesWatch, Waits
from bot.channels.telegram.words import COMMANDS
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes

log = logging.getLogger(__name__)


class TelegramBot:
    """One bot. Its parts share one line to the platform."""

    def __init__(
        self,
        token: Callable[[], str],
        notes: Notes,
        files: Files,
        clock: Clock,
        receive: Callable[[Inbound], Awaitable[Receipt | None]],
        *,
        api: str = API,
        hook_url: str = "",
        lang: str = LANGUAGES[0],
        pages: str = "",
        waits: Waits | None = None,
    ) -> None:
        """`token` reads the token (blocking; raises OSError, ValueError). `hook_url`: the https address that the
        platform calls (hook.PATH under the public one), empty for long polling. `lang`: of the list of commands for
        people whose program speaks neither language. `pages`: the address of the house's own pages.
        """
        self._line = Line(token, api)
        self._hook_url, self._lang = hook_url, lang
        self._offered = 0  # the bot whose commands are listed
        self._favours = Favours(self._line)
        self.fetcher = Fetcher(files, lambda ref: fetched(self._line, ref))
        self.room = TelegramRoom(notes, clock, receive, self.fetcher.want, self._favours)
        taker = Taker(self.room.take)
        self.channel = TelegramChannel(self._line, notes, clock, files, pages)
        self.hook = TelegramHook(self._line, taker, wanted=bool(hook_url))
        self._watch = UpdatesWatch(self._line, taker, self._ready, waits or Waits())

    @property
    def router(self) -> APIRouter:
        """The route of the webhook."""
        return self.hook.router

    async def run(self) -> None:
        """Read updates until cancelled, or keep the webhook set; `fetcher.run` is a task of its own."""
        try:
            await self._watch.run(polls=not self._hook_url)
        finally:
            await self._favours.stop()

    async def examined(self) -> tuple[tuple[str, str], ...]:
        """Tell what is wrong and what to mend; for a look from outside, not beside `run`."""
        return await examined(self._line, self._hook_url)

    async def close(self) -> None:
        """Hang up, once neither `run` nor the outbox works any more."""
        await self._line.close()

    async def _ready(self, me: Me) -> None:
        """Choose the way in. What waits there stays: people wrote it while nobody looked."""
        bot = await self._line.bot()
        if self._hook_url:
            secret = secret_of(await self._line.token())
            await bot.set_webhook(
                self._hook_url, allowed_updates=KINDS, drop_pending_updates=False, secret_token=secret
            )
        else:
            await bot.delete_webhook(drop_pending_updates=False)
        if self._offered != me.id:
            self._offered = await self._offer_commands() and me.id

    async def _offer_commands(self) -> bool:
        """List the commands in people's programs, in each language; only where they differ, and only if it can be."""
        bot = await self._line.bot()
        for code in (None, *LANGUAGES):
            wanted = tuple(BotCommand(name, told) for name, told in COMMANDS[code or self._lang].items())
            try:
                if tuple(await bot.get_my_commands(language_code=code)) != wanted:
                    await bot.set_my_commands(wanted, language_code=code)
            except TelegramError as error:
                log.warning("the list of commands is not set: %s", type(error).__name__)
                return False
        return True
