"""The whole house behind the lines of the talk contract, as `guichet chat --json` opens it: wired here, once."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot.actions import RasaRunner
from bot.app import Mind, make_mind
from bot.cli.talking import open_for
from bot.packs.rehearsal import House
from bot.settings import Settings
from tests.support.needs import ROOT

LIBRARY = ROOT / "bot" / "flows" / "library"
PACKS = (LIBRARY / "it", LIBRARY / "customer")
ACTIONS_PACK = ROOT / "tests" / "packs" / "actions_pack"
CACHE = ROOT / ".guichet"  # where `guichet flow test` keeps what it has learned, too
SOON = timedelta(seconds=0.5)  # an action that hangs is waited for no longer


@cache
def mind(extra: tuple[Path, ...] = (), seed: int = 0) -> Mind:
    """What the house of these tests knows: the packs that ship, with the settings of a fresh guichet.toml."""
    return make_mind(Settings(), CACHE, extra, seed)


def acting_mind(seed: int = 0) -> Mind:
    """The same with a pack of custom actions, which run in this process and are soon given up."""
    return replace(mind((ACTIONS_PACK,), seed), actions=RasaRunner(["tests.packs.actions_pack.actions"], limit=SOON))


def open_house(headers: Mapping[str, str], extra: tuple[Path, ...] = ()) -> AbstractContextManager[House]:
    """Open a fresh house with a virtual clock for one conversation: lang, channel, person, at and seed as in `chat`."""
    return open_for(mind(extra, int(headers.get("seed", 0))), headers)


def open_acting_house(headers: Mapping[str, str]) -> AbstractContextManager[House]:
    """Open a fresh house whose flows run custom actions."""
    return open_for(acting_mind(int(headers.get("seed", 0))), headers)
