"""The door to playbooks by version."""

from typing import Protocol

from bot.dialog.playbook import Playbook


class Playbooks(Protocol):
    """Gives the playbook in force, and older ones to conversations that began with them."""

    def current(self) -> Playbook:
        """Give the playbook for new requests."""

    def kept(self, version: str) -> Playbook | None:
        """Give the playbook of a version hash, None where it is unknown or can no longer be read."""
