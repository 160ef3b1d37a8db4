"""An update as an event: which chat, who wrote, what is new. Once taken it is durable, whatever happens next."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.channels.telegram.chatbook import Chat, Chatbook
from bot.channels.telegram.favours import Favours
from bot.channels.telegram.reading import Moved, Nothing, Place, Pressed, Said, Writer, read
from bot.channels.telegram.sending import CHANNEL
from bot.channels.telegram.spoken import Me
from bot.dialog.events import ButtonPressed, PersonEdited, PersonSaid
from bot.ports.clock import Clock
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes

DOUBLE_TAP = 5.0  # seconds in which the same button again is the same press
_MOST_KNOWN = 1_000
log = logging.getLogger(__name__)


class Taken(StrEnum):
    """What became of an update."""

    RECEIVED = "received"
    AGAIN = "again"  # it was taken before
    ANSWERED = "answered"  # a press that says nothing to the engine
    IGNORED = "ignored"  # nothing that is said to us


class Lately:
    """Remembers the latest names, and when they came."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, float] = OrderedDict()

    def put(self, name: str, at: float) -> None:
        """Remember one."""
        self._held[name] = at
        self._held.move_to_end(name)
        while len(self._held) > _MOST_KNOWN:
            self._held.popitem(last=False)

    def __contains__(self, name: str) -> bool:
        return name in self._held

    def since(self, name: str, now: float) -> float:
        """Seconds since a name came."""
        return now - self._held[name] if name in self._held else float("inf")


@dataclass(frozen=True, slots=True)
class TelegramRoom:
    """Takes updates in. `want` is told the files to be fetched."""

    notes: Notes
    clock: Clock
    receive: Callable[[Inbound], Awaitable[Receipt | None]]
    want: Callable[[list[str]], None]
    favours: Favours
    albums: Lately = field(default_factory=Lately)
    presses: Lately = field(default_factory=Lately)

    async def take(self, update: object, me: Me) -> Taken:
        """Take one update; once this returns it is durable, or nothing of ours. Raises what storing it raises."""
        book = Chatbook(self.notes, str(me.id))
        match read(update, me):
            case Said() as said:
                return await self._said(book, said)
            case Pressed() as press:
                return await self._pressed(book, press)
            case Moved(old=old, new=new):
                await book.move(old, new)
                log.info("a group became a supergroup")
            case Nothing(kind=kind):
                log.info("not taken: %s", kind)
        return Taken.IGNORED

    async def _said(self, book: Chatbook, said: Said) -> Taken:
        if not self._is_ours(said):
            return Taken.IGNORED
        address = await _address(book, said.place, said.writer)
        await self._noted(book, address.key, said)
        receipt = await self.receive(
            Inbound(_key_of(book, said), self._event(said), address, sender=_sender(said.place, said.writer))
        )
        self.want([file.ref for file in said.files])  # known ones too: the process may have ended before they came
        if receipt is None:
            return Taken.AGAIN
        await self._noted(book, address.key, said, receipt.conversation)
        if said.place.private and not said.edited:
            self.favours.type(said.place)
        return Taken.RECEIVED

    def _is_ours(self, said: Said) -> bool:
        """The name of the bot stands under the first picture of an album only: the others follow it."""
        album = f"{said.place.chat}:{said.writer.id}:{said.album}" if said.album else ""
        if said.to_us and album:
            self.albums.put(album, self.clock.now().timestamp())
        return said.to_us or album in self.albums

    def _event(self, said: Said) -> PersonSaid | PersonEdited:
        # A supergroup counts its messages anew: only with its number does a message have a name for good.
        at, ref = self.clock.now(), f"{said.place.chat}:{said.message}"
        if said.edited:
            return PersonEdited(at=at, ref=ref, text=said.text)
        return PersonSaid(at=at, texts=(said.text,) if said.text else (), files=said.files, ref=ref)

    async def _noted(self, book: Chatbook, key: str, said: Said, conversation: str = "") -> None:
        """Note where the answer goes. Of a private chat that says nothing but its number, there is nothing to note."""
        place = said.place
        if place.private and not place.topic and await book.of(key) is None:
            return
        message = 0 if place.private else said.message
        here = Chat(place.chat, place.topic, message)
        await book.change(key, lambda held: _later(held, here, conversation))

    async def _pressed(self, book: Chatbook, press: Pressed) -> Taken:
        address = await _address(book, press.place, press.writer)
        ours = await self._may_press(book, address.key, press)
        now, name = (
            self.clock.now(),
            f"{press.place.chat}:{press.message}:{press.writer.id}:{press.turn}:{press.button}",
        )
        again = self.presses.since(name, now.timestamp()) < DOUBLE_TAP
        if press.done or again or not ours or not press.button:
            self.favours.answer(press, ours)
            return Taken.ANSWERED
        event = ButtonPressed(at=now, button=press.button, turn=press.turn)
        key = f"telegram:{book.account}:callback:{press.callback}"
        receipt = await self.receive(Inbound(key, event, address, sender=_sender(press.place, press.writer)))
        self.presses.put(name, now.timestamp())
        self.favours.show(press)
        return Taken.RECEIVED if receipt else Taken.AGAIN

    async def _may_press(self, book: Chatbook, key: str, press: Pressed) -> bool:
        """In a group the buttons are for whom we answered; where that is not to be seen, for those who spoke to us."""
        if press.place.private or press.owner == press.writer.id:
            return True
        return not press.owner and await book.of(key) is not None


async def _address(book: Chatbook, place: Place, writer: Writer) -> Address:
    chat = await book.first(place.chat)
    return Address(CHANNEL, book.account, str(chat) if place.private else f"{chat}:{writer.id}")


def _sender(place: Place, writer: Writer) -> Sender:
    """A number of the platform proves nobody."""
    return Sender(str(writer.id), writer.name, language=writer.lang, public=not place.private)


def _key_of(book: Chatbook, said: Said) -> str:
    edited = f":{said.edited}" if said.edited else ""
    return f"telegram:{book.account}:{said.place.chat}:{said.message}{edited}"


def _later(held: Chat | None, here: Chat, conversation: str) -> Chat:
    """The later message is answered; updates may come again or out of their order."""
    if held is None:
        return replace(here, conversation=conversation)
    if held.chat == here.chat and held.message > here.message:
        here = held
    return replace(here, conversation=conversation or held.conversation, revision=held.revision)
