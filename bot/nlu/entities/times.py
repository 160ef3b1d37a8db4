"""Since when, and until when: times told in words, as ISO 8601 with the offset of the message's own clock."""

import re
from datetime import datetime, timedelta

from bot.dialog.understanding import Entity

from .time_words import AGO, CLOCK, DATE, DAYS, DEADLINE, LATER, MONTHS, NUMBERS, PARTS, SINCE, UNITS


def times(text: str, plain: str, now: datetime, lang: str = "fr") -> list[Entity]:
    """Read since (never after now; midnight where only the day is told), deadline and later (never before now)."""
    found: list[Entity] = []
    deadline = DEADLINE.search(plain)
    if deadline and (at := _ahead(deadline[0], now)):
        found.append(_entity("deadline", at, text, *deadline.span()))
    later = None if deadline else LATER.search(plain)
    if later and (at := _later(later["when"], now)):
        found.append(_entity("later", at, text, *later.span("when")))
    for match in SINCE.finditer(plain):
        if deadline and match.start() < deadline.end() and deadline.start() < match.end():
            continue
        if at := _since(match, now, lang):
            found.append(_entity("since", at, text, *match.span()))
            break
    return found


def _entity(name: str, at: datetime, text: str, start: int, end: int) -> Entity:
    return Entity(name, at.isoformat(timespec="minutes"), text[start:end], start, end)


def _since(match: re.Match[str], now: datetime, lang: str) -> datetime | None:
    said = match["since"] or match["bare"]
    try:
        at = (
            _day_part(said, now)
            or _date(said, now, lang)
            or _weekday(said, now)
            or _ago(said, now)
            or _clock(said, now)
        )
    except (ValueError, OverflowError):
        return None
    return min(at, now) if at else None


def _ago(said: str, now: datetime) -> datetime | None:
    match = AGO.search(said)
    if not match or _is_clock(match, now):
        return None
    count, unit = _number(match["count"]), match["unit"]
    if unit.startswith(("an", "y")):
        return _midnight(now - timedelta(days=365 * count))
    span = timedelta(minutes=next(minutes for start, minutes in UNITS if unit.startswith(start)) * count)
    return (now - span).replace(second=0, microsecond=0) if span < timedelta(days=1) else _midnight(now - span)


def _is_clock(match: re.Match[str], now: datetime) -> bool:
    """Tell "since 9h", the time, from "for 2h", the length: by day the one, otherwise the other."""
    return match["unit"] == "h" and match["count"].isdigit() and 6 <= int(match["count"]) <= now.hour


def _number(word: str) -> float:
    return float(word) if word.isdigit() else NUMBERS.get(word, 1)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _day_part(said: str, now: datetime) -> datetime | None:
    """Read "this morning", "yesterday evening", "last week": days back and an hour."""
    for pattern, days, hour in PARTS:
        if pattern.search(said):
            back = (now.weekday() + 2 if days == "weekend" else now.weekday() + 7 if days == "week" else int(days)) or 0
            at = _midnight(now - timedelta(days=back)).replace(hour=hour)
            return _with_clock(said, at)
    return None


def _weekday(said: str, now: datetime) -> datetime | None:
    for number, pattern in enumerate(DAYS):
        if pattern.search(said):
            back = (now.weekday() - number) % 7 or 7
            return _with_clock(said, _midnight(now - timedelta(days=back)))
    return None


def _with_clock(said: str, at: datetime) -> datetime:
    clock = CLOCK.search(said)
    return at.replace(hour=_hour(clock), minute=int(clock["minute"] or 0)) if clock else at


def _hour(clock: re.Match[str]) -> int:
    """Hours 0..23; raises ValueError for others where the caller builds a time of them."""
    if clock["noon"]:
        return 0 if clock["noon"] in ("minuit", "midnight") else 12
    hour = int(clock["hour"])
    half = (clock["half"] or "").replace(".", "")
    return hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour


def _date(said: str, now: datetime, lang: str) -> datetime | None:
    match = DATE.search(said)
    if not match:
        return None
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return _midnight(now.replace(year=year, month=month, day=day))
    day, month = (int(match["d"]), int(match["m"])) if match["d"] else _worded(match)
    if match["d"] and (month > 12 or (lang == "en" and match["year"] and day <= 12 < month)):
        day, month = month, day
    year = int(match["year"]) if match["year"] else now.year
    at = _midnight(now.replace(year=year + (2000 if year < 100 else 0), month=month, day=day))
    return at.replace(year=at.year - 1) if at > now and not match["year"] else at


def _worded(match: re.Match[str]) -> tuple[int, int]:
    name = match["month"] or match["month_first"]
    return int(match["day"] or match["day_after"]), next(n for n, names in MONTHS if name.startswith(names))


def _clock(said: str, now: datetime) -> datetime | None:
    clock = CLOCK.search(said)
    if not clock:
        return None
    at = _midnight(now).replace(hour=_hour(clock), minute=int(clock["minute"] or 0))
    return at if at <= now else at - timedelta(days=1)


def _later(said: str, now: datetime) -> datetime | None:
    """ "In two hours", "at 3 pm" (of tomorrow once it is past), "tomorrow" (at 9 unless the afternoon is named)."""
    if said.startswith(("dans", "in ")):
        return _ahead(said, now)
    clock, tomorrow = CLOCK.search(said.replace("afternoon", "")), re.search(r"demain|tomorrow", said)
    if not clock and not tomorrow:
        return None
    afternoon = 14 if re.search(r"apres[- ]midi|afternoon", said) else 9
    hour, minute = (_hour(clock), int(clock["minute"] or 0)) if clock else (afternoon, 0)
    at = _midnight(now).replace(hour=hour, minute=minute)
    return at + timedelta(days=1) if tomorrow or at <= now else at


def _ahead(said: str, now: datetime) -> datetime | None:
    """A time to come: so many minutes or hours from now, or a time of day."""
    try:
        if ahead := AGO.search(said):
            minutes = next(minutes for start, minutes in UNITS if ahead["unit"].startswith(start)) * _number(
                ahead["count"]
            )
            return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
        clock = CLOCK.search(said)
        if not clock:
            return None
        at = _midnight(now).replace(hour=_hour(clock), minute=int(clock["minute"] or 0))
        at += timedelta(days=1) if re.search(r"demain|tomorrow", said) else timedelta()
        if at < now and not clock["half"] and not clock["noon"] and at.hour < 12:
            at += timedelta(hours=12)  # "meeting at 2" said at noon
        return at if at >= now else None
    except (ValueError, OverflowError, StopIteration):
        return None
