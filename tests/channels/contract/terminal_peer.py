"""Somebody at the terminal: words and numbers in, plain lines out. There is no platform between them and the house."""

from pathlib import Path
from uuid import uuid4

from bot.channels.render import plain_words, terminal_text
from bot.channels.terminal import Terminal
from bot.dialog.effects import Relay, Say
from bot.dialog.events import AnyEvent, ButtonPressed, PersonSaid
from bot.ports.inbound import Address, Inbound, Sender
from tests.channels.contract.desk import Desk
from tests.channels.contract.peer import Ability, Peer, Seen

_ALONE = "nothing stands between the terminal and the house"
_LACKS = {
    Ability.EDITS: "what was typed stands",
    Ability.DELETES: "what was typed stands",
    Ability.DISORDER: "one line comes after the other",
    Ability.UNKNOWN_KINDS: "there is nothing but words",
    Ability.PATIENCE: "the error is told at once, to whom it concerns",
    Ability.ENDLESS_PATIENCE: "the error is told at once, to whom it concerns",
    Ability.FLOODS: _ALONE,
    Ability.OUTAGES: _ALONE,
    Ability.LOST_ANSWERS: _ALONE,
    Ability.OLD_BUTTONS: "only the buttons of the last message are there",
}


class TerminalPeer(Peer):
    """Types as `guichet chat` takes it in: a number presses a button of the last message."""

    name = "terminal"
    lacks = _LACKS

    def __init__(self, home: Path) -> None:
        self.terminal = Terminal()
        self.desk = Desk(home, lambda notes: {"terminal": self.terminal})
        self._seen: list[Say | Relay] = []
        self._typed: dict[str, AnyEvent] = {}

    @property
    def channel(self) -> Terminal:
        """The terminal."""
        return self.terminal

    async def say(self, text: str) -> str:
        """Type a line."""
        return await self._take(PersonSaid(at=self.desk.clock.now(), texts=(text,)))

    async def press(self, message: Seen, place: int) -> None:
        """Type the number of a button."""
        said = next(one for one in self._seen if isinstance(one, Say) and _shown(one) == message.text)
        await self._take(ButtonPressed(at=self.desk.clock.now(), button=said.buttons[place - 1].id))

    async def redeliver(self, ref: str) -> None:
        """Hand the same line over again."""
        await self._received(ref)

    async def seen(self) -> tuple[Seen, ...]:
        """Read the screen."""
        self._seen += self.terminal.take()
        lines = [(str(place), _shown(one)) for place, one in enumerate(self._seen)]
        return tuple(Seen(ref, text, len(text)) for ref, text in lines)

    async def _take(self, event: AnyEvent) -> str:
        ref = f"terminal:chat:{uuid4().hex}"
        self._typed[ref] = event
        await self._received(ref)
        return ref

    async def _received(self, ref: str) -> None:
        address, sender = Address("terminal", "chat", "visitor"), Sender(id="visitor", language="fr")
        await self.desk.take(Inbound(ref, self._typed[ref], address, sender=sender))


def _shown(one: Say | Relay) -> str:
    """A message as the verb prints it: numbered choices under it."""
    if isinstance(one, Relay):
        return f"{plain_words(one.sender)}: {plain_words(one.text)}"
    choices = "".join(f"\n  {place}. {plain_words(button.label)}" for place, button in enumerate(one.buttons, 1))
    return terminal_text(one.text) + choices
