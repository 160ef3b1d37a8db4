"""The door that people's messages come in by: who writes is looked up, and a code is taken before it is stored."""

import re
from dataclasses import dataclass, replace
from typing import Protocol

from bot.dialog.events import Linking, PersonSaid
from bot.people.linking import Registry
from bot.people.proofs import UNVOUCHED, Tried, Who
from bot.ports.inbound import Address, Inbound
from bot.ports.ledger import Receipt

_LINK = re.compile(r"/(?:link|lier)(?:@\w+)?(?:\s+(?P<email>[^\s@]{1,64}@[^\s@]{1,255}))?\s*", re.IGNORECASE)
_UNLINK = re.compile(r"/(?:unlink|d[ée]lier)(?:@\w+)?\s*", re.IGNORECASE)
_TOKEN = re.compile(r"/start\s+(?P<token>[A-Za-z0-9_-]{32})\s*")
_CODE = re.compile(r"\s*(?:/link\s+)?(?P<first>\d{3})[ -]?(?P<second>\d{3})\s*[.!]?\s*")


class Inbox(Protocol):
    """What stores an event."""

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Store one event; None: it came before."""


@dataclass(frozen=True, slots=True)
class Reception:
    """Takes in what people's channels bring."""

    inbox: Inbox
    registry: Registry

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Store one event; durable once this returns. A code or a token is never stored: what came of it is."""
        address = inbound.address
        if address is None:
            return await self.inbox.receive(inbound)
        step = await self._linking(inbound, address)
        if step is not None:
            inbound = replace(inbound, event=step)
        sender = await self.registry.proofs.known(inbound.sender, address)
        receipt = await self.inbox.receive(replace(inbound, sender=sender))
        if step is not None and step.step == "unlinked":  # nothing is joined from here on; what was meanwhile is undone
            await self.registry.part(address)
        return receipt

    async def _linking(self, inbound: Inbound, address: Address) -> Linking | None:
        """What a message means for the proof of who writes; None for any other message."""
        event, sender, who = inbound.event, inbound.sender, Who.of(address, inbound.sender.id)
        if not isinstance(event, PersonSaid) or len(event.texts) != 1 or event.files or not who.id:
            return None
        if address.channel in UNVOUCHED and sender.proof == "none":
            return None
        text = event.texts[0]
        if found := _TOKEN.fullmatch(text):
            return await self._answered(inbound, who, found["token"])
        if found := _CODE.fullmatch(text):
            return await self._answered(inbound, who, found["first"] + found["second"])
        if found := _LINK.fullmatch(text):
            return self._asked(inbound, who, found["email"] or "")
        if _UNLINK.fullmatch(text):
            if sender.colleague:
                return Linking(at=event.at, step="not_here", who=who.entry)
            await self.registry.unlink(who, address)
            return Linking(at=event.at, step="unlinked", who=who.entry)
        return None

    def _asked(self, inbound: Inbound, who: Who, email: str) -> Linking:
        at = inbound.event.at
        if inbound.sender.public or inbound.sender.colleague:
            return Linking(at=at, step="not_here", who=who.entry)
        step = "how" if not email else "asked" if self.registry.takes(email) else "unsent"
        return Linking(at=at, step=step, email=email.lower(), who=who.entry)

    async def _answered(self, inbound: Inbound, who: Who, given: str) -> Linking | None:
        tried, email = await self.registry.answer(who, given, inbound.key)
        if tried is Tried.NONE:
            return None
        return Linking(at=inbound.event.at, step=tried.value, email=email, who=who.entry)
