"""The door to who a person is across channels: codes to prove it, and addresses that lead elsewhere."""

from typing import Protocol, runtime_checkable

from bot.dialog.effects import Join, SendCode
from bot.ports.delivery import Delivery
from bot.ports.inbound import Address


class Links(Protocol):
    """Carries out what a conversation decided about the person behind it."""

    async def send_code(self, effect: SendCode, address: Address, key: str) -> Delivery:
        """Send a one-time code to a work address; what cannot be sent comes back as an event."""

    async def join(self, effect: Join, address: Address, key: str) -> Delivery:
        """Let the address lead to another conversation of the same person."""


@runtime_checkable
class Courier(Protocol):
    """Writes to an address that no conversation belongs to yet."""

    async def write(self, to: str, subject: str, document: str, lang: str, key: str) -> Delivery:
        """Send a Markdown document; equal `key`, equal message."""
