"""When things are asked again, told in words."""

from datetime import datetime, timedelta

from .draft import Draft

_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def later(draft: Draft, hours: float) -> datetime:
    """The time so many hours after the event."""
    return draft.at + timedelta(hours=hours)


def named_time(draft: Draft) -> datetime | None:
    """The time to come that the message names ("not now, at 3 pm"), if it does."""
    told = next((one.value for one in draft.understood.entities if one.name == "later"), "")
    try:
        when = datetime.fromisoformat(told) if told else None
    except ValueError:
        return None
    return when if when and when.tzinfo and when > draft.at else None


def local(draft: Draft, when: datetime) -> datetime:
    """The time in the desk's time zone."""
    return when + (timedelta(minutes=draft.facts.utc_offset_minutes) - (when.utcoffset() or timedelta()))


def day(when: datetime, lang: str) -> str:
    """The weekday in words."""
    return _DAYS.get(lang, _DAYS["en"])[when.weekday()]


def hour(when: datetime, lang: str) -> str:
    """The time of day as people write it: 8 h 30 in French, 08:30 in English."""
    if lang == "fr":
        return f"{when.hour} h {when.minute:02}" if when.minute else f"{when.hour} h"
    return f"{when.hour:02}:{when.minute:02}"


def moment(when: datetime, lang: str) -> str:
    """Day and time of day in words, as in "mardi à 9 h"."""
    between = " à " if lang == "fr" else " at "
    return f"{day(when, lang)}{between}{hour(when, lang)}"
