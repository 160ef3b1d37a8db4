"""How many codes are sent: so few that guessing is hopeless and no mailbox is flooded."""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.ports.notes import Notes

MOST = ((3, timedelta(hours=1)), (6, timedelta(days=1)))  # for one person, and to one address whoever asks
Sent = tuple[tuple[str, str], ...]  # key and time of the codes of late


def spent(sent: Sent, key: str, now: datetime) -> Sent | None:
    """Those of the last day with a further one; None where there were as many as there may be. A known key is free."""
    if any(one == key for one, _ in sent):
        return sent
    ages = [now - datetime.fromisoformat(at) for _, at in sent]
    if any(sum(age < period for age in ages) >= most for most, period in MOST):
        return None
    longest = max(period for _, period in MOST)
    fresh = (one for one, age in zip(sent, ages, strict=True) if age < longest)
    return (*fresh, (key, now.isoformat()))


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Counts the codes sent to each address, under a mark that only `secret` makes."""

    notes: Notes
    secret: bytes

    async def grant(self, email: str, key: str, now: datetime) -> bool:
        """Whether another code may go there, which then counts; equal `key`, counted once."""
        mark = hmac.new(self.secret, f"mailbox\0{email}".encode(), sha256).hexdigest()
        while True:
            told = await self.notes.load(f"codes:{mark}")
            revision, before = json.loads(told) if told else (0, ())
            sent = tuple((one[0], one[1]) for one in before)
            after = spent(sent, key, now)
            if after is None or after == sent:
                return after is not None
            kept = json.dumps((revision + 1, after))
            if await self.notes.save(f"codes:{mark}", revision + 1, "counted", kept):
                return True
