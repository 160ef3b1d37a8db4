"""An update that cannot be taken is tried again, and left out when it fails every time."""

import logging
from collections.abc import Awaitable, Callable

from bot.channels.telegram.raw import Raw
from bot.channels.telegram.spoken import Me
from bot.ports.ledger import NotWrittenError

TRIES = 3
_MOST_KNOWN = 1_000
log = logging.getLogger(__name__)

Take = Callable[[object, Me], Awaitable[object]]


class Taker:
    """Counts how often an update has failed."""

    def __init__(self, take: Take) -> None:
        """`take` stores one update, or raises where it could not."""
        self._take = take
        self._failed: dict[int, int] = {}

    async def take(self, update: object, me: Me) -> None:
        """Take one update. Raises what taking it raises; the third time it is logged by its number and left out."""
        number = number_of(update)
        try:
            await self._take(update, me)
        except NotWrittenError:  # nothing is wrong with it
            raise
        except Exception as error:
            self._failed[number] = self._failed.get(number, 0) + 1
            if self._failed[number] < TRIES:
                if len(self._failed) > _MOST_KNOWN:
                    self._failed.clear()
                raise
            log.error("update %d cannot be taken and is left out: %s", number, type(error).__name__)
        self._failed.pop(number, None)


def number_of(update: object) -> int:
    """The number of an update, 0 where it has none."""
    return Raw.of(update).number("update_id")
