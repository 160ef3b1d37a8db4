"""A time to come: until when something must be done, and when somebody will be able to try."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from . import ahead_words as words
from .clock import date, length, midnight, time_of_day, without_date
from .time_words import DAYS

_MORNING, _EVENING = 9, 18
_AFTERNOON_ONLY = 8  # "at 2", said at noon, is of the afternoon; "at 8" is not of the evening
_BEFORE = 110  # characters in which it is said what the time is for
Told = Iterator[tuple[datetime, tuple[int, int]]]


def deadlines(plain: str, now: datetime, lang: str) -> Told:
    """Read times by which something must be done, never before now; a day alone ends in the evening."""
    for moment in words.MOMENT.finditer(plain):
        span = _due(plain, moment)
        if span is None:
            continue
        strict = re.search(r"(?:avant|before) (?:le |the )?$", plain[span[0] : moment.start()]) is not None
        at = _ahead(moment, now, lang, 0 if strict else _EVENING)
        if at and at >= now:
            yield at, span


def laters(plain: str, now: datetime, lang: str) -> Told:
    """Read when somebody will be able to try, never before now; a day alone begins in the morning."""
    for moment in words.MOMENT.finditer(plain):
        if not _put_off(plain, moment):
            continue
        at = _ahead(moment, now, lang, _MORNING)
        if at and at <= now and at.date() == now.date():
            at += timedelta(days=1)
        if at and at > now:
            yield at, moment.span()


def _due(plain: str, moment: re.Match[str]) -> tuple[int, int] | None:
    """Where it is said that something is due at a time; None when it is not."""
    start, end = moment.span()
    begin = max(0, start - _BEFORE)
    for pattern in _ways(plain, moment):
        told = pattern.search(plain, begin, start)
        if told and not _means_later(plain, moment, pattern, told):
            return told.start(), end
    if moment["relative"] and moment[0].startswith("d'ici"):
        return start, end
    if moment["relative"] and (after := words.EVENT_AFTER.match(plain, end)):
        return start, after.end()
    ours = words.OURS_BEFORE.search(plain, begin, start) if moment["clock"] else None
    after = words.EVENT_SOON_AFTER.match(plain, end) if ours else None
    return (ours.start(), after.end()) if ours and after else None


def _ways(plain: str, moment: re.Match[str]) -> Iterator[re.Pattern[str]]:
    """The words that may stand before such a time; a day without an hour is due only where a limit is named."""
    past = words.PAST_AFTER.match(plain, moment.end()) is not None
    if not moment["hour"]:
        yield from (words.LIMIT_BEFORE, words.MUST_FOR_BEFORE)
    if past or (moment["day"] and not moment["timed"] and not words.HALF.search(moment[0])):
        return
    yield words.EVENT_BEFORE
    if moment["hour"]:
        return
    if not moment["day"]:
        yield words.FOR_BEFORE
    yield from (words.MUST_BEFORE, words.GO_BEFORE)


def _means_later(plain: str, moment: re.Match[str], way: re.Pattern[str], told: re.Match[str]) -> bool:
    """Tell "not before 3 pm" and "you must call me at 3 pm" from what is due then."""
    if way is words.LIMIT_BEFORE:
        return words.NOT_BEFORE.search(plain, max(0, told.start() - _BEFORE), moment.start()) is not None
    return way is words.MUST_BEFORE and _put_off(plain, moment, told.start())


def _put_off(plain: str, moment: re.Match[str], since: int = 0) -> bool:
    """Tell whether somebody will try, call or go on at a time."""
    start, begin = moment.start(), max(since, moment.start() - _BEFORE)
    if any(pattern.search(plain, begin, start) for pattern in (words.NOT_BEFORE, words.AGAIN_BEFORE)):
        return True
    return words.AGAIN_AFTER.match(plain, moment.end()) is not None


def _ahead(moment: re.Match[str], now: datetime, lang: str, otherwise: int) -> datetime | None:
    """The time to come that is told; at the hour `otherwise` where only a day is."""
    said = moment[0]
    try:
        if moment["relative"]:
            return _from_now(length(said) or timedelta(), now)
        day, rest = _day(said, now, lang), without_date(said)
        half = next((hour for pattern, hour in words.HOURS if pattern.search(rest)), None)
        clock = time_of_day(re.sub(r"apres[- ]midi|afternoon", " ", rest))
        hour, minute, sure = clock or (half if half is not None else otherwise, 0, True)
        at = (day or midnight(now)).replace(hour=hour, minute=minute)
    except (ValueError, OverflowError):
        return None
    if at < now and not day and not sure and at.hour < _AFTERNOON_ONLY:
        at += timedelta(hours=12)
    return at


def _from_now(span: timedelta, now: datetime) -> datetime:
    if span >= timedelta(days=1):
        return midnight(now + span).replace(hour=_MORNING)
    return (now + span).replace(second=0, microsecond=0)


def _day(said: str, now: datetime, lang: str) -> datetime | None:
    """The midnight of a day to come that is named."""
    today = midnight(now)
    if re.search(r"apres[- ]demain|day after tomorrow", said):
        return today + timedelta(days=2)
    if re.search(r"demain|tomorrow", said):
        return today + timedelta(days=1)
    if re.search(r"semaine prochaine|next week", said):
        return today + timedelta(days=7 - now.weekday())
    for number, pattern in enumerate(DAYS):
        if pattern.search(said):
            return today + timedelta(days=(number - now.weekday()) % 7 or 7)
    if told := date(said, now, lang):
        at, exact = told
        return at.replace(year=at.year + 1) if at < today and not exact else at
    return None
