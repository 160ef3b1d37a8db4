"""What goes wrong on the way to the platform, as a test orders it."""

from dataclasses import dataclass, field
from typing import Literal

Outage = Literal["", "refused", "bad gateway"]
LIMITED = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup")


@dataclass
class Flood:
    """Refusals still to come: each says to wait `seconds`."""

    seconds: int
    times: int
    methods: tuple[str, ...]


@dataclass
class Faults:
    """The faults in force."""

    floods: list[Flood] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    outage: Outage = ""

    def flooded(self, method: str) -> int:
        """Seconds that this call is told to wait, 0 if it may go on."""
        for flood in self.floods:
            if flood.times > 0 and method in flood.methods:
                flood.times -= 1
                return flood.seconds
        return 0

    def loses(self, method: str) -> bool:
        """Whether the answer to this call gets lost."""
        left = self.lost.get(method, 0)
        if left > 0:
            self.lost[method] = left - 1
        return left > 0

    def delay(self, method: str) -> float:
        """Seconds that the answer to this call takes longer."""
        return self.delays.get(method, self.delays.get("", 0.0))
