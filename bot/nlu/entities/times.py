"""Since when, and until when: times told in words, as ISO 8601 with the offset of the message's own clock.

What must be done today presses and is a `deadline`; what must be done later is `due` then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.dialog.understanding import Entity

from .ahead import deadlines, laters
from .claims import Claims
from .since import since

_SOON = timedelta(hours=12)  # at night, today ends early


def times(text: str, plain: str, now: datetime, lang: str = "fr") -> Iterator[Entity]:
    """Read deadline or due and later (never before now) and since (never after now), at most one of each."""
    claims = Claims(len(text))
    for name, told in (("deadline", deadlines), ("later", laters), ("since", since)):
        for at, (start, end) in told(plain, now, lang):
            far = name == "deadline" and at.date() != now.date() and at - now > _SOON
            entity = Entity("due" if far else name, at.isoformat(timespec="minutes"), text[start:end], start, end)
            if claims.take([entity]):
                yield entity
                break
