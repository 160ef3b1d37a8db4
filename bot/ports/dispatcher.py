"""The door to whoever decides which conversation is worked on when."""

from datetime import datetime
from typing import Protocol


class Dispatcher(Protocol):
    """Sees to it that due work is taken up: at least once, never too early. The ledger keeps the truth."""

    def wake(self, at: datetime) -> None:
        """Tell that work falls due at a time, now included. Cheap, and callable on the event loop only."""
