"""The stand-in as a test holds it: people and groups, faults, the clock, and a log of what the bot asked."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TypeVar

from tests.support.telegram.chats import Chat, Kind
from tests.support.telegram.faults import LIMITED, Flood, Outage
from tests.support.telegram.groups import SUPERGROUPS, Channel, Group, new_group
from tests.support.telegram.people import Person
from tests.support.telegram.server import HOST, Answer, Call, Server
from tests.support.telegram.shapes import Json, person_user
from tests.support.telegram.world import Clock, World

TOKEN = "4200000042:AAHstand-in_for_tests-of-the-desk_0123456"
USERNAME = "guichet_bot"
T = TypeVar("T")


class BotApi:
    """Telegram's Bot API with one bot. Every method may be called in any thread; none needs a running loop."""

    def __init__(self, token: str = TOKEN, username: str = USERNAME, port: int = 0) -> None:
        self.world = World(token, username)
        self.server = Server(self.world, port=port)
        self.token, self.username = token, username
        self.faults = self.server.faults
        self.numbers = itertools.count(1)

    def __enter__(self) -> "BotApi":
        self.server.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.server.close()

    # --- addresses

    @property
    def url(self) -> str:
        """The platform's address, in place of https://api.telegram.org."""
        return f"http://{HOST}:{self.server.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot's `Bot` takes as `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot's `Bot` takes as `base_file_url`."""
        return f"{self.url}/file/bot"

    # --- who is there

    def person(self, name: str = "Ann Smith", language: str = "en", username: str = "") -> Person:
        """Somebody who has not started the bot yet."""
        with self.world.changed:
            user = person_user(5_000_000_000 + next(self.numbers), name, username, language)
            return Person(self.world, self.world.add(Chat(user["id"], "private", person=user)))

    def group(
        self, title: str, *people: Person, supergroup: bool = False, forum: bool = False, admin: bool = False
    ) -> Group:
        """A group with these people and the bot; a forum is a supergroup with topics."""
        number = -4_000_000 - next(self.numbers)
        large = supergroup or forum
        place = SUPERGROUPS + number if large else number
        kind: Kind = "supergroup" if large else "group"
        with self.world.changed:
            chat = new_group(self.world, place, title, people, kind, forum=forum, admin=admin)
            return Group(self.world, chat)

    def channel(self, title: str) -> Channel:
        """A channel of which the bot is an administrator."""
        with self.world.changed:
            number = SUPERGROUPS - 5_000_000 - next(self.numbers)
            return Channel(self.world, new_group(self.world, number, title, (), "channel", admin=True))

    # --- updates

    @property
    def updates(self) -> list[Json]:
        """Every update there ever was, fetched or not."""
        with self.world.changed:
            return list(self.world.queue.made)

    @property
    def pending(self) -> int:
        """Updates that the bot has not confirmed."""
        with self.world.changed:
            return len(self.world.queue.waiting)

    def push(self, kind: str, body: Json) -> Json:
        """Tell the bot anything, be it a kind that nobody knows yet."""
        with self.world.changed:
            update = self.world.queue.add(kind, body, whatever=True)
        self.world.stir()
        assert update
        return update

    def repeat(self, update_id: int = 0) -> None:
        """Deliver an update once more with the same number; the last one if none is named."""
        with self.world.changed:
            self.world.queue.repeat(update_id or self.world.queue.made[-1]["update_id"])
        self.world.stir()

    @contextmanager
    def held(self, backwards: bool = False) -> Iterator[None]:
        """Updates made meanwhile come at the end, all at once; the last one first if `backwards`."""
        with self.world.changed:
            self.world.queue.held = []
        try:
            yield
        finally:
            with self.world.changed:
                self.world.queue.release(backwards)
            self.world.stir()

    def can_read_all_group_messages(self, on: bool = True) -> None:
        """Privacy mode off, or on again."""
        with self.world.changed:
            self.world.reads_groups = on

    # --- time and faults

    @property
    def clock(self) -> Clock:
        """The platform's time; `clock.advance(seconds)` lets it pass."""
        return self.world.clock

    def flood(self, seconds: int, times: int = 1, *methods: str) -> None:
        """Refuse the next calls with 429; without names those that write messages."""
        self.faults.floods.append(Flood(seconds, times, methods or LIMITED))

    def lose_answer(self, method: str, times: int = 1) -> None:
        """Do what is asked, and cut the connection before the answer."""
        self.faults.lost[method] = times

    def slow(self, seconds: float, method: str = "") -> None:
        """Answer so much later: this method, or all of them. 0 ends it."""
        self.faults.delays[method] = seconds

    @contextmanager
    def outage(self, kind: Outage = "refused") -> Iterator[None]:
        """Meanwhile nobody listens ("refused"), or a gateway says that the platform is away ("bad gateway")."""
        self.fail(kind)
        try:
            yield
        finally:
            self.fail("")

    def fail(self, kind: Outage) -> None:
        """Begin an outage; "" ends it."""
        self.faults.outage = kind
        if kind == "refused":
            self.server.deafen()
        else:
            self.server.listen()

    def stop(self) -> None:
        """Go away, with all that is known kept."""
        self.server.deafen()

    def restart(self) -> None:
        """Come back on the same port, whether it was away or not."""
        self.server.deafen()
        self.server.listen()

    # --- what the bot asked

    @property
    def calls(self) -> list[Call]:
        """Every call, oldest first."""
        with self.world.changed:
            return list(self.server.calls)

    @property
    def responses(self) -> list[Answer]:
        """Everything that was answered, oldest first."""
        with self.world.changed:
            return list(self.server.answers)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def count(self, method: str) -> int:
        """How often a method was called."""
        return len(self.calls_of(method))

    def wait_until(self, condition: Callable[[], T | None], what: str = "it", most: float = 10) -> T:
        """The first true value of `condition`, asked whenever something happens. Raises AssertionError in the end."""
        return self.world.wait(condition, lambda: what, most)

    async def until(self, condition: Callable[[], T | None], what: str = "it", most: float = 10) -> T:
        """As `wait_until`, for a test whose own loop must go on meanwhile."""
        return await asyncio.to_thread(self.wait_until, condition, what, most)
