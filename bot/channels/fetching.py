"""Files that people sent, brought from the platform once the message that names them is durable."""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable, Iterable

from bot.ports.files import Files

FIRST_WAIT, LONGEST_WAIT = 1.0, 900.0  # seconds between two tries at one file
TRIES = 40  # with these waits most of eight hours
log = logging.getLogger(__name__)


class GoneError(Exception):
    """The platform has the file no more, or never gives it."""


class Fetcher:
    """Brings files one after the other; one that cannot be had now is tried again later."""

    def __init__(self, files: Files, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        """`fetch` gives the bytes of a key (channel:id). Raises GoneError, or anything else where it may work later."""
        self._files, self._fetch = files, fetch
        self._due: list[tuple[float, int, str]] = []
        self._wanted: set[str] = set()  # each is brought once, however often it is asked for
        self._news = asyncio.Event()

    def want(self, refs: Iterable[str]) -> None:
        """Bring these soon; what is there already is left alone."""
        for ref in (one for one in dict.fromkeys(refs) if one not in self._wanted):
            self._wanted.add(ref)
            heapq.heappush(self._due, (time.monotonic(), 0, ref))
        self._news.set()

    async def run(self) -> None:
        """Bring files until cancelled."""
        while True:
            self._news.clear()
            wait = self._due[0][0] - time.monotonic() if self._due else None
            if wait is not None and wait <= 0:
                await self._bring(*heapq.heappop(self._due)[1:])
                continue
            try:
                await asyncio.wait_for(self._news.wait(), wait)
            except TimeoutError:
                continue

    async def _bring(self, tried: int, ref: str) -> None:
        try:
            if not await asyncio.to_thread(self._files.holds, ref):
                content = await self._fetch(ref)
                await asyncio.to_thread(self._files.put_as, ref, content)
        except GoneError:
            log.warning("a file that somebody sent is gone from its platform")
        except Exception as error:  # the platform, the network or the disk: it may work later
            if tried + 1 < TRIES:
                log.warning("a file is not there yet: %s", type(error).__name__)
                wait = min(FIRST_WAIT * 2**tried, LONGEST_WAIT)
                heapq.heappush(self._due, (time.monotonic() + wait, tried + 1, ref))
                return
            log.error("a file that somebody sent cannot be had: %s", type(error).__name__)
        self._wanted.discard(ref)
