"""The door to time, and its two clocks: the machine's, and one that moves only when told."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time. Decisions never ask it: time reaches them on the event."""

    def now(self) -> datetime:
        """Tell the time, aware."""


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """Tell the machine's time."""
        return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is moved; for `chat`, transcripts and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Tell where the clock was last put."""
        return self._now

    def move(self, to: datetime) -> None:
        """Put the clock at a time; it never goes back."""
        self._now = max(self._now, to)
