"""The bridge's journal kept in the house's own ledger."""

from typing import Protocol

from ticket_bridge import Delivery, StaleDeliveryError, delivery_from_json, delivery_to_json
from ticket_bridge.operation import OpenTicket


class Entries(Protocol):
    """Texts under an id with a revision (bot.store.journal). What `save` has returned from survives a crash."""

    async def load(self, entry: str) -> str | None:
        """Give an entry as last saved, None where it never was."""

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep an entry; False, and nothing changed, unless the one kept has exactly the revision before this."""


class LedgerJournal:
    """Implements ticket_bridge.Journal."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    async def load(self, delivery_id: str) -> Delivery | None:
        """Give the delivery as last saved, None where it never was."""
        text = await self._entries.load(delivery_id)
        return None if text is None else delivery_from_json(text)

    async def save(self, delivery: Delivery) -> None:
        """Keep the delivery. Raises StaleDeliveryError unless the one kept has exactly the revision before it."""
        content, whose = delivery_to_json(delivery), _conversation(delivery)
        if not await self._entries.save(delivery.id, delivery.revision, delivery.state, content, whose):
            raise StaleDeliveryError(f"delivery {delivery.id} was saved by somebody else meanwhile")


def _conversation(delivery: Delivery) -> str:
    """Name the conversation a delivery belongs to: handoff and event ids begin with it."""
    operation = delivery.operation
    key = operation.request.handoff_id if isinstance(operation, OpenTicket) else operation.event_id
    return key.partition(":")[0]
