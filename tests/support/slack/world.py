"""The workspace's memory: who and what there is. Every reader and writer holds `lock`."""

import itertools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.support.slack.app import App
from tests.support.slack.clock import Clock
from tests.support.slack.faults import Faults
from tests.support.slack.parcels import Parcel
from tests.support.slack.people import Person
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room
from tests.support.slack.surfaces import Assistant, File, Hook, Trigger, View


@dataclass
class World:
    """All there is in one workspace, and the app installed in it."""

    app: App
    deliver: Callable[[Parcel], None]
    team: str = "T0000000001"
    team_name: str = "Corp"
    domain: str = "corp"
    enterprise: str | None = None
    is_org_install: bool = False
    url: str = ""
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(10))
    people: dict[str, Person] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)  # by person
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    assistants: dict[tuple[str, str], Assistant] = field(default_factory=dict)  # by room and thread
    calls: list[tuple[str, Json]] = field(default_factory=list)  # method and arguments, without the token
    news: threading.Condition = field(init=False)

    def __post_init__(self) -> None:
        self.news = threading.Condition(self.lock)
        app = self.app
        self.people[app.bot_user] = Person(
            app.bot_user, self.team, app.name, app.name, kind="bot", bot_id=app.bot_id, app_id=app.id,
            enterprise=self.enterprise,
        )  # fmt: skip

    def changed(self) -> None:
        """Wake everyone who waits for something to happen here."""
        with self.lock:
            self.news.notify_all()

    def new_id(self, letter: str) -> str:
        """A fresh id that begins with Slack's letter for its kind."""
        return f"{letter}{next(self.numbers):010d}"

    def room(self, ref: str) -> Room:
        """The room of that id. Raises RefusalError where the app may not know of it."""
        room = self.rooms.get(ref)
        if room is None or (room.kind != "channel" and self.app.bot_user not in room.members):
            raise RefusalError("channel_not_found")
        return room

    def message(self, room: Room, ts: str) -> Message:
        """The message of that name. Raises RefusalError."""
        found = room.find(ts)
        if found is None:
            raise RefusalError("message_not_found")
        return found

    def direct(self, person: str) -> Room:
        """The direct message between the person and the bot, opened where it is not yet."""
        pair = {person, self.app.bot_user}
        for room in self.rooms.values():
            if room.kind == "im" and set(room.members) == pair:
                return room
        room = Room(self.new_id("D"), "im", "", person, int(self.clock.now()), [person, self.app.bot_user])
        self.rooms[room.id] = room
        return room
