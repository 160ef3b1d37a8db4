"""An update that cannot be taken is tried again. It is left out only where it alone fails, time and again."""

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.channels.telegram.raw import Raw
from bot.channels.telegram.spoken import Me
from bot.channels.telegram.taking import Taken

TRIES = 3
_MOST_KNOWN = 1_000
log = logging.getLogger(__name__)

Take = Callable[[object, Me], Awaitable[Taken]]


@dataclass(frozen=True, slots=True)
class _Failure:
    """How often an update failed, how often while others were stored, and how many those were by then."""

    tries: int
    alone: int
    stored: int


class Taker:
    """Tells an update that can never be taken from a house that can store nothing just now.

    On a full disk all of them fail: then each is kept, however long it lasts.
    """

    def __init__(self, take: Take) -> None:
        """`take` stores one update, or raises where it could not."""
        self._take = take
        self._stored = 0
        self._failed: OrderedDict[int, _Failure] = OrderedDict()

    async def take(self, update: object, me: Me) -> None:
        """Take one update. Raises what taking it raises.

        What fails for the third time while others are stored is logged by its number, and left out.
        """
        number = number_of(update)
        try:
            taken = await self._take(update, me)
        except Exception as error:
            if self._counted(number).alone < TRIES:
                raise
            log.error("update %d cannot be taken and is left out: %s", number, type(error).__name__)
        else:
            self._stored += taken is Taken.RECEIVED  # what was known, or is nothing to us, needs no room on the disk
        self._failed.pop(number, None)

    async def look_past(self, failing: object, others: Sequence[object], me: Me) -> None:
        """Take those behind one that fails, once it has failed so often that they shall not wait for it."""
        failure = self._failed.get(number_of(failing))
        if failure is None or failure.tries < TRIES:
            return
        for other in others:
            try:
                await self.take(other, me)
            except Exception as error:  # it has its turn again: nothing is confirmed yet
                log.warning("an update is not stored yet: %s", type(error).__name__)

    def _counted(self, number: int) -> _Failure:
        """Count one more failure."""
        last = self._failed.pop(number, _Failure(0, 0, self._stored))
        failure = _Failure(last.tries + 1, last.alone + (self._stored > last.stored), self._stored)
        self._failed[number] = failure
        while len(self._failed) > _MOST_KNOWN:
            self._failed.popitem(last=False)
        return failure


def number_of(update: object) -> int:
    """The number of an update, 0 where it has none."""
    return Raw.of(update).number("update_id")
