"""Wakes the pages of a chat when there is something new to read; what it is, the ledger knows."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

PAGES_LIMIT = 8  # of one chat


class Bells:
    """One bell for each open page. All calls stand on the event loop."""

    def __init__(self) -> None:
        self._pages: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def ring(self, key: str) -> None:
        """Wake every page of the chat."""
        for bell in self._pages.get(key, ()):
            bell.set()

    def full(self, key: str) -> bool:
        """Tell whether the chat has as many pages as it may."""
        return len(self._pages.get(key, ())) >= PAGES_LIMIT

    @contextmanager
    def page(self, key: str) -> Iterator[asyncio.Event]:
        """Give a page its bell for as long as it is open."""
        bell = asyncio.Event()
        self._pages[key].add(bell)
        try:
            yield bell
        finally:
            self._pages[key].discard(bell)
            if not self._pages[key]:
                del self._pages[key]
