"""A house around the real ledger, with doors that write down what they were given."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.dialog.effects import ChangeTicket, CommentTicket, OpenTicket, Relay, RunAction, Say
from bot.dialog.events import AnyEvent, Facts, File, PersonSaid, TicketOpened
from bot.dialog.playbook import Playbook
from bot.dialog.understanding import Hit, Understanding
from bot.inbox import Inbox, Manners
from bot.outbox import Doors, Outbox
from bot.ports.actions import Broke, Done
from bot.ports.channel import Capabilities
from bot.ports.clock import Clock, VirtualClock
from bot.ports.delivery import Delivery, Sent
from bot.ports.facts import About
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt
from bot.ports.understander import NO_CLUES, Clues, Hints
from bot.pump import Decide, Pump, Senses
from bot.store.dispatch import SWEEP, LocalDispatcher
from bot.store.engine import connect
from bot.store.ledger import SqlLedger
from bot.store.schema import create
from tests.store.handler import decide

TicketEffect = OpenTicket | CommentTicket | ChangeTicket

EMPTY = Playbook(hash="p1")
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


@dataclass
class Desk:
    """Every door that an effect can leave by. What is planned in `ends` is answered first, in order."""

    clock: Clock
    sent: list[tuple[str, str]] = field(default_factory=list)  # address key, text
    keys: list[str] = field(default_factory=list)
    ends: list[Delivery | Exception] = field(default_factory=list)
    ticket_ends: list[Delivery | Exception] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def _end(self, key: str, otherwise: Sent, ends: list[Delivery | Exception]) -> Delivery:
        self.keys.append(key)
        end = ends.pop(0) if ends else otherwise
        if isinstance(end, Exception):
            raise end
        return end

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities()

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        end = self._end(key, Sent(f"ref-{key}"), self.ends)
        if isinstance(end, Sent):
            self.sent.append((address.key, say.text))
            self.more.set()
        return end

    async def deliver(self, effect: TicketEffect, key: str, conversation: str) -> Delivery:
        opened = TicketOpened(at=self.clock.now(), handoff=effect.handoff, key="T-1", system="test")
        return self._end(key, Sent("T-1", (opened,) if effect.kind == "open_ticket" else ()), self.ticket_ends)

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        self.sent.append(("agents", relay.text))
        return self._end(key, Sent(), self.ends)

    def repeatable(self, action: str) -> bool:
        return action == "safe"

    async def run(self, effect: RunAction, conversation: str) -> Done | Broke:
        self.runs.append(effect.action)
        return Broke("timeout") if effect.action == "slow" else Done({"asked": effect.action})


class Meaning:
    """Understands by counting words, knows everybody as Ann, and finds one article."""

    def gather(self, about: About) -> Facts:
        return Facts(proof=about.sender.proof, name=about.sender.name, slots={"site": "Lyon"})

    def understand(self, text: str, hints: Hints) -> Understanding:
        return Understanding(lang="en", words=len(text.split()))

    def search(self, text: str, lang: str, clues: Clues = NO_CLUES, top: int = 5) -> tuple[Hit, ...]:
        return (Hit("vpn-reset", 1, lang, 0.5, True),)


class Shelf:
    """One playbook, in force for ever."""

    def __init__(self, book: Playbook) -> None:
        self.book = book

    def current(self) -> Playbook:
        return self.book

    def kept(self, version: str) -> Playbook | None:
        return self.book


class House:
    """The embedded house on a virtual clock."""

    def __init__(
        self,
        url: str,
        decide: Decide = decide,
        manners: Mapping[str, Manners] | None = None,
        durable: bool = False,
        watch: Callable[[str, int], None] | None = None,
        desk: "Desk | None" = None,
        clock: Clock | None = None,
        book: Playbook = EMPTY,
        mind: Meaning | None = None,
        sweep: timedelta = SWEEP,
    ) -> None:
        self.database = connect(url, durable=durable)
        create(self.database)
        self.clock: Any = clock or VirtualClock(START)
        self.ledger = SqlLedger(self.database, watch)
        self.dispatcher = LocalDispatcher(self.ledger, self.clock, sweep)
        self.inbox = Inbox(self.ledger, self.dispatcher, self.clock, manners or {})
        self.desk = desk or Desk(self.clock)
        doors = Doors({"web": self.desk, "mail": self.desk}, self.desk, self.desk, self.desk, frozenset({"mail"}))
        self.outbox = Outbox(self.ledger, self.clock, doors, self.inbox.admit)
        mind = mind or Meaning()
        self.pump = Pump(self.ledger, self.clock, decide, Shelf(book), Senses(mind, mind, mind), "test")
        self.said = 0

    async def hear(
        self, text: str, who: str = "ann", key: str = "", channel: str = "web", files: tuple[File, ...] = (), **sender
    ) -> Any:
        """Let a person write; the receipt, or None."""
        self.said += 1
        event = PersonSaid(at=self.clock.now(), texts=(text,), files=files)
        address = Address(channel, "test", who)
        return await self.inbox.receive(
            Inbound(key or f"{channel}:{self.said}", event, address, sender=Sender(**sender))
        )

    async def happen(self, event: AnyEvent, conversation: str = "1", key: str = "") -> Receipt | None:
        """Let something happen to a conversation through one of our own doors."""
        self.said += 1
        return await self.inbox.receive(Inbound(key or f"own:{self.said}", event, conversation=conversation))

    async def drain(self) -> list[str]:
        """Work until nothing is due; tell what was sent meanwhile."""
        before = len(self.desk.sent)
        await self.dispatcher.drain(self.pump, self.outbox)
        return [text for _, text in self.desk.sent[before:]]

    async def wait(self, span: timedelta) -> list[str]:
        """Let time pass; whatever falls due happens at its time."""
        before, until = len(self.desk.sent), self.clock.now() + span
        while (due := await self.dispatcher.next_due()) is not None and due <= until:
            self.clock.move(due)
            await self.drain()
        self.clock.move(until)
        await self.drain()
        return [text for _, text in self.desk.sent[before:]]

    def close(self) -> None:
        self.ledger.close()


@contextmanager
def opened(url: str, **how) -> Iterator[House]:
    """A house that is closed at the end."""
    house = House(url, **how)
    try:
        yield house
    finally:
        house.close()
