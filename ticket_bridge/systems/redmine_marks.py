"""Our own keys inside Redmine: a handoff id in one custom field, the event of the last write in another."""

from __future__ import annotations

import hashlib

from ticket_bridge.port import RefusedError
from ticket_bridge.ticket import TicketRef

LONGEST = 255  # characters of such a field


def handoff_mark(handoff_id: str) -> str:
    """Give the handoff id as it is kept. Raises RefusedError for one that Redmine would not keep as it is."""
    if not _plain(handoff_id):
        raise RefusedError(
            f"the handoff id must be 1 to {LONGEST} printable ASCII characters without spaces at its ends"
        )
    return handoff_id


def event_mark(kind: str, event_id: str) -> str:
    """Give what stands for an event of a kind of write."""
    mark = f"{kind}:{event_id}"
    return mark if _plain(mark) else f"{kind}:{hashlib.sha256(event_id.encode(errors='surrogatepass')).hexdigest()}"


def number_of(ref: TicketRef) -> int:
    """Read a ticket's number from its key. Raises RefusedError for a key that Redmine never gave."""
    key = ref.key
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        raise RefusedError(f"there is no ticket {key[:40]}: Redmine's keys are numbers")
    return int(key)


def _plain(text: str) -> bool:
    return 0 < len(text) <= LONGEST and text.isascii() and text.isprintable() and text == text.strip()
