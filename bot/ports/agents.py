"""The door to agents, where words of the person are carried to."""

from typing import Protocol

from bot.dialog.effects import Relay
from bot.ports.delivery import Delivery


class AgentDesk(Protocol):
    """Brings to the agents what concerns them."""

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        """Show the words to whoever owns the conversation; equal `key`, equal message."""
