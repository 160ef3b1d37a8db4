"""The door to what the ledger holds of a person."""

from datetime import datetime
from typing import Protocol

from bot.dialog.conversation import Conversation
from bot.dialog.events import OpenRequest
from bot.ports.inbound import Sender


class People(Protocol):
    """Reads of people. Blocking, so it is called in a thread. Addresses are compared without regard to case."""

    def writer(self, conversation: str) -> Sender:
        """Tell who wrote last in a conversation, with what that message proved; an empty sender where nobody did."""

    def conversations(self, email: str, since: datetime) -> tuple[Conversation, ...]:
        """Give the latest conversations in which the address was proven and something happened since."""

    def open_requests(self, email: str) -> tuple[OpenRequest, ...]:
        """List what is open, of conversations in which the address was proven; without key: with the bot."""
