"""The door to what is known of a person and the desk at that moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialog.conversation import Conversation
from bot.dialog.events import Facts
from bot.ports.inbound import Sender


@dataclass(frozen=True, slots=True)
class About:
    """Whose facts, and when. `sender` is who wrote last, with the proof that message carried; `channel`: where."""

    conversation: Conversation
    sender: Sender
    at: datetime
    channel: str = ""


class KnownFacts(Protocol):
    """Gathers facts. May read the ledger and be slow: it is called in a thread, outside transactions."""

    def gather(self, about: About) -> Facts:
        """Tell all that is known; unsure is told as unknown."""
