"""The way in: one inbound event, masked and cut to size, durable before its channel is acknowledged."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from bot.dialog.events import (
    AgentActed,
    AgentSaid,
    AnyEvent,
    ButtonPressed,
    File,
    PersonEdited,
    PersonSaid,
    TicketChanged,
)
from bot.dialog.secrets import mask
from bot.ports.clock import Clock
from bot.ports.dispatcher import Dispatcher
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Arrival, Ledger, Receipt

TEXT_LIMIT = 20_000  # characters of one message; the rest is cut, and the cut is marked
NAME_LIMIT = 300
BUTTON_LIMIT = 80  # of an id or a label; a client may send anything
KEY_LIMIT = 300
TEXTS_LIMIT = 50  # texts or files in one event
CUT = " […]"


@dataclass(frozen=True, slots=True)
class Manners:
    """How a channel's people write.

    `settle`: how long a burst is waited for, at most `settle_most`. `renew_after`: on channels where one address
    lasts for ever (direct messages), a message this long after all requests closed begins a new conversation.
    """

    settle: timedelta = timedelta()
    settle_most: timedelta = timedelta()
    renew_after: timedelta | None = None


CHAT = Manners(timedelta(seconds=0.8), timedelta(seconds=3), timedelta(hours=24))
WEB = Manners(timedelta(seconds=0.8), timedelta(seconds=3))
AT_ONCE = Manners()


@dataclass(frozen=True, slots=True)
class Inbox:
    """Takes in whatever happens. `manners` by channel name; a channel without any is worked on at once."""

    ledger: Ledger
    dispatcher: Dispatcher
    clock: Clock
    manners: Mapping[str, Manners] = field(default_factory=dict)

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Store one event; once this returns it survives a power cut. None: the same key came before.

        Raises KeyError for a conversation that does not exist.
        """
        receipt = await self.ledger.receive(self.admit(inbound))
        if receipt is not None:
            self.dispatcher.wake(receipt.ready_at)
        return receipt

    def admit(self, inbound: Inbound) -> Arrival:
        """Make an event fit to be stored: secrets masked, sizes kept."""
        manners = self._manners_for(inbound)
        clean = replace(
            inbound,
            key=_short(inbound.key),
            event=masked(inbound.event),
            address=inbound.address and _address(inbound.address),
            sender=_sender(inbound.sender),
        )
        renew_after = None if inbound.thread else manners.renew_after
        return Arrival(clean, self.clock.now(), manners.settle, manners.settle_most, renew_after)

    def _manners_for(self, inbound: Inbound) -> Manners:
        """Only a person's message is waited for: a button or an agent ends the burst."""
        manners = self.manners.get(inbound.address.channel, AT_ONCE) if inbound.address else AT_ONCE
        return manners if isinstance(inbound.event, PersonSaid) else AT_ONCE


def masked(event: AnyEvent) -> AnyEvent:
    """Hide secrets in every text from outside, and cut what is too long."""
    match event:
        case PersonSaid():
            return _said(event)
        case PersonEdited(text=text):
            return replace(event, text=_hidden(text))
        case AgentSaid(text=text, files=files):
            return replace(event, text=_hidden(text), files=_files(files))
        case ButtonPressed(button=button):
            return replace(event, button=_hidden(button[:BUTTON_LIMIT]))
        case TicketChanged(reply=reply, files=files):
            return replace(event, reply=_hidden(reply), files=_files(files))
        case AgentActed(name=name):
            return replace(event, name=name[:NAME_LIMIT])
        case _:
            return event


def _said(event: PersonSaid) -> PersonSaid:
    pairs = [mask(_cut(text)) for text in event.texts[:TEXTS_LIMIT]]
    kinds = {secret.kind for _, secrets in pairs for secret in secrets} | set(event.secrets)
    texts, secrets = tuple(text for text, _ in pairs), tuple(sorted(kinds))
    return replace(event, texts=texts, files=_files(event.files), secrets=secrets)


def _files(files: tuple[File, ...]) -> tuple[File, ...]:
    return tuple(_file(one) for one in files[:TEXTS_LIMIT])


def _file(file: File) -> File:
    return replace(file, name=_hidden(file.name[-NAME_LIMIT:]), type=file.type[:NAME_LIMIT])


def _hidden(text: str) -> str:
    return mask(_cut(text))[0]


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else text[:TEXT_LIMIT] + CUT


def _address(address: Address) -> Address:
    return Address(_short(address.channel), _short(address.account), _short(address.key))


def _sender(sender: Sender) -> Sender:
    """Cut what a channel tells of a sender; an address is compared without regard to case."""
    name, language = _plain(sender.name[:NAME_LIMIT]), _plain(sender.language[:NAME_LIMIT])
    return replace(
        sender, id=_short(sender.id), name=name, email=_short(sender.email.strip().lower()), language=language
    )


def _short(key: str) -> str:
    """Keep a key as it is if databases can; an overlong one keeps its beginning and a hash of the whole."""
    plain = _plain(key)
    if len(plain) <= KEY_LIMIT:
        return plain
    return f"{plain[:200]}#{sha256(plain.encode()).hexdigest()}"


def _plain(text: str) -> str:
    """Replace what no database column takes: half characters and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")
