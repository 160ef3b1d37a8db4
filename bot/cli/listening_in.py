"""Hears everything that leaves a house for one conversation, as lines of the talk contract."""

from dataclasses import dataclass, field
from typing import Any

from bot.dialog import engine
from bot.dialog.conversation import Conversation
from bot.dialog.effects import ChangeTicket, CommentTicket, OpenTicket, Relay, Say
from bot.dialog.events import AnyEvent, PersonSaid, TicketOpened
from bot.dialog.playbook import Playbook
from bot.dialog.turn import Turn
from bot.dialog.understanding import Understanding
from bot.ports.channel import Capabilities
from bot.ports.delivery import Delivery, Sent
from bot.ports.inbound import Address
from bot.ports.records import Records
from bot.ports.tickets import Tickets

from .talk_lines import relay_line, reply_line, ticket_line, update_line


@dataclass(slots=True)
class Ear:
    """The doors of a house, overheard: what left it, in order, and what was decided last."""

    events: list[dict[str, Any]] = field(default_factory=list)
    talk: Conversation | None = None
    read: Understanding = field(default_factory=Understanding)
    rule: str = ""

    def decide(self, conversation: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
        """Decide as the engine does, and remember it; the ticket's number does not hide why it was opened."""
        turn = engine.decide(conversation, event, playbook)
        if isinstance(event, PersonSaid):
            self.read = event.understanding
        if not isinstance(event, TicketOpened):
            self.rule = turn.trace.rule
        self.talk = turn.conversation
        return turn

    @property
    def capabilities(self) -> Capabilities:
        """It hears everything."""
        return Capabilities()

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """The channel's door."""
        self.events.append(reply_line(say) if isinstance(say, Say) else relay_line(say))
        return Sent(ref=key)

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        """The agents' door."""
        self.events.append(relay_line(relay))
        return Sent(ref=key)

    def key_of(self, handoff: str) -> str:
        """The number that people see of a handoff."""
        cases = self.talk.cases if self.talk else ()
        return next((case.key for case in cases if case.handoff == handoff and case.key), handoff)

    def take(self) -> list[dict[str, Any]]:
        """Give what was heard since the last call."""
        heard, self.events = self.events, []
        return heard


@dataclass(frozen=True, slots=True)
class OverheardTickets:
    """The door to tickets; what is confirmed there is heard."""

    door: Tickets
    ear: Ear
    records: Records

    async def deliver(self, effect: OpenTicket | CommentTicket | ChangeTicket, key: str, conversation: str) -> Delivery:
        """Deliver as the door does."""
        delivery = await self.door.deliver(effect, key, conversation)
        if isinstance(delivery, Sent):
            self.ear.events.append(self._line(effect, delivery, conversation))
        return delivery

    def _line(self, effect: OpenTicket | CommentTicket | ChangeTicket, sent: Sent, conversation: str) -> dict[str, Any]:
        if not isinstance(effect, OpenTicket):
            return update_line(effect, self.ear.key_of(effect.handoff))
        opened = next((one.key for one in sent.brings if isinstance(one, TicketOpened)), sent.ref)
        lines = self.records.transcript(conversation)
        told = [{"from": one.author, "text": one.text or f"[{one.pressed}]"} for one in lines]
        return ticket_line(effect, opened, told)
