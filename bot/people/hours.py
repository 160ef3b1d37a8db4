"""Opening hours: "mon-fri 08:30-12:00, 13:30-18:00, sat 09:00-12:00" to open or closed, and open again when."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXAMPLE = "mon-fri 08:30-18:00, sat 09:00-12:00"
FURTHEST = 400  # days looked ahead for the next opening

_SPAN = re.compile(r"(?:([a-z]+)(?:-([a-z]+))?\s+)?(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a weekday (0 = Monday) in minutes from midnight, the end not included."""

    day: int
    opens: int
    closes: int


def read_hours(text: str) -> tuple[Span, ...]:
    """Read opening hours. `always` is open at any time; a stretch without days has those of the one before it.

    Raises ValueError naming every fault with its mend.
    """
    if text.strip().lower() == "always":
        return tuple(Span(day, 0, 24 * 60) for day in range(7))
    spans: list[Span] = []
    faults: list[str] = []
    days: tuple[int, ...] = ()
    for part in (one.strip().lower() for one in text.split(",")):
        try:
            days, opens, closes = _stretch(part, days)
        except ValueError as fault:
            faults.append(str(fault))
        else:
            spans += [Span(day, opens, closes) for day in days]
    faults = faults or list(_overlaps(sorted(spans)))
    if faults:
        raise ValueError("; ".join(faults))
    return tuple(sorted(spans))


def _stretch(part: str, before: tuple[int, ...]) -> tuple[tuple[int, ...], int, int]:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise ValueError(f"'{part}' is no stretch of hours: write for example '{EXAMPLE}', or 'always'")
    first, last, *clock = found.groups()
    if first is None and not before:
        raise ValueError(f"'{part}' names no day: write for example 'mon-fri {part}'")
    days = _days(first, last or first) if first else before
    opens, closes = _minutes(part, *clock[:2]), _minutes(part, *clock[2:])
    if closes <= opens:
        raise ValueError(f"'{part}' ends before it begins: end at 24:00, and give the rest to the next day")
    return days, opens, closes


def _days(first: str, last: str) -> tuple[int, ...]:
    unknown = [day for day in (first, last) if day not in DAYS]
    if unknown:
        raise ValueError(f"'{unknown[0]}' is no day: use {' '.join(DAYS)}")
    begin, end = DAYS.index(first), DAYS.index(last)
    return tuple(range(begin, end + 1)) if begin <= end else (*range(begin, 7), *range(end + 1))


def _minutes(part: str, hour: str, minute: str) -> int:
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > 24 * 60:
        raise ValueError(f"'{part}': {hour}:{minute} is no time of day: use 00:00 to 24:00")
    return total


def _overlaps(spans: list[Span]) -> Iterator[str]:
    for one, other in pairwise(spans):
        if one.day == other.day and other.opens < one.closes:
            yield f"two stretches of {DAYS[one.day]} overlap: make one of them"


def _no_holidays(year: int) -> frozenset[date]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class DeskHours:
    """When the desk is staffed, in its own time zone. `holidays` gives the days off of a year."""

    spans: tuple[Span, ...]
    zone: tzinfo = UTC
    holidays: Callable[[int], frozenset[date]] = _no_holidays

    def open_at(self, at: datetime) -> bool:
        """Tell whether the desk is staffed at an aware time."""
        local = at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        return any(span.opens <= minute < span.closes for span in self._of(local.date()))

    def back_at(self, at: datetime) -> datetime | None:
        """Tell when the desk next opens after an aware time, in local time; None when it never does."""
        today = at.astimezone(self.zone).date()
        for day in (today + timedelta(days=ahead) for ahead in range(FURTHEST)):
            for span in self._of(day):
                opens = self._local(day, span.opens)
                if opens > at:
                    return opens
        return None

    def utc_offset_minutes(self, at: datetime) -> int:
        """Tell how far local time is ahead of UTC."""
        return int((at.astimezone(self.zone).utcoffset() or timedelta()).total_seconds()) // 60

    def _of(self, day: date) -> Iterator[Span]:
        if day not in self.holidays(day.year):
            yield from (span for span in self.spans if span.day == day.weekday())

    def _local(self, day: date, minute: int) -> datetime:
        """Give a wall-clock time; one that the change of the clocks leaves out is moved behind the gap."""
        wall = datetime(day.year, day.month, day.day, minute // 60 % 24, minute % 60, tzinfo=self.zone)
        return wall.astimezone(UTC).astimezone(self.zone)
