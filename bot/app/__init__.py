"""The composition root: settings in, a house that works out. Only here are the concrete classes of rooms named."""

from bot.actions import ActionsError

from .archive import HomeError, open_ledger, open_records, upgrade_home
from .branches import Branch
from .health import Check, examine
from .house import House, Street, open_house
from .knowledge import Knowing, open_articles, open_knowledge, publish
from .mailing import Mailbox
from .mind import Mind, PackError, make_mind, pack_folders, policy, read_packs
from .streets import branches
from .web import Front, pages

__all__ = [
    "ActionsError",
    "Branch",
    "Check",
    "Front",
    "HomeError",
    "House",
    "Knowing",
    "Mailbox",
    "Mind",
    "PackError",
    "Street",
    "branches",
    "examine",
    "make_mind",
    "open_articles",
    "open_house",
    "open_knowledge",
    "open_ledger",
    "open_records",
    "pack_folders",
    "pages",
    "policy",
    "publish",
    "read_packs",
    "upgrade_home",
]
