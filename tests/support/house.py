"""The whole house behind the lines of the talk contract, as `guichet chat --json` opens it: wired here, once."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from bot.app import Mind, make_mind
from bot.cli.talking import open_for
from bot.packs.rehearsal import House
from bot.settings import Settings
from tests.support.needs import ROOT

LIBRARY = ROOT / "bot" / "flows" / "library"
PACKS = (LIBRARY / "it", LIBRARY / "customer")
CACHE = ROOT / ".guichet"  # where `guichet flow test` keeps what it has learned, too


@cache
def mind(extra: tuple[Path, ...] = (), seed: int = 0) -> Mind:
    """What the house of these tests knows: the packs that ship, with the settings of a fresh guichet.toml."""
    return make_mind(Settings(), CACHE, extra, seed)


def open_house(headers: Mapping[str, str], extra: tuple[Path, ...] = ()) -> AbstractContextManager[House]:
    """Open a fresh house with a virtual clock for one conversation: lang, channel, person, at and seed as in `chat`."""
    return open_for(mind(extra, int(headers.get("seed", 0))), headers)
