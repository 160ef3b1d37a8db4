"""The door to the ticketing system."""

from typing import Protocol

from bot.dialog.effects import ChangeTicket, CommentTicket, OpenTicket
from bot.ports.delivery import Delivery


class Tickets(Protocol):
    """Carries ticket effects out, one delivery step at a time; keeps its own journal of doubtful sends."""

    async def deliver(self, effect: OpenTicket | CommentTicket | ChangeTicket, key: str, conversation: str) -> Delivery:
        """Advance the delivery of one effect; equal `key`, equal doing.

        Brings TicketOpened with `Sent`, TicketDelayed with the `Retry` that gives up waiting for the system.
        An `Unknown` end is the journal's to settle: it counts as `Retry` here.
        """
