"""Reading a told time: numbers, dates and times of day in a few words of folded text."""

import re
from datetime import datetime, timedelta

from .time_words import CLOCK, DATE, FEASTS, LENGTH, MONTHS, NUMBERS, UNITS


def midnight(at: datetime) -> datetime:
    """The beginning of a time's day."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def minutes(match: re.Match[str]) -> float:
    """The minutes of a length told in words: "half an hour", "2 jours", "1h30"."""
    count, unit = match["count"], match["unit"]
    number = float(count) if count.isdigit() else NUMBERS.get(count, 1)
    if unit.startswith(("an", "y")):
        return 525_600 * number
    return next(length for start, length in UNITS if unit.startswith(start)) * number + int(match["more"] or 0)


def length(said: str) -> timedelta | None:
    """How long it is: a few words that hold a number and a unit."""
    match = LENGTH.search(said)
    return timedelta(minutes=minutes(match)) if match else None


def time_of_day(said: str) -> tuple[int, int, bool] | None:
    """Hour, minute, and whether the half of the day is certain; raises ValueError for none that exists."""
    clock = CLOCK.search(said)
    if not clock:
        return None
    if clock["noon"] or clock["night"]:
        return (12 if clock["noon"] else 0), 0, True
    hour, half = int(clock["hour"]), (clock["half"] or "").replace(".", "")
    if half and hour > 12:
        raise ValueError(said)
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    return hour, int(clock["minute"] or 0), bool(half)


def date(said: str, now: datetime, lang: str) -> tuple[datetime, bool] | None:
    """The midnight of a date, and whether its year is told; raises ValueError for a date that does not exist."""
    for pattern, month, day in FEASTS:
        if pattern.search(said):
            return midnight(now.replace(month=month, day=day)), False
    match = DATE.search(said)
    if not match:
        return None
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return midnight(now.replace(year=year, month=month, day=day)), True
    day, month = (int(match["d"]), int(match["m"])) if match["d"] else _worded(match)
    if match["d"] and (month > 12 or (lang == "en" and match["year"] and day <= 12 < month)):
        day, month = month, day
    year = int(match["year"]) if match["year"] else now.year
    return midnight(now.replace(year=year + (2000 if year < 100 else 0), month=month, day=day)), bool(match["year"])


def without_date(said: str) -> str:
    """The words without a date, whose day would be read as an hour."""
    return DATE.sub(" ", said)


def _worded(match: re.Match[str]) -> tuple[int, int]:
    name = match["month"] or match["month_first"]
    return int(match["day"] or match["day_after"]), next(n for n, names in MONTHS if name.startswith(names))
