"""A workspace of Slack for tests: the platform's side in one object, used from any thread.

Nothing here waits for the app but `wait_for` and its asynchronous twin `until`; the rest returns at once.
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.support.slack import talk
from tests.support.slack.app import App
from tests.support.slack.courier import Courier
from tests.support.slack.members import Member
from tests.support.slack.parcels import Parcel
from tests.support.slack.people import Kind, Person
from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Room
from tests.support.slack.seen import Seen, seen
from tests.support.slack.server import Server
from tests.support.slack.trouble import Trouble
from tests.support.slack.world import World

T = TypeVar("T")
FOREIGN_TEAM = "T0000000099"


class Workspace(Trouble):
    """One company's Slack with one app in it."""

    def __init__(
        self, app: App | None = None, manifest: Path | Json | None = None, port: int | None = None,
        enterprise: str | None = None, org_install: bool = False,
    ) -> None:  # fmt: skip
        chosen = app or (App.from_manifest(manifest) if manifest else App())
        self.courier = Courier()
        self.world = World(chosen, self.deliver, enterprise=enterprise, is_org_install=org_install)
        self.server = Server(self.world, self.courier, port)
        self.courier.carrier = self.server.sockets if chosen.socket_mode else self.server.push

    def deliver(self, parcel: Parcel) -> None:
        """Send something to the app."""
        self.courier.post(parcel)
        self.world.changed()

    @property
    def url(self) -> str:
        """Base address; the Web API is at `url + "/api/"`."""
        return self.world.url

    @property
    def app(self) -> App:
        """The installed app with its tokens and secrets."""
        return self.world.app

    def start(self) -> Self:
        """Listen on the port, the same as before if it was stopped."""
        self.server.start()
        return self

    def stop(self) -> None:
        """Refuse all connections; nothing is forgotten."""
        self.server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def person(
        self, real_name: str, email: str | None = None, locale: str = "en-US", tz: str = "Europe/Paris",
        kind: Kind = "member", team: str | None = None, handle: str | None = None,
    ) -> Member:  # fmt: skip
        """Let somebody join the workspace, or a stranger be met."""
        world = self.world
        with world.lock:
            letter = "W" if world.enterprise and kind != "stranger" else "U"
            outside = FOREIGN_TEAM if kind == "stranger" else world.team
            name = handle or real_name.lower().replace(" ", ".")
            person = Person(
                world.new_id(letter), team or outside, name, real_name, email, locale, tz, kind,
                enterprise=world.enterprise if kind != "stranger" else None,
                bot_id=world.new_id("B") if kind == "bot" else None,
            )  # fmt: skip
            world.people[person.id] = person
        return Member(world, person)

    def channel(
        self, name: str, *members: Member, private: bool = False, bot: bool = True, shared_with: tuple[str, ...] = ()
    ) -> Room:
        """Open a channel with these people, and the bot unless told otherwise."""
        world = self.world
        with world.lock:
            inside = [member.id for member in members] + ([self.app.bot_user] if bot else [])
            creator = inside[0] if inside else "U0000000000"
            room = Room(
                world.new_id("C"), "group" if private else "channel", name, creator, int(world.clock.now()), inside,
                shared_with=list(shared_with),
            )  # fmt: skip
            world.rooms[room.id] = room
        return room

    def join(self, room: Room, who: Member | None = None) -> None:
        """Let a person, or the bot, enter a channel."""
        with self.world.lock:
            talk.join(self.world, room, who.id if who else self.app.bot_user)

    def archive(self, room: Room) -> None:
        """Close a channel."""
        with self.world.lock:
            room.archived = True

    def messages(self, room: Room | None = None) -> tuple[Seen, ...]:
        """All messages as they read now, in the order they were sent, of one room or of all."""
        with self.world.lock:
            rooms = [room] if room else list(self.world.rooms.values())
            found = [message for each in rooms for message in each.messages]
            return tuple(seen(message) for message in sorted(found, key=lambda each: each.ts))

    def written(self, room: Room | None = None) -> tuple[Seen, ...]:
        """What the bot has written, as it reads now."""
        return tuple(each for each in self.messages(room) if each.by_bot)

    def calls(self, method: str) -> tuple[Json, ...]:
        """Arguments of each call of that method so far, refused ones included."""
        with self.world.lock:
            return tuple(args for name, args in self.world.calls if name == method)

    def events(self, kind: str | None = None) -> tuple[Parcel, ...]:
        """Events sent so far, each with its tries."""
        sent = tuple(parcel for parcel in self.courier.record if parcel.kind == "events_api")
        return tuple(parcel for parcel in sent if kind in (None, parcel.payload["event"]["type"]))

    def wait_for(self, condition: Callable[[], T], most: float = 10.0, what: str = "what the test expects") -> T:
        """Answer the first true value of the condition. Raises AssertionError after `most` seconds.

        Not in an async test that runs the app in its own loop: there it is `await until(...)`.
        """
        deadline = time.monotonic() + most
        with self.world.lock:
            while not (value := condition()):
                if time.monotonic() > deadline:
                    raise AssertionError(f"waited {most:g} s in vain for {what}; {self.story()}")
                self.world.news.wait(0.02)
            return value

    async def until(self, condition: Callable[[], T], most: float = 10.0, what: str = "what the test expects") -> T:
        """Like `wait_for`, and lets the running loop work meanwhile."""
        deadline = time.monotonic() + most
        while not (value := condition()):
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {most:g} s in vain for {what}; {self.story()}")
            await asyncio.sleep(0.01)
        return value

    def story(self) -> str:
        """What happened lately, for the message of a failed test."""
        lately = [f"{each.user}: {each.words[:60]!r}" for each in self.messages()[-6:]]
        return f"port {self.server.port} messages {lately}, calls {[name for name, _ in self.world.calls[-8:]]}"
