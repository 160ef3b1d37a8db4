"""All that the platform knows at one moment: the bot, chats, files, the queue. One lock guards it."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.support.telegram.chats import Chat, Standing
from tests.support.telegram.errors import bad_request
from tests.support.telegram.files import Files
from tests.support.telegram.shapes import Json, bot_user, chat_member
from tests.support.telegram.updates import Queue

T = TypeVar("T")

BLINK = 0.02  # seconds between two looks where nothing happens here
ANSWERABLE = 15 * 60  # seconds after which a press can no longer be answered


@dataclass
class Clock:
    """The platform's time: the machine's, moved forward by a test."""

    moved: float = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.moved

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.moved += seconds


@dataclass
class Press:
    """A button that was pressed; `answer` is what the bot showed, None while it has not answered."""

    id: str
    at: float
    answer: str | None = None
    alert: bool = False


@dataclass
class Webhook:
    """Where updates are to be delivered, and how that went."""

    url: str
    secret: str = ""
    connections: int = 40
    address: str = "127.0.0.1"
    error_date: int = 0
    error: str = ""


@dataclass(repr=False)  # a test that fails would print all of it
class World:
    """The platform's memory. Whoever changes it holds `changed` and notifies; readers hold it too."""

    token: str
    username: str
    clock: Clock = field(default_factory=Clock)
    changed: threading.Condition = field(default_factory=threading.Condition)
    reads_groups: bool = False
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    webhook: Webhook | None = None
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make what depends on the rest."""
        self.bot = bot_user(self.token, self.username, "Guichet")
        self.queue = Queue(self.clock.now, secrets.randbelow(10**8) + 10**8)

    def announce(self, kind: str, body: Json) -> None:
        """Tell the bot, as it stands now: what changes later does not reach what was told."""
        with self.changed:
            self.queue.add(kind, {name: dict(part) if isinstance(part, dict) else part for name, part in body.items()})
        self.stir()

    def stir(self) -> None:
        """Something happened: whoever waits looks again."""
        with self.changed:
            self.changed.notify_all()
        for listener in self.listeners:
            listener()

    def wait(self, condition: Callable[[], T | None], what: Callable[[], str], most: float) -> T:
        """The first true value of `condition`, asked when something happens, and now and then: it may ask the bot
        as well. Raises AssertionError after `most` seconds, saying what was waited for."""
        deadline = time.monotonic() + most
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {most:g} s in vain for {what()}")
            with self.changed:
                self.changed.wait(BLINK)
        return value

    @property
    def date(self) -> int:
        """The platform's time in whole seconds, as messages carry it."""
        return int(self.clock.now())

    def chat(self, identifier: str) -> Chat:
        """The chat that a call means. Raises RefusalError; a group that became a supergroup is still found."""
        if not identifier:
            raise bad_request("chat_id is empty")
        if identifier.startswith("@"):
            named = [one for one in self.chats.values() if one.view().get("username") == identifier[1:]]
        else:
            number = int(identifier) if identifier.lstrip("-").isdecimal() else 0
            named = [self.chats[number]] if number in self.chats else []
        if not named:
            raise bad_request("chat not found")
        return named[0]

    def add(self, chat: Chat) -> Chat:
        """Take a new chat in."""
        self.chats[chat.id] = chat
        return chat

    def press(self) -> Press:
        """A new press of a button."""
        press = Press(str(secrets.randbelow(9 * 10**18) + 10**17), self.clock.now())
        self.presses[press.id] = press
        return press

    def fresh_press(self, identifier: str) -> Press | None:
        """The press that an answer means; None if there is none or it is too old."""
        press = self.presses.get(identifier)
        return press if press and self.clock.now() - press.at < ANSWERABLE else None

    def turn(self, chat: Chat, by: Json, now: Standing) -> None:
        """Change what the bot is in a chat, and tell it."""
        with self.changed:
            was, chat.bot = chat.bot, now
            change = {"old_chat_member": chat_member(self.bot, was), "new_chat_member": chat_member(self.bot, now)}
            self.announce("my_chat_member", {"chat": chat.view(), "from": by, "date": self.date} | change)
