"""The door to the ledger: what is written for one conversation, each verb one commit."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.dialog.conversation import Conversation
from bot.dialog.effects import Effect
from bot.dialog.events import AnyEvent
from bot.dialog.turn import Turn
from bot.ports.delivery import Delivery
from bot.ports.inbound import Address, Inbound, Sender


class NotWrittenError(Exception):
    """Nothing was written, and nothing is wrong with what was asked: the disk is full, or the server is away."""


class FencedOffError(Exception):
    """Somebody else took the conversation over meanwhile: nothing was written, throw the turn away."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An inbound event fit to be stored: masked, cut to size.

    `settle`: how long the conversation waits for more of the same burst, at most `settle_most` since its first message.
    `renew_after`: a message this long after all requests closed begins a new conversation (None: never).
    """

    inbound: Inbound
    at: datetime
    settle: timedelta = timedelta()
    settle_most: timedelta = timedelta()
    renew_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The event is stored, under this number of its conversation, and may be worked on from `ready_at`."""

    conversation: str
    seq: int
    ready_at: datetime
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One stored event that waits. A `stale` timer was cancelled or set anew meanwhile: it is passed over."""

    seq: int
    event: AnyEvent
    sender: Sender = field(default_factory=Sender)
    stale: bool = False
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation taken for work, with all that waits in it, in order. `tries` counts this try of the first item."""

    conversation: Conversation
    epoch: int
    tries: int
    items: tuple[Item, ...]
    playbook: str = ""
    address: Address | None = None

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.conversation.id


@dataclass(frozen=True, slots=True)
class Handled:
    """What is written for the first `items` of a claim.

    `turn` None: nothing to record (a stale timer). `dead`: why the items go to the dead letters. `silence`: an agent
    took over, so what the bot has not yet sent is cancelled, notices excepted.
    """

    items: tuple[Item, ...]
    event: AnyEvent | None = None
    turn: Turn | None = None
    playbook: str = ""
    engine: str = ""
    dead: str = ""
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """One effect on its way out. `key` is its idempotency key: conversation:seq:n."""

    key: str
    conversation: str
    lane: str
    effect: Effect
    attempts: int = 0
    begun: bool = False  # an earlier try was begun and its end is not known
    cause: str = ""  # kind of the event that asked for it
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What a commit left to do.

    `parcels`: the turn's effects, in order; `behind`: lanes in which earlier ones go first. `next`: the claim, if it
    goes on; else `ready_at`: when what still waits may be worked on. `timer_at`: the earliest timer that was set.
    """

    parcels: tuple[Parcel, ...] = ()
    behind: frozenset[str] = frozenset()
    next: Claim | None = None
    ready_at: datetime | None = None
    timer_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """How a parcel's try ended: `delivery`, what it brought back, and when to try again (None: no more)."""

    parcel: Parcel
    delivery: Delivery
    brought: tuple[Arrival, ...] = ()
    again_at: datetime | None = None
    hold: bool = False  # a doubtful end that only a person may settle


class Ledger(Protocol):
    """The durable truth. Each verb is one commit; it returns once the commit is on disk."""

    async def receive(self, arrival: Arrival) -> Receipt | None:
        """Store an event under the next number of its conversation; None if it was delivered before."""

    async def claim(self, now: datetime, limit: int) -> tuple[Claim, ...]:
        """Take ready conversations for work, and count the try."""

    async def keep(self, claim: Claim, handled: Handled, now: datetime, go_on: bool = True) -> Kept:
        """Write one turn whole: event, state, trace, effects, timers. `go_on` keeps the claim if more waits.

        Raises FencedOffError.
        """

    async def give_back(self, claim: Claim) -> None:
        """Let a conversation go in which nothing waits."""

    async def point(self, address: Address, conversation: str) -> str:
        """Let an address lead to a conversation, whose answers go there from now on; give where it led before.

        Raises KeyError for a conversation that does not exist.
        """

    async def begin(self, parcel: Parcel) -> None:
        """Note that a try begins whose end could be lost."""

    async def leave(self, left: Left, now: datetime) -> tuple[Receipt, ...]:
        """Write how a try ended, together with what it brought back."""

    async def heads(self, now: datetime, conversation: str = "", lane: str = "") -> tuple[Parcel, ...]:
        """List the due heads of lanes, oldest first; of one conversation's lane if named."""

    async def fire(self, now: datetime) -> tuple[Receipt, ...]:
        """Turn due timers into events, in order of their time."""

    async def next_due(self) -> datetime | None:
        """Tell when the earliest timer, retry or waiting conversation falls due."""

    async def recover(self) -> None:
        """Free what a process that is no longer there had taken. Only while no other process works."""
