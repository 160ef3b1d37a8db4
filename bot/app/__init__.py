"""The composition root: settings in, a house that works out. Only here are the concrete classes of rooms named."""

from bot.actions import ActionsError

from .archive import HomeError, open_ledger, open_records
from .health import Check, examine
from .house import House, Street, open_house, upgrade_home
from .mind import Mind, PackError, make_mind, pack_folders, policy, read_packs
from .web import Front, pages

__all__ = [
    "ActionsError",
    "Check",
    "Front",
    "HomeError",
    "House",
    "Mind",
    "PackError",
    "Street",
    "examine",
    "make_mind",
    "open_house",
    "open_ledger",
    "open_records",
    "pack_folders",
    "pages",
    "policy",
    "read_packs",
    "upgrade_home",
]
