"""The door to which conversation an address leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.ports.inbound import Address

Joined = tuple[str, Address | None]  # a conversation, and where it was answered before


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an address leads, "" = nowhere; and where another conversation is answered."""

    leads: str = ""
    answered: Address | None = None


class Pointing(Protocol):
    """Changes where addresses lead. Conversations are never merged, so all of it can be undone."""

    async def standing(self, address: Address, conversation: str) -> Standing:
        """Tell how both stand. Raises KeyError for a conversation that does not exist."""

    async def join(self, address: Address, conversation: str) -> bool:
        """Let an address lead to another conversation of its proven person, whose answers go there from now on.

        False, and nothing changed, where no proof tells that it is the same one. Raises KeyError.
        """

    async def part(self, address: Address, home: str, joined: Iterable[Joined]) -> None:
        """Let an address that leads to one of these lead home; those answered there are answered where they were."""
