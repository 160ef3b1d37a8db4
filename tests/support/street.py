"""A whole house on a clock that moves when told, with channels that write down what reaches people."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import House, Street, open_house
from bot.app.web import DeskPage
from bot.dialog.effects import Button, Relay, Say
from bot.dialog.events import AgentSaid, AnyEvent, ButtonPressed, File, PersonSaid
from bot.ports.channel import Capabilities
from bot.ports.clock import VirtualClock
from bot.ports.delivery import Delivery, Sent
from bot.ports.inbound import Address, Inbound, Sender
from tests.support.house import mind

MONDAY = datetime.fromisoformat("2026-01-05T09:00+01:00")
CHANNELS = ("slack", "telegram", "email", "web")


@dataclass
class Sink:
    """The channels of everybody: what was said where. In "slack", places that begin with C are public."""

    said: list[tuple[Address, Say | Relay]] = field(default_factory=list)
    mails: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities()

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        self.said.append((address, say))
        return Sent(ref=key)

    async def private_address(self, address: Address) -> Address | None:
        return replace(address, key="D1") if address.key.startswith("C") else address

    async def write(self, to: str, subject: str, document: str, lang: str, key: str) -> Delivery:
        self.mails.append((to, subject, document))
        return Sent(ref=key)


@dataclass
class Mute:
    """The same channels, none of which writes to addresses without a conversation."""

    sink: Sink

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities()

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        return await self.sink.send(address, say, key)


@dataclass
class Stand:
    """The house, and what people did in front of it."""

    house: House
    clock: VirtualClock
    sink: Sink
    heard: int = 0

    async def hear(
        self, at: Address, said: str | AnyEvent, sender: Sender, files: tuple[File, ...] = (), thread: bool = False
    ) -> list[str]:
        """Let somebody write or press; give what was said to them or others until nothing is due."""
        self.heard += 1
        event = PersonSaid(at=self.clock.now(), texts=(said,), files=files) if isinstance(said, str) else said
        before = len(self.sink.said)
        inbound = Inbound(f"{at.channel}:{self.heard}", event, at, sender=sender, thread=thread)
        await self.house.reception.receive(inbound)
        await self.settle()
        return [say.text for _, say in self.sink.said[before:]]

    async def press(self, at: Address, button: str, sender: Sender) -> list[str]:
        """Let somebody press a button of the last message."""
        turn = next(say.turn for _, say in reversed(self.sink.said) if isinstance(say, Say))
        return await self.hear(at, ButtonPressed(at=self.clock.now(), button=button, turn=turn), sender)

    async def answer(self, conversation: str, text: str, name: str = "Agent 1") -> None:
        """Let an agent answer."""
        self.heard += 1
        said = AgentSaid(at=self.clock.now(), name=name, text=text)
        await self.house.inbox.receive(Inbound(f"agent:{self.heard}", said, conversation=conversation))
        await self.settle()

    async def settle(self) -> None:
        """Work until nothing is due within the time that a burst is waited for."""
        await self.house.drain()
        self.clock.move(self.clock.now() + timedelta(seconds=4))
        await self.house.drain()

    @property
    def last(self) -> tuple[Address, Say | Relay]:
        """What was said last, and where."""
        return self.sink.said[-1]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under it."""
        return self.last[1].buttons if isinstance(self.last[1], Say) else ()


@asynccontextmanager
async def stand(home: Path, courier: bool = True, domains: tuple[str, ...] = ()) -> AsyncIterator[Stand]:
    """Open a house with every channel, and work for as long as it is open."""
    clock, sink = VirtualClock(MONDAY), Sink()
    known = mind()
    policy = replace(known.playbook.policy, links=courier)
    known = replace(known, playbook=replace(known.playbook, policy=policy, hash=f"{known.playbook.hash}-links"))
    street = Street(
        home,
        clock,
        dict.fromkeys(CHANNELS, sink if courier else Mute(sink)),
        DeskPage(),
        durable=False,
        domains=domains,
    )
    house = await open_house(known, street)
    try:
        yield Stand(house, clock, sink)
    finally:
        await asyncio.to_thread(house.close)
