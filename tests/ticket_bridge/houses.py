"""A bridge to a desk that loses answers, ready to be worked with."""

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal, to_the_end
from tests.ticket_bridge.lossy_desk import Fault, LossyDesk
from ticket_bridge import (
    Bridge,
    Delivery,
    TicketRef,
)


class House:
    """A bridge to a lossy desk, with its journal and its clock."""

    def __init__(self, *script: Fault) -> None:
        self.clock = Clock()
        self.desk = LossyDesk(self.clock, script)
        self.journal = MemoryJournal()
        self.bridge = Bridge(self.desk, self.journal, self.clock)

    def opened(self) -> TicketRef:
        """Give a ticket that is already there."""
        return self.desk.put(handoff())

    async def to_the_end(self, delivery: Delivery) -> Delivery:
        """Advance a delivery until it is done, moving the clock to each due time."""
        return await to_the_end(self.bridge, delivery, self.clock)
