"""Chats: who is in them, what was written, and what the bot may do there."""

from dataclasses import dataclass, field
from typing import Any, Literal

from tests.support.telegram.errors import UPGRADED, RefusalError, bad_request, forbidden
from tests.support.telegram.shapes import Json

Standing = Literal["stranger", "member", "administrator", "kicked", "left"]
Kind = Literal["private", "group", "supergroup", "channel"]


@dataclass
class Topic:
    """A thread of a forum; its number is that of the message that opened it."""

    number: int
    name: str
    color: int
    closed: bool = False


@dataclass
class Chat:
    """One chat. `bot` is what the bot is in it: in a private chat a stranger until the person starts it."""

    id: int
    kind: Kind
    title: str = ""
    person: Json | None = None
    forum: bool = False
    bot: Standing = "stranger"
    members: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    migrated_to: int | None = None
    last_id: int = 0

    def view(self) -> Json:
        """The chat as it stands in messages."""
        view: Json = {"id": self.id, "type": self.kind}
        if self.person:
            names = ("username", "first_name", "last_name")
            return view | {name: self.person[name] for name in names if name in self.person}
        return view | {"title": self.title} | ({"is_forum": True} if self.forum else {})

    @property
    def instance(self) -> str:
        """The name of this chat in button presses, the same for all of them."""
        return str(self.id * 1_000_000_007 % 2**63)

    def writable(self) -> "Chat":
        """This chat, if the bot may write to it. Raises RefusalError with the platform's reason."""
        if self.migrated_to is not None:
            raise bad_request(UPGRADED, migrate_to_chat_id=self.migrated_to)
        if self.bot in ("member", "administrator"):
            return self
        raise self.closed_door()

    def closed_door(self) -> RefusalError:
        """Why the bot may not write here."""
        if self.kind == "private":
            blocked = self.bot == "kicked"
            return forbidden(
                "bot was blocked by the user" if blocked else "bot can't initiate conversation with a user"
            )
        name = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}[self.kind]
        return forbidden(
            f"bot was kicked from the {name}" if self.bot == "kicked" else f"bot is not a member of the {name}"
        )

    def message(self, number: int, what: str) -> Json:
        """A message by its number. Raises RefusalError where there is none (any more)."""
        if number in self.messages:
            return self.messages[number]
        raise bad_request(f"{what} not found")

    def topic(self, number: int) -> Topic:
        """A thread by its number. Raises RefusalError where there is none."""
        if number in self.topics:
            return self.topics[number]
        raise bad_request("message thread not found")

    def write(self, sender: Json | None, date: int, content: Json, thread: int = 0, reply_to: int = 0) -> Json:
        """Put a message at the end, and return it."""
        self.last_id += 1
        message: Json = {"message_id": self.last_id, "date": date, "chat": self.view()}
        message |= {"from": sender} if sender else {"sender_chat": self.view()}
        replied = self.messages.get(reply_to) or (self.messages.get(thread) if thread else None)
        if thread:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        if replied:
            message["reply_to_message"] = without(replied, "reply_to_message")
        self.messages[self.last_id] = message | content
        return self.messages[self.last_id]


def without(message: Json, *names: str) -> dict[str, Any]:
    """A copy that lacks these fields."""
    return {name: value for name, value in message.items() if name not in names}
