"""A figure, and the goals beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `must`, `stretch`: goals, None = none; `less`: less is better. `how`: the command, and on what."""

    key: str
    what: str
    value: float
    must: float | None
    stretch: float | None
    how: str
    less: bool = False

    @property
    def is_share(self) -> bool:
        """Whether it is a share, 0..1; else it is a time or a size."""
        return not self.what.endswith((", ms", ", s", ", MB"))

    @property
    def reached(self) -> str:
        """Which goal is reached."""
        for name, goal in (("stretch", self.stretch), ("must", self.must)):
            if goal is not None and (self.value <= goal if self.less else self.value >= goal):
                return name
        return "" if self.must is None else "missed"
