"""How much one sender may do in a while, counted in memory."""

import math
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then one each `seconds`."""

    burst: int
    seconds: float


class Meter:
    """Counts who did how much lately; knows at most `places` of them, the longest silent is forgotten first."""

    def __init__(self, rate: Rate, places: int = 10_000) -> None:
        self._rate = rate
        self._places = places
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()  # who -> (left, at)

    def wait(self, who: str, now: float) -> int:
        """Count one more; give the seconds to wait, 0 = go on. `now` is monotonic seconds."""
        left, at = self._seen.pop(who, (float(self._rate.burst), now))
        left = min(float(self._rate.burst), left + (now - at) / self._rate.seconds)
        taken = left >= 1
        self._seen[who] = (left - 1 if taken else left, now)
        while len(self._seen) > self._places:
            self._seen.popitem(last=False)
        return 0 if taken else math.ceil((1 - left) * self._rate.seconds)
