"""What the rooms of this channel share: the way into the house, and what they know of Slack."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.channels.slack.calling import Slack
from bot.channels.slack.later import Later
from bot.channels.slack.people import People, Person
from bot.channels.slack.reading import Own
from bot.channels.slack.rooms import Rooms
from bot.channels.slack.threads import Threads
from bot.dialog.events import AnyEvent
from bot.ports.clock import Clock
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt

CHANNEL = "slack"

Receive = Callable[[Inbound], Awaitable[Receipt | None]]


class Wanting(Protocol):
    """Fetches files, as bot.channels.fetching.Fetcher does."""

    def want(self, refs: Iterable[str]) -> None:
        """Bring these soon."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody writes. `thread`: it is one conversation for ever; `public`: others read along."""

    account: str
    key: str
    thread: bool = False
    public: bool = False

    @property
    def address(self) -> Address:
        """Its address."""
        return Address(CHANNEL, self.account, self.key)

    @property
    def channel(self) -> str:
        """The channel or direct message it is in."""
        return self.key.partition(":")[0]

    @property
    def root(self) -> str:
        """The first message of its thread, "" for a direct message."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Doors:
    """The way in. `receive` answers once an event is on disk, None for one that came before."""

    slack: Slack
    people: People
    rooms: Rooms
    threads: Threads
    files: Wanting
    clock: Clock
    receive: Receive
    later: Later

    async def take(
        self, key: str, event: AnyEvent, place: Place, person: Person, requester: str = ""
    ) -> Receipt | None:
        """Take an event in; `requester`: whose request the place is, where it is anybody's yet."""
        sender = sender_of(person, place, requester)
        return await self.receive(Inbound(key, event, place.address, sender=sender, thread=place.thread))

    async def person(self, user: str, own: Own) -> Person:
        """Tell who somebody is."""
        return await self.people.person(user, own)


def sender_of(person: Person, place: Place, requester: str = "") -> Sender:
    """Tell who writes, seen from the place where they do."""
    return Sender(
        id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        proof="channel" if person.proven else "none",
        colleague=bool(requester) and person.id != requester,
        public=place.public,
    )
