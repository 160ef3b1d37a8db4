"""The composition root: settings in, a house that works out. Only here are the concrete classes of rooms named."""

from .house import House, Street, open_house, upgrade_home
from .mind import Mind, PackError, pack_folders, policy, read_packs

__all__ = [
    "House",
    "Mind",
    "PackError",
    "Street",
    "open_house",
    "pack_folders",
    "policy",
    "read_packs",
    "upgrade_home",
]
