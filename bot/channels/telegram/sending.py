"""The way out: a message in parts of HTML, its buttons under the last one, its files behind; each end as it is."""

import html
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from telegram import InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, InvalidToken, TelegramError

from bot.channels.attaching import NOT_THERE, content_of, files_of, left_out, parted, told_name
from bot.channels.meter import Meter, Rate
from bot.channels.own_pages import with_pages
from bot.channels.parts import Parts
from bot.channels.render.telegram import LIMIT, telegram_parts, telegram_plain, telegram_words
from bot.channels.render.tree import plain_words
from bot.channels.telegram.attached import MOST_BYTES
from bot.channels.telegram.chatbook import Chatbook
from bot.channels.telegram.ends import ended, says
from bot.channels.telegram.keyboard import MOST_BUTTONS, MOST_LABEL, Rows, markup, rows
from bot.channels.telegram.line import DeskBot, Line
from bot.channels.telegram.words import TOO_LARGE
from bot.dialog.effects import Relay, Say
from bot.dialog.events import File
from bot.ports.channel import Capabilities
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Retry, Sent
from bot.ports.files import Files
from bot.ports.inbound import Address
from bot.ports.notes import Notes

CHANNEL = "telegram"
MOST_SENT = 50_000_000  # bytes of one file that the platform takes from a bot
UPLOAD_SECONDS = 120.0  # for its answer to a file
OF_A_CHAT = Rate(burst=5, seconds=1)
OF_A_GROUP = Rate(burst=20, seconds=3)
OF_ALL = Rate(burst=30, seconds=1 / 30)
_MENDS = 4  # ways to send the same part otherwise: moved, without topic, without markup
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_MOST_NAME = 100
_KEY = re.compile(r"-?\d{1,18}(:-?\d{1,18})?")


