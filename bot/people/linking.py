"""Linking a person's channels by a code sent to their work address, and going on with a request on another one."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Protocol

from bot.dialog.effects import Join, SendCode
from bot.dialog.events import Linking
from bot.people.code_mail import code_mail
from bot.people.proofs import Proofs, Tried, Who
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Sent
from bot.ports.inbound import Address, Inbound
from bot.ports.ledger import Receipt
from bot.ports.links import Courier
from bot.ports.notes import Notes

UNSENT = "the code cannot be sent"


class Pointing(Protocol):
    """What changes the conversation that an address leads to."""

    async def point(self, address: Address, conversation: str) -> str:
        """Let an address lead to a conversation; give where it led before."""


@dataclass(frozen=True, slots=True)
class Registry:
    """Implements bot.ports.links.Links. Conversations are never merged, so all of it can be undone.

    `courier` None: no mail can be sent. `domains`: patterns of the work addresses' domains, empty = all.
    """

    proofs: Proofs
    notes: Notes
    pointing: Pointing
    receive: Callable[[Inbound], Awaitable[Receipt | None]]
    clock: Clock
    courier: Courier | None = None
    domains: tuple[str, ...] = ()

    def takes(self, email: str) -> bool:
        """Whether a code can be sent to an address."""
        domain = email.lower().rpartition("@")[2]
        fits = not self.domains or any(fnmatchcase(domain, one.lower()) for one in self.domains)
        return self.courier is not None and fits

    async def answer(self, who: Who, given: str, key: str) -> tuple[Tried, str]:
        """Try a code or a token."""
        return await self.proofs.answer(who, given, key, self.clock.now())

    async def send_code(self, effect: SendCode, address: Address, key: str) -> Delivery:
        """Send a one-time code to a work address."""
        who, now = Who.of(address, effect.who), self.clock.now()
        unsent = Failed(UNSENT, (Linking(at=now, step="unsent", email=effect.email, who=effect.who),))
        if self.courier is None or not self.takes(effect.email):
            return unsent
        made = await self.proofs.ask(who, effect.email, key, now)
        if made is None:
            return unsent
        subject, document = code_mail(*made, effect.lang)
        delivery = await self.courier.write(effect.email, subject, document, effect.lang, key)
        return unsent if isinstance(delivery, Failed) else delivery

    async def join(self, effect: Join, address: Address, key: str) -> Delivery:
        """Let the address lead to another conversation of the same person, and tell that one."""
        former = await self.pointing.point(address, effect.conversation)
        if former != effect.conversation:
            await self._remember(address, former)
        joined = Linking(at=self.clock.now(), step="joined")
        await self.receive(Inbound(f"{key}:joined", joined, conversation=effect.conversation))
        return Sent(ref=effect.conversation)

    async def unlink(self, who: Who, address: Address) -> None:
        """Take the proof back, and let the address lead to where it led before it joined anything."""
        await self.proofs.forget(who)
        revision, former = await self._former(address)
        if former:
            await self.pointing.point(address, former)
            await self.notes.save(_entry(address), revision + 1, "left", json.dumps([revision + 1, ""]))

    async def _remember(self, address: Address, former: str) -> None:
        """Note where an address led first; what it joined in between is not its own."""
        revision, first = await self._former(address)
        told = json.dumps([revision + 1, first or former])
        await self.notes.save(_entry(address), revision + 1, "joined", told)

    async def _former(self, address: Address) -> tuple[int, str]:
        told = await self.notes.load(_entry(address))
        revision, former = json.loads(told) if told else (0, "")
        return revision, former


def _entry(address: Address) -> str:
    return f"joined:{address.channel}:{address.account}:{address.key}"
