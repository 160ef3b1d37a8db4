"""Since when: a time that is past, told in words."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from .clock import date, length, midnight, minutes, time_of_day, without_date
from .patterns import not_after
from .time_words import COUNT, DATED, DAY, DAYS, FEAST, LENGTH, MONTH, MONTHS, UNIT

_PART_WORDS: tuple[tuple[str, str, int], ...] = (
    (r"avant[- ]hier|(?:the )?day before yesterday", "2", 0),
    (r"hier matin|yesterday morning", "1", 8),
    (r"hier (?:midi|vers midi)|yesterday (?:at )?noon", "1", 12),
    (r"hier apres[- ]midi|hier aprem|yesterday afternoon", "1", 14),
    (r"hier soir|yesterday (?:evening|night)|last night", "1", 18),
    (r"cette nuit", "0", 0),
    (r"hier|yesterday", "1", 0),
    (r"ce (?:matin|mat)|this morning|debut de matinee", "0", 8),
    (r"cet apres[- ]midi|cet aprem|this afternoon", "0", 13),
    (r"ce midi", "0", 12),
    (r"ce soir|this evening|tonight", "0", 18),
    (r"aujourd'hui|today|ajd", "0", 0),
    (r"(?:le |ce |the |last |this |over the ){0,6}week[- ]?end(?: dernier)?", "weekend", 0),
    (r"(?:la )?semaine (?:derniere|passee)|last week", "week", 0),
    (r"(?:le )?mois (?:dernier|passe)|last month", "30", 0),
    (r"cette semaine|this week", "monday", 0),
)
_PARTS = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), days, hour) for words, days, hour in _PART_WORDS)
_PART = "|".join(words for words, _, _ in _PART_WORDS)
_CLOCK = (
    r"(?:\d{1,2} ?(?:h|heures?) ?(?:[0-5]\d)?|\d{1,2}:[0-5]\d(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|midi|noon|minuit"
    r"|midnight)"
)
_AT = rf"(?: (?:vers|a|at|around|from|des))? ?{_CLOCK}"
_DAYED = rf"(?:le |last |on )?(?:{DAY})(?: (?:dernier|passe|matin|soir|apres[- ]midi|midi|morning|afternoon|evening))?"
_LENGTH = (
    rf"(?:environ |au moins |about |around |at least |plus (?:de |d')|more than |over |bientot |now |deja |presque "
    rf"|nearly "
    rf"|the (?:last|past) |les ){{0,2}}(?:{COUNT})[ -]{{0,2}}(?:{UNIT})"
)
# "A licence for 12 months" is no trouble that lasts.
_FOR = not_after(r"\d € licence license valid closed leave away subscription wait is are costs") + "for"
_BARE = (
    rf"(?:il y a|ca fait|voila|{_FOR})(?: (?:maintenant |deja |now |about |around |environ |over |more than |the past "
    rf"|the last )){{0,6}} ?{_LENGTH}"
    rf"|{_LENGTH} ago|(?:{_PART})(?:{_AT})?|(?:le )?(?:{DAY}) (?:dernier|passe)|last (?:{DAY})"
)
_BEGAN = (
    r"(?:(?:a|ont|avait|est|sont|s'est|etait|ai) (?:deja |encore )?(?:commencee?s?|debute|apparue?s?|arrivee?s?"
    r"|survenue?s?|produite?"
    r"|tombee?s? en panne|eu (?:le|un|ce|la|ca)(?: \w+)?|plante|lache|cesse)|j'ai eu (?:le|un|ce|la|ca)(?: \w+)?"
    r"|started|began|begun|happened|occurred|appeared|crashed|broke(?: down)?|stopped|failed|went down|came up)"
)
_SINCE = re.compile(
    r"(?<![\w-])(?:(?:depuis|des|since|from|a partir de|starting)"
    r"(?: (?:le |la |environ |about |around |vers |early |late |at |on )){0,6} ?"
    rf"(?P<since>(?:{_PART})(?:{_AT})?|{_CLOCK} (?:{_PART})|{DATED}(?:{_AT})?|{_DAYED}(?:,?{_AT})?|{FEAST}|(?:debut "
    rf"|mi-|fin |early |mid-|late )?(?:{MONTH})"
    rf"(?! \d)|(?<!from ){_LENGTH}|{_CLOCK})(?!\w)"
    rf"|{_BEGAN}(?: (?!depuis|since|hier|yesterday|il y a)[\w'-]+){{0,4}}? (?P<began>(?:{_PART})(?:{_AT})?|(?:le |on "
    rf"|last )?(?:{DAY})(?: (?:dernier|matin|soir|morning|night))?(?:{_AT})?"
    rf"|{_AT.replace('?: (', '?:(', 1)})(?!\w)"
    rf"|(?P<bare>{_BARE})(?!\w)(?!'s (?!update|upgrade)))"
)
# Yesterday's meeting, or thanks for this morning: no beginning of a trouble.
_NO_TROUBLE = re.compile(
    r"(?<!\w)(?:merci|thanks|thank you|reunion|meeting|visio|call|rdv|rendez-vous|appel|demande"
    r"|ticket)(?!\w)[^.!?;\n]{0,40}$"
)
_WORKED = r"(?:marchait|fonctionnait|allait|passait|worked|was (?:working|fine|ok|good)|were fine)"
_STILL_FINE = re.compile(rf"(?<!\w){_WORKED}(?!\w)[^.!?,;\n]{{0,25}}$")
_FINE_AFTER = re.compile(rf",? (?:(?:encore|still|ca|tout|it|everything|cela|le \w+|the \w+) ){{1,2}}{_WORKED}(?!\w)")


def since(plain: str, now: datetime, lang: str) -> Iterator[tuple[datetime, tuple[int, int]]]:
    """Read times that something began, never after now; midnight where only the day is told."""
    for match in _SINCE.finditer(plain):
        if match["bare"] and _tells_no_beginning(plain, match):
            continue
        said = match["since"] or match["began"] or match["bare"]
        at = _past(said, now, lang, clock_first=match["began"] is not None)
        if at and (match["since"] or at <= now):
            yield min(at, now), match.span()


def _tells_no_beginning(plain: str, match: re.Match[str]) -> bool:
    """Tell yesterday's meeting, thanks for this morning, and "it worked yesterday" from a trouble that began."""
    start = max(0, match.start() - 60)
    if any(pattern.search(plain, start, match.start()) for pattern in (_NO_TROUBLE, _STILL_FINE)):
        return True
    return _FINE_AFTER.match(plain, match.end()) is not None


