"""A journal in memory, as strict as the one in a file, and the loop that advances a delivery to its end."""

import asyncio

from tests.ticket_bridge.handoffs import Clock
from ticket_bridge import Bridge, Delivery, StaleDeliveryError, delivery_from_json, delivery_to_json


class MemoryJournal:
    """Keeps every saved revision, as JSON."""

    def __init__(self) -> None:
        self.saved: dict[str, list[str]] = {}
        self.refused = 0

    async def load(self, delivery_id: str) -> Delivery | None:
        await asyncio.sleep(0)  # lets another worker go first, as a real store would
        revisions = self.saved.get(delivery_id)
        return delivery_from_json(revisions[-1]) if revisions else None

    async def save(self, delivery: Delivery) -> None:
        await asyncio.sleep(0)
        revisions = self.saved.setdefault(delivery.id, [])
        if delivery.revision != len(revisions) + 1:
            self.refused += 1
            raise StaleDeliveryError(delivery.id)
        revisions.append(delivery_to_json(delivery))

    def states(self, delivery_id: str) -> list[str]:
        """Give the states a delivery was saved in, in order."""
        return [str(delivery_from_json(text).state) for text in self.saved[delivery_id]]


async def to_the_end(bridge: Bridge, delivery: Delivery, clock: Clock) -> Delivery:
    """Advance a delivery until it is done, moving the clock to each due time."""
    for _ in range(100):
        delivery = await bridge.advance(delivery)
        if delivery.done:
            return delivery
        clock.reach(delivery.not_before)
    raise AssertionError(f"not done after 100 steps: {delivery.state}, {delivery.last_error}")
