"""Tables that came from outside, read without trust: a look gives the kind asked for, or its empty value."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """One table of an update. Whatever stands in it, no look raises."""

    held: Mapping[str, object]

    @classmethod
    def of(cls, told: object) -> "Raw":
        """Take anything: what is no table counts as an empty one."""
        return cls(told if isinstance(told, Mapping) else {})

    def __bool__(self) -> bool:
        return bool(self.held)

    def table(self, name: str) -> "Raw":
        """A table in this one."""
        return Raw.of(self.held.get(name))

    def tables(self, name: str) -> "tuple[Raw, ...]":
        """The tables of a list."""
        return tuple(Raw.of(one) for one in self.items(name))

    def items(self, name: str) -> tuple[object, ...]:
        """The members of a list."""
        held = self.held.get(name)
        return tuple(held) if isinstance(held, list) else ()

    def text(self, name: str) -> str:
        """A text fit to be kept: half characters and NUL are replaced, each by one, so that places in it hold."""
        held = self.held.get(name)
        return held.encode("utf-8", "replace").decode().replace("\0", "?") if isinstance(held, str) else ""

    def number(self, name: str) -> int:
        """A whole number."""
        held = self.held.get(name)
        return held if isinstance(held, int) and not isinstance(held, bool) else 0

    def degrees(self, name: str) -> float | None:
        """A number with decimals, None where there is none."""
        held = self.held.get(name)
        return float(held) if isinstance(held, int | float) and abs(held) <= 360 else None

    def yes(self, name: str) -> bool:
        """Yes or no."""
        return self.held.get(name) is True