def _past(said: str, now: datetime, lang: str, clock_first: bool) -> datetime | None:
    try:
        return (
            _day_part(said, now)
            or _date(said, now, lang)
            or _weekday(said, now)
            or (None if clock_first else _ago(said, now))
            or _month(said, now)
            or _clock(said, now)
        )
    except (ValueError, OverflowError):
        return None


def _day_part(said: str, now: datetime) -> datetime | None:
    """Read "this morning", "yesterday evening", "last week": days back and an hour."""
    for pattern, days, hour in _PARTS:
        if pattern.search(said):
            weekdays = {"weekend": now.weekday() + 2, "week": now.weekday() + 7, "monday": now.weekday()}
            back = weekdays[days] if days in weekdays else int(days)
            at = midnight(now - timedelta(days=back)).replace(hour=hour)
            return _with_clock(re.sub(r"apres[- ]midi", "", said), at)
    return None


def _date(said: str, now: datetime, lang: str) -> datetime | None:
    told = date(said, now, lang)
    if not told:
        return None
    at, exact = told
    at = at.replace(year=at.year - 1) if at > now and not exact else at
    return _with_clock(without_date(said), at)


def _weekday(said: str, now: datetime) -> datetime | None:
    for number, pattern in enumerate(DAYS):
        if pattern.search(said):
            back = (now.weekday() - number) % 7 or 7
            return _with_clock(said, midnight(now - timedelta(days=back)))
    return None


def _ago(said: str, now: datetime) -> datetime | None:
    match = LENGTH.search(said)
    if not match or _is_clock(match, now):
        return None
    span = length(said) or timedelta()
    if minutes(match) >= 1_440:
        return midnight(now - span)
    return (now - span).replace(second=0, microsecond=0)


def _is_clock(match: re.Match[str], now: datetime) -> bool:
    """Tell "since 9h", the time, from "for 2h", the length: by day the one, otherwise the other."""
    count = match["count"]
    if match["unit"] != "h" or not count.isdigit():
        return False
    return match["more"] is not None or 6 <= int(count) <= now.hour


def _month(said: str, now: datetime) -> datetime | None:
    """The first of a month that is named alone, or about the day that "mid" and "late" mean."""
    match = re.search(rf"(?<!\w)(?:{MONTH})(?!\w)", said)
    if not match:
        return None
    day = 15 if re.match(r"mi|mid", said) else 25 if re.match(r"fin|late", said) else 1
    at = midnight(now.replace(month=next(n for n, names in MONTHS if match[0].startswith(names)), day=day))
    return at.replace(year=at.year - 1) if at > now else at


def _clock(said: str, now: datetime) -> datetime | None:
    told = time_of_day(said)
    if not told:
        return None
    at = midnight(now).replace(hour=told[0], minute=told[1])
    return at if at <= now else at - timedelta(days=1)


def _with_clock(said: str, at: datetime) -> datetime:
    told = time_of_day(said)
    return at.replace(hour=told[0], minute=told[1]) if told else at
