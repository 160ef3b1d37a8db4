"""What a person need not be asked again: the slots of their last requests, while they are fresh."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.dialog.conversation import Conversation, Origin, Request

REMEMBERED = ("os", "site", "device")
FRESH = timedelta(days=90)
UNKNOWN = "unknown"  # an answer too, but nothing to remember

# What was itself remembered, or set by a flow, is no news of the person: it must not keep itself fresh.
_NEWS = frozenset({Origin.FIRST_MESSAGE, Origin.ANSWER, Origin.AGENT, Origin.ACTION, Origin.CHANNEL})


def remembered(conversations: Iterable[Conversation], now: datetime) -> Mapping[str, str]:
    """Take each slot from the request that closed last and told it, if it closed within 90 days."""
    requests = (one for talk in conversations for one in talk.requests)
    closed = [one for one in requests if one.closed_at and now - FRESH <= one.closed_at <= now]
    known: dict[str, str] = {}
    for request in sorted(closed, key=_closed):
        known |= _told(request)
    return known


def _closed(request: Request) -> datetime:
    if request.closed_at is None:
        raise ValueError("a request that is open has no time of closing")
    return request.closed_at


def _told(request: Request) -> Mapping[str, str]:
    slots = ((name, request.slots.get(name)) for name in REMEMBERED)
    return {
        name: slot.value
        for name, slot in slots
        if slot and slot.origin in _NEWS and isinstance(slot.value, str) and slot.value not in ("", UNKNOWN)
    }
