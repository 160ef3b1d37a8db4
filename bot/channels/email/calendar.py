"""An invitation, told in a few lines: what, when, where, and who asks."""

import re
from dataclasses import dataclass
from email.message import Message

from .charsets import decoded, one_line, plain
from .structure import content, is_attached, parameter, type_of

_MOST = 100_000  # characters that are read: an event has a thousand
_MOST_VALUE = 300
_LINE = re.compile(r"([A-Za-z-]{2,20})((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)")
_ASKS = {"REQUEST", "REPLY", "CANCEL", "COUNTER", "DECLINECOUNTER", "REFRESH", "ADD"}
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?")
_ESCAPED = re.compile(r"\\([\\,;nN])")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A part that calendars exchange; `method` is "" where it is only a file of dates."""

    method: str = ""
    summary: str = ""
    start: str = ""
    end: str = ""
    location: str = ""
    organizer: str = ""

    @property
    def text(self) -> str:
        """The event in a few lines."""
        when = " – ".join(filter(None, (self.start, self.end)))
        return "\n".join(filter(None, (self.summary, when, self.location, self.organizer)))


def invitation(part: Message) -> Invitation | None:
    """Read a calendar part that asks or answers; a file of dates that somebody attached is None."""
    if type_of(part) != "text/calendar" or is_attached(part):
        return None
    told = _values(decoded(content(part)[:_MOST], parameter(part, "charset")))
    method = (parameter(part, "method") or told.get("METHOD", "")).upper()
    if method not in _ASKS:
        return None
    organizer = re.sub(r"^mailto:", "", told.get("ORGANIZER", ""), flags=re.IGNORECASE)
    return Invitation(
        method,
        told.get("SUMMARY", ""),
        _when(told.get("DTSTART", "")),
        _when(told.get("DTEND", "")),
        told.get("LOCATION", ""),
        organizer,
    )


def _values(text: str) -> dict[str, str]:
    """The first value of each name, of the calendar and its first event; time zones have dates of their own."""
    told: dict[str, str] = {}
    skipping = ""
    for line in re.sub(r"\n[ \t]", "", plain(text)).split("\n"):
        found = _LINE.match(line.strip())
        if not found:
            continue
        name, value = found[1].upper(), found[3]
        if name == "BEGIN" and value.strip().upper() in ("VTIMEZONE", "VALARM"):
            skipping = value.strip().upper()
        elif name == "END" and value.strip().upper() == skipping:
            skipping = ""
        elif name == "END" and value.strip().upper() == "VEVENT":
            break
        elif not skipping:
            unescaped = _ESCAPED.sub(lambda one: " " if one[1] in "nN" else one[1], value)
            told.setdefault(name, one_line(unescaped, _MOST_VALUE))
    return told


def _when(value: str) -> str:
    found = _TIME.match(value)
    if not found:
        return ""
    year, month, day, hour, minute = found.groups()
    clock = f" {hour}:{minute}{' UTC' if value.endswith('Z') else ''}" if hour else ""
    return f"{year}-{month}-{day}{clock}"
