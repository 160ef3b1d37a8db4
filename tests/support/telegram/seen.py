"""A chat as a person has it on the screen: what stands there now, in order, with edits applied and deleted gone."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from tests.support.telegram.chats import Chat
from tests.support.telegram.entities import part
from tests.support.telegram.shapes import Json
from tests.support.telegram.world import World

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it looked at one moment; `chat` and `id` say which one. `text` is the caption of a file."""

    chat: int
    id: int
    text: str
    by_bot: bool
    sender: str
    entities: tuple[Json, ...]
    buttons: tuple[tuple[Button, ...], ...]
    edited: bool
    reply_to: int
    topic: int
    file: bytes | None
    file_name: str
    raw: Json

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons, row after row."""
        return [button.label for row in self.buttons for button in row]

    def words(self, kind: str) -> list[str]:
        """The parts of the text that have a meaning, such as `bold`."""
        return [part(self.text, entity) for entity in self.entities if entity["type"] == kind]


class Screen:
    """A chat to look at, and to wait at."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.inside = world, chat

    @property
    def id(self) -> int:
        """The chat's number; that of a private chat is the person's."""
        return self.inside.id

    @property
    def messages(self) -> list[Shown]:
        """What stands there now."""
        with self.world.changed:
            return [self.shown(message) for _, message in sorted(self.inside.messages.items())]

    @property
    def answers(self) -> list[Shown]:
        """Of that what the bot wrote."""
        return [message for message in self.messages if message.by_bot]

    @property
    def actions(self) -> list[str]:
        """The hints (`typing` and so on) that the bot has given here."""
        with self.world.changed:
            return list(self.inside.actions)

    def reaction(self, message: Shown) -> list[str]:
        """The signs that the bot has put under a message."""
        with self.world.changed:
            return [one.get("emoji", "") for one in self.inside.reactions.get(message.id, [])]

    def wait_for(self, condition: Callable[[list[Shown]], T | None], most: float = 10) -> T:
        """The first true value of `condition`, told what stands there. Raises AssertionError after `most` seconds."""
        return self.world.wait(lambda: condition(self.messages), lambda: f"that in {self.texts()}", most)

    async def soon(self, condition: Callable[[list[Shown]], T | None], most: float = 10) -> T:
        """As `wait_for`, for a test whose own loop must go on meanwhile."""
        return await asyncio.to_thread(self.wait_for, condition, most)

    def hears(self, words: str, most: float = 10) -> Shown:
        """The newest message of the bot that has these words, as soon as there is one."""
        return self.wait_for(lambda shown: newest(words, shown), most)

    async def soon_hears(self, words: str, most: float = 10) -> Shown:
        """As `hears`, for a test whose own loop must go on meanwhile."""
        return await asyncio.to_thread(self.hears, words, most)

    def texts(self) -> list[str]:
        """The texts alone, whoever wrote them."""
        return [message.text for message in self.messages]

    def shown(self, message: Json) -> Shown:
        """A message as it looks now."""
        sender = message.get("from") or message["sender_chat"]
        keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
        content, name = self.attached(message)
        return Shown(
            chat=self.id, id=message["message_id"], text=message.get("text") or message.get("caption") or "",
            by_bot=sender["id"] == self.world.bot["id"], sender=sender.get("first_name", sender.get("title", "")),
            entities=tuple(message.get("entities") or message.get("caption_entities") or ()),
            buttons=tuple(tuple(button(one) for one in row) for row in keyboard),
            edited="edit_date" in message, reply_to=message.get("reply_to_message", {}).get("message_id", 0),
            topic=message.get("message_thread_id", 0), file=content, file_name=name, raw=dict(message),
        )  # fmt: skip

    def attached(self, message: Json) -> tuple[bytes | None, str]:
        """Bytes and name of the file in a message."""
        view = (message.get("photo") or [None])[-1] or message.get("document") or message.get("voice")
        if not view:
            return None, ""
        return self.world.files.stored[view["file_id"]].content, view.get("file_name", "")


def newest(words: str, shown: Iterable[Shown]) -> Shown | None:
    """The last message of the bot with these words."""
    found = [message for message in shown if message.by_bot and words in message.text]
    return found[-1] if found else None


def button(given: Json) -> Button:
    """A button as it is seen."""
    return Button(given["text"], given.get("callback_data", ""), given.get("url", ""))