@dataclass(frozen=True, slots=True)
class Part:
    """One message of the platform: its HTML, or `plain` where it does not take that."""

    html: str
    plain: str
    keyboard: Rows = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file, sent as it is: a picture too, since the platform would make another one of it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a part goes. `topic`, `answers`: 0 for none."""

    chat: int
    topic: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the platform lets a bot write: to one chat, to a group, to all."""

    chats: Meter = field(default_factory=lambda: Meter(OF_A_CHAT))
    groups: Meter = field(default_factory=lambda: Meter(OF_A_GROUP))
    all: Meter = field(default_factory=lambda: Meter(OF_ALL))

    def wait(self, chat: int, now: float) -> int:
        """Count one message; give the seconds to wait before it, 0 = go on."""
        who = str(chat)
        of_group = self.groups.wait(who, now) if chat < 0 else 0
        return of_group or self.chats.wait(who, now) or self.all.wait("", now)


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    """Delivers to chats. The platform has no key for a message: one of a doubtful end may come twice.

    `pages`: where people reach the house's own pages, "" = nowhere.
    """

    line: Line
    notes: Notes
    clock: Clock
    files: Files
    pages: str = ""
    pace: Pace = field(default_factory=Pace)

    @property
    def capabilities(self) -> Capabilities:
        """What a chat can show. People delete without the bot being told."""
        return Capabilities(
            LIMIT, "utf16", MOST_BUTTONS, MOST_LABEL, edits=True, file_bytes=MOST_BYTES, sends_file_bytes=MOST_SENT
        )

    async def private_address(self, address: Address) -> Address | None:
        """The chat with the person alone: its number is theirs."""
        return replace(address, key=address.key.partition(":")[2] or address.key)

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Send one message to its chat, and its files behind it; one that is too large is named in their place."""
        if not _KEY.fullmatch(address.key):
            return Failed("no chat has such a number")
        book = Chatbook(self.notes, address.account)
        target = await _target(book, address.key)

        async def one(place: int, part: Part | File) -> Delivery:
            if isinstance(part, Part):
                return await self._sent(book, target, part)
            content = await content_of(self.files, part)
            if content is None:
                return NOT_THERE
            if not 0 < len(content) <= MOST_SENT:
                return Failed("a file is empty, or larger than it was said to be")
            return await self._sent(book, target, Document(told_name(part), content))

        fit, too_large = parted(files_of(say), MOST_SENT)
        said = replace(say, text=with_pages(say.text, self.pages)) if isinstance(say, Say) else say
        parts: tuple[Part | File, ...] = (*parts_of(said), *fit)
        delivery = await Parts(self.notes, CHANNEL).send(key, parts, one)
        return Failed("a file is too large for the platform") if too_large and isinstance(delivery, Sent) else delivery

    async def _sent(self, book: Chatbook, target: Target, part: Part | Document) -> Delivery:
        """Send a part; where the platform says how it would take it, once more like that."""
        if wait := self.pace.wait(target.chat, self.clock.now().timestamp()):
            return Retry(timedelta(seconds=wait), "a chat takes no more at once", counts=False)
        for _ in range(_MENDS):
            try:
                return Sent(ref=str(await self._posted(target, part)))
            except ChatMigrated as moved:
                await book.move(target.chat, moved.new_chat_id)
                target = Target(moved.new_chat_id)
            except TelegramError as error:
                if (other := _otherwise(error, target, part)) is None:
                    return ended(error)
                target, part = other
        return Retry(why="the platform refuses it one way after the other")

    async def _posted(self, target: Target, part: Part | Document) -> int:
        bot = await self.line.bot()
        try:
            message = await (_say(bot, target, part) if isinstance(part, Part) else _upload(bot, target, part))
        except InvalidToken:
            await self.line.refused(bot)
            raise
        return message.message_id


async def _say(bot: DeskBot, target: Target, part: Part) -> Message:
    return await bot.send_message(
        target.chat,
        part.html or part.plain,
        parse_mode=ParseMode.HTML if part.html else None,
        link_preview_options=_NO_PREVIEW,
        reply_markup=markup(part.keyboard),
        reply_parameters=_answering(target),
        message_thread_id=target.topic or None,
    )


async def _upload(bot: DeskBot, target: Target, part: Document) -> Message:
    return await bot.send_document(
        target.chat,
        InputFile(part.content, filename=part.name),
        disable_content_type_detection=True,
        reply_parameters=_answering(target),
        message_thread_id=target.topic or None,
        read_timeout=UPLOAD_SECONDS,
    )


def _answering(target: Target) -> ReplyParameters | None:
    return ReplyParameters(target.answers, allow_sending_without_reply=True) if target.answers else None


def parts_of(say: Say | Relay) -> tuple[Part, ...]:
    """Lay a message out: an agent's words under their name, the bot's with its buttons under the last part."""
    if isinstance(say, Relay):
        return tuple(Part(html, _bare(html)) for html in _signed(say))
    texts, plain = telegram_parts(say.text), telegram_plain(say.text)
    parts = [Part(one, other) for one, other in zip(texts, plain, strict=True)]
    if parts and say.buttons:
        parts[-1] = replace(parts[-1], keyboard=rows(say.buttons, say.turn))
    return tuple(parts)


def _signed(relay: Relay) -> tuple[str, ...]:
    """An agent's words as they typed them; their name stands first, bold, in a line of its own."""
    name = " ".join(plain_words(relay.sender).split())[:_MOST_NAME]
    absent = left_out(TOO_LARGE, parted(relay.files, MOST_SENT)[1], relay.lang)
    words = "\n\n".join(filter(None, (plain_words(relay.text).strip(), absent)))
    if not words and relay.files:
        return tuple(f"<b>{one}</b>" for one in telegram_words(name)) if name else ()
    if not name or not words:
        return telegram_words(words)
    first, *others = telegram_words(f"{name}\n{words}")
    head, _, rest = first.partition("\n")
    return (f"<b>{head}</b>\n{rest}", *others)


def _bare(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text))


async def _target(book: Chatbook, key: str) -> Target:
    """Find where an address is now. What was noted of a chat that moved since names nothing in the new one."""
    chat = await book.now(int(key.partition(":")[0]))
    told = await book.of(key)
    if told is None or told.chat != chat:
        return Target(chat)
    return Target(chat, told.topic, told.message)


def _otherwise(error: TelegramError, target: Target, part: Part | Document) -> tuple[Target, Part | Document] | None:
    """How else the platform may take the same words."""
    if not isinstance(error, BadRequest):
        return None
    if isinstance(part, Part) and part.html and says(error, "can't parse entities"):
        return target, replace(part, html="")
    if target.topic and (says(error, "thread not found") or says(error, "topic_closed")):
        return replace(target, topic=0, answers=0), part
    if target.answers and says(error, "replied not found"):
        return replace(target, answers=0), part
    return None
