"""The door to a person: one channel, one verb out."""

from typing import Protocol, runtime_checkable

from bot.dialog.effects import Relay, Say
from bot.ports.delivery import Delivery, Sent
from bot.ports.inbound import Address


class Channel(Protocol):
    """Delivers to people. What comes in, a channel hands to the inbox by itself."""

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Deliver one message. `key` is the same at every try: a channel that can dedupe does so by it.

        Raises nothing that the outbox would not take for `Unknown`.
        """


@runtime_checkable
class Verifier(Protocol):
    """A channel that can tell whether a message of a doubtful end arrived."""

    async def look_up(self, address: Address, key: str) -> Sent | None:
        """Find the message sent under this key, None where the channel holds none."""
