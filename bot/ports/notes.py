"""The door to notes: texts that a room keeps for itself under an id, each change counted."""

from typing import Protocol


class Notes(Protocol):
    """Keeps notes beside the ledger. A note about a conversation goes when its person's words are erased."""

    async def load(self, entry: str) -> str | None:
        """Give a note as last saved, None where there is none."""

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep a note; False, and nothing changed, unless the one kept has exactly the revision before this."""
