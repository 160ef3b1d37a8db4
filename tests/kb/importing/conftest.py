"""An import as a test runs it: into a home of its own, without ever waiting."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_articles
from bot.dialog.article import Article
from bot.kb.importing.choosing import Place, opened
from bot.kb.importing.fetching import Access
from bot.kb.importing.items import Imported, Item, Wishes
from bot.kb.importing.keeping import Keeper
from bot.kb.importing.state import read_seen
from bot.kb.importing.taking import import_from
from bot.store.articles import SqlArticles

from .serving import StandIn, served


@dataclass
class Desk:
    """A house to import into, and the waits that sources asked for."""

    home: Path
    kept: SqlArticles
    runner: asyncio.Runner
    waits: list[float] = field(default_factory=list)

    def take(
        self, where: Path | str, kind: str = "", space: str = "", access: Access | None = None, **wishes: Any
    ) -> Imported:
        """Import once."""
        wanted = Wishes(**wishes)
        with opened(Place(str(where), kind, space), wanted, access, self.waits.append) as source:
            return import_from(source, self.home, self.kept, wanted)

    def articles(self) -> dict[str, Article]:
        """The articles as the bot finds them, with their languages."""
        found: dict[str, Article] = {}
        for one in self.kept.current():
            held = found.get(one.article.id)
            assert held is None or held.version == one.article.version
            found[one.article.id] = replace(one.article, texts={**(held.texts if held else {}), one.lang: one.text})
        return found

    def keeper(self, origin: str) -> Keeper:
        """Write articles of an origin."""
        return Keeper(self.kept, origin, self.runner.run)

    def body(self, article: str, lang: str, version: int = 0) -> str:
        """What a version says; 0 = the current one."""
        found = self.kept.found(article, lang, version)
        return found.text.body if found else ""

    def items(self) -> dict[str, Item]:
        """What is remembered of all sources."""
        return {key: item for seen in read_seen(self.home / "kb").values() for key, item in seen.items.items()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty house."""
    with open_articles(tmp_path / "home") as articles, asyncio.Runner() as runner:
        yield Desk(tmp_path / "home", articles, runner)


@pytest.fixture
def serve() -> Iterator[Callable[[StandIn], str]]:
    """Serve stand-ins until the test ends; gives the address."""
    with ExitStack() as stack:

        def start(stand_in: StandIn) -> str:
            stack.enter_context(served(stand_in))
            return stand_in.base

        yield start
