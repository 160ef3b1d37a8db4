"""The Telegram bot of a house, put together from the settings."""

import asyncio
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from fastapi import APIRouter
from telegram.error import TelegramError

from bot.channels.telegram import CHANNEL, TelegramBot
from bot.channels.telegram.hook import PATH
from bot.channels.telegram.line import Line
from bot.ports.channel import Channel
from bot.ports.clock import Clock
from bot.ports.notes import Notes
from bot.settings import Settings, read_token
from bot.store.files import FolderFiles

from .branches import Doorway, Hindrance, Work
from .house import House
from .web import FILES


class TelegramBranch:
    """Implements bot.app.branches.Branch."""

    name = CHANNEL

    def __init__(self, settings: Settings, home: Path, clock: Clock) -> None:
        self._settings, self._files, self._clock = settings, FolderFiles(home / FILES), clock
        self._doorway = Doorway()
        self._bot: TelegramBot | None = None
        self._username = ""  # only Telegram knows it

    @property
    def told(self) -> str:
        """The bot's name, once Telegram has told it, and how it hears of messages."""
        how = "Telegram calls us" if self._settings.channels.telegram.webhook else "polling"
        return f"@{self._username}, {how}" if self._username else how

    def channels(self, notes: Notes) -> Mapping[str, Channel]:
        """The way out."""
        self._bot = self._made(notes)
        return {CHANNEL: self._bot.channel}

    def works(self, house: House) -> Iterator[Work]:
        """Read updates, and bring the files that came with messages, those of before a restart too."""
        bot = self._held()
        self._doorway.house = house
        yield bot.run()
        bot.fetcher.want(house.records.files_of(CHANNEL))
        yield bot.fetcher.run()

    def routers(self) -> Iterator[APIRouter]:
        """Where Telegram calls, if it shall."""
        if self._settings.channels.telegram.webhook:
            yield self._held().router

    async def close(self) -> None:
        """Hang up."""
        await self._held().close()

    def examined(self) -> Iterator[Hindrance]:
        """Ask Telegram who we are, and how it reaches us."""
        for told, mend in asyncio.run(self._asked()):
            yield Hindrance(told, mend)

    async def _asked(self) -> tuple[tuple[str, str], ...]:
        bot = self._made(NoNotes())
        try:
            found = await bot.examined()
        finally:
            await bot.close()
        if not found:
            await self._learn_name()
        return found

    async def _learn_name(self) -> None:
        table = self._settings.channels.telegram
        line = Line(partial(read_token, table.token_file), table.api)
        try:
            self._username = (await line.me()).username
        except TelegramError:
            return  # it has just answered: it is named another time
        finally:
            await line.close()

    def _made(self, notes: Notes) -> TelegramBot:
        table, desk = self._settings.channels.telegram, self._settings.desk
        public = self._settings.server.public_url.rstrip("/")
        return TelegramBot(
            partial(read_token, table.token_file),
            notes,
            self._files,
            self._clock,
            self._doorway.receive,
            api=table.api,
            hook_url=f"{public}{PATH}" if table.webhook else "",
            lang=desk.languages[0],
            pages=public,
        )

    def _held(self) -> TelegramBot:
        if self._bot is None:
            raise RuntimeError("the house is not open yet")
        return self._bot


class NoNotes:
    """Notes for a look from outside, which keeps none."""

    async def load(self, entry: str) -> str | None:
        """There is none."""
        return None

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep nothing."""
        return True
