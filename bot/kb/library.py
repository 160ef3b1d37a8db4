"""The knowledge of a house: the articles of its packs, those that were imported, and what came of them."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from typing import Protocol

from bot.dialog.article import Article
from bot.dialog.understanding import Hit
from bot.ports.articles import PACK, Articles
from bot.ports.understander import NO_CLUES, Clues

from .documents import Document, Reader, documents_kept, documents_of, kept
from .index import Index
from .vectors import Told, untold

EVERY = timedelta(seconds=30)  # between two looks at what was imported and tried meanwhile


class MakeIndex(Protocol):
    """Makes the search over documents; vectors of known texts come from a cache."""

    def __call__(self, documents: Iterable[Document], read: Reader, told: Told = untold) -> Index:
        """Read the documents once; `read` gives what is quoted, `told` hears how many texts are encoded."""


class Library:
    """Implements the Knowledge door. Searches the packs' articles alone until `refresh` finds others."""

    def __init__(self, packs: Mapping[str, Article], index: Index, make: MakeIndex, articles: Articles) -> None:
        """Begin with the packs' own index, which houses may share."""
        self._packs, self._of_packs, self._make, self._articles = packs, index, make, articles
        self._index = index
        self._state = ""

    def search(self, text: str, lang: str, clues: Clues = NO_CLUES, top: int = 5) -> tuple[Hit, ...]:
        """List the best articles for the text."""
        return self._index.search(text, lang, clues, top)

    def refresh(self) -> None:
        """Look what was imported and what came of fixes since the last time. Blocking: called in a thread."""
        state = self._articles.state()
        if state != self._state:
            imported = any(origin != PACK for origin in self._articles.origins())
            self._index = self._make(self._documents(), self._read) if imported else self._of_packs
            self._state = state
        self._index = self._index.weighed(self._articles.tallies())

    async def run(self, every: timedelta = EVERY) -> None:
        """Refresh again and again, until cancelled."""
        while True:
            await asyncio.to_thread(self.refresh)
            await asyncio.sleep(every.total_seconds())

    def _documents(self) -> Iterator[Document]:
        """The packs' articles, and those that were imported under other ids."""
        others = (one for one in documents_kept(self._articles.current()) if one.id not in self._packs)
        return chain(documents_of(self._packs), others)

    def _read(self, id: str, lang: str, version: int) -> Document | None:
        found = self._articles.found(id, lang, version)
        return kept(found) if found else None
