"""What is done for people beside the taking, and may fail: done in the background, bounded in number and time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram.constants import ChatAction

from bot.channels.telegram.keyboard import chosen
from bot.channels.telegram.line import Line
from bot.channels.telegram.reading import LANGUAGES, Place, Pressed
from bot.channels.telegram.words import NOT_YOURS

MOST = 64
SECONDS = 15.0
Favour = Callable[[], Awaitable[None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Favours:
    """Shows that we type, and what became of a press. None of it is waited for."""

    line: Line
    running: "set[asyncio.Task[None]]" = field(default_factory=set)

    def type(self, place: Place) -> None:
        """Show that an answer is on its way."""
        self._run(lambda: self._type(place))

    def answer(self, press: Pressed, ours: bool) -> None:
        """End the waiting sign on a button; tell who pressed another's that it is not theirs."""
        words = "" if ours else NOT_YOURS[press.writer.lang or LANGUAGES[0]]
        self._run(lambda: self._answer(press, words))

    def show(self, press: Pressed) -> None:
        """End the waiting sign, and leave the choice alone under its message."""
        self._run(lambda: self._answer(press, ""))
        if press.label:
            self._run(lambda: self._show(press))

    async def stop(self) -> None:
        """Give up what is not done."""
        tasks = tuple(self.running)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _type(self, place: Place) -> None:
        await (await self.line.bot()).send_chat_action(
            place.chat, ChatAction.TYPING, message_thread_id=place.topic or None
        )

    async def _answer(self, press: Pressed, words: str) -> None:
        await (await self.line.bot()).answer_callback_query(press.callback, words or None)

    async def _show(self, press: Pressed) -> None:
        bot = await self.line.bot()
        await bot.edit_message_reply_markup(press.place.chat, press.message, reply_markup=chosen(press.label))

    def _run(self, favour: Favour) -> None:
        if len(self.running) >= MOST:
            return
        task = asyncio.create_task(_done(favour))
        self.running.add(task)
        task.add_done_callback(self.running.discard)


async def _done(favour: Favour) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            await favour()  # called here: whoever is given up before beginning leaves nothing behind
    except Exception as error:  # that is what a favour is; the error's text may hold words
        log.info("left out: %s", type(error).__name__)
