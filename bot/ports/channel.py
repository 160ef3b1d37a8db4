"""The door to a person: one channel, one verb out."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.dialog.effects import Relay, Say
from bot.ports.delivery import Delivery, Sent
from bot.ports.inbound import Address


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show. Its renderer keeps to it, and the tests of all channels hold it to that.

    `length`: of one message, in `unit`s (characters | utf16: code units), 0 = no end; longer ones come in parts.
    `buttons`: in one message, 0 = choices are written out and answered by a number; `label`: characters of a button.
    `edits`: a message that was sent can change; `deletes`: people can take theirs back; `file_bytes`: of one that
    people send, `sends_file_bytes`: of one that we send, 0 = none.
    """

    length: int = 0
    unit: str = "characters"
    buttons: int = 0
    label: int = 0
    threads: bool = False
    edits: bool = False
    deletes: bool = False
    file_bytes: int = 0
    sends_file_bytes: int = 0


class Channel(Protocol):
    """Delivers to people. What comes in, a channel hands to the inbox by itself."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Deliver one message. `key` is the same at every try: a channel that can dedupe does so by it.

        Raises nothing that the outbox would not take for `Unknown`.
        """


@runtime_checkable
class Verifier(Protocol):
    """A channel that can tell whether a message of a doubtful end arrived: asked before it is sent again."""

    async def look_up(self, address: Address, key: str) -> Sent | None:
        """Find the message sent under this key, None where the channel holds none."""


@runtime_checkable
class Discreet(Protocol):
    """A channel with places where others read along, and others where nobody does."""

    async def private_address(self, address: Address) -> Address | None:
        """Tell where the person is reached alone, the address itself if it is such a place; None: nowhere."""
