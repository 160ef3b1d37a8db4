"""Linking a person's channels by a code sent to their work address, and going on with a request on another one."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from bot.dialog.effects import Join, SendCode
from bot.dialog.events import Linking
from bot.people.code_mail import code_mail
from bot.people.proofs import Proofs, Tried, Who
from bot.people.stays import Stays
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Sent
from bot.ports.inbound import Address, Inbound
from bot.ports.ledger import Receipt
from bot.ports.links import Courier
from bot.ports.pointing import Pointing

Alone = Callable[[Address], Awaitable[Address | None]]

UNSENT = "the code cannot be sent"
_ADDRESS = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
)


@dataclass(frozen=True, slots=True)
class Registry:
    """Implements bot.ports.links.Links. Conversations are never merged, so all of it can be undone.

    `alone` tells where somebody is reached with nobody reading along. `courier` None: no mail can be sent. `domains`:
    patterns of the work addresses' domains, empty = all.
    """

    proofs: Proofs
    stays: Stays
    pointing: Pointing
    receive: Callable[[Inbound], Awaitable[Receipt | None]]
    clock: Clock
    alone: Alone
    courier: Courier | None = None
    domains: tuple[str, ...] = ()

    def takes(self, email: str) -> bool:
        """Whether a code can be sent to an address."""
        email = email.lower()
        domain = email.rpartition("@")[2]
        fits = not self.domains or any(fnmatchcase(domain, one.lower()) for one in self.domains)
        return self.courier is not None and fits and _ADDRESS.fullmatch(email) is not None

    async def answer(self, who: Who, given: str, key: str) -> tuple[Tried, str]:
        """Try a code or a token."""
        return await self.proofs.answer(who, given, key, self.clock.now())

    async def send_code(self, effect: SendCode, address: Address, key: str) -> Delivery:
        """Send a one-time code to a work address."""
        who, now = Who.named(effect.who), self.clock.now()
        unsent = Failed(UNSENT, (Linking(at=now, step="unsent", email=effect.email, who=effect.who),))
        if self.courier is None or not self.takes(effect.email):
            return unsent
        if await self.proofs.is_past(who, key):  # tried again after a doubtful end, and overtaken since
            return Sent(ref=key)
        made = await self.proofs.ask(who, effect.email, key, now)
        if made is None:
            return unsent
        subject, document = code_mail(*made, effect.lang, who.channel)
        delivery = await self.courier.write(effect.email, subject, document, effect.lang, key)
        return unsent if isinstance(delivery, Failed) else delivery

    async def join(self, effect: Join, address: Address, key: str) -> Delivery:
        """Let the address lead to another conversation of the same person, and tell that one.

        Where the proof was taken back while this was on its way, nothing happens.
        """
        standing = await self.pointing.standing(address, effect.conversation)
        if standing.leads != effect.conversation:
            answered = standing.answered and await self.alone(standing.answered)  # what was private stays so
            await self.stays.begin(address, effect.conversation, replace(standing, answered=answered))
            if not await self.pointing.join(address, effect.conversation):
                return Sent(ref="nobody is proven")
        joined = Linking(at=self.clock.now(), step="joined")
        await self.receive(Inbound(f"{key}:joined", joined, conversation=effect.conversation))
        return Sent(ref=effect.conversation)

    async def unlink(self, who: Who, address: Address) -> None:
        """Take the proof back, and undo what it joined."""
        await self.proofs.forget(who)
        await self.part(address)

    async def part(self, address: Address) -> None:
        """Let the address lead to where it led before it joined anything."""
        stay = await self.stays.of(address)
        if stay.joined:
            await self.pointing.part(address, stay.home, stay.joined)
            await self.stays.end(address, stay)
