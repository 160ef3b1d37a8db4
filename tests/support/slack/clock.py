"""The platform's clock: real time that a test may move ahead."""

import time
from dataclasses import dataclass


@dataclass
class Clock:
    """Now, in seconds since 1970, and time stamps that never repeat."""

    ahead: float = 0.0
    last: float = 0.0

    def now(self) -> float:
        """Seconds since 1970, moved ahead by what tests asked for."""
        return time.time() + self.ahead

    def move(self, seconds: float) -> None:
        """Let `seconds` pass at once."""
        self.ahead += seconds

    def stamp(self) -> str:
        """A fresh `ts`: Slack's names for messages are times, unique and rising."""
        self.last = max(round(self.now(), 6), round(self.last + 0.000_001, 6))
        return f"{self.last:.6f}"
