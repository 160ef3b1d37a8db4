"""What an answer needs to know beyond its address: the topic, the message it answers, and where a group went."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from bot.ports.notes import Notes

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a person wrote last: the chat as it was then, its topic, and in groups the message to be answered."""

    chat: int
    topic: int = 0
    message: int = 0
    conversation: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Chatbook:
    """Keeps what is known of the chats of one bot among the notes."""

    notes: Notes
    account: str

    async def of(self, key: str) -> Chat | None:
        """Find the chat of an address."""
        told = await self.notes.load(self._entry(key))
        return Chat(**json.loads(told)) if told else None

    async def change(self, key: str, changed: Callable[[Chat | None], Chat]) -> None:
        """Change a chat; where another did so meanwhile, change what it made of it.

        A note that cannot be kept is done without: then the answer goes to the chat, unthreaded.
        """
        for _ in range(_TRIES):
            before = await self.of(key)
            after = changed(before)
            if before is not None and replace(after, revision=before.revision) == before:
                return
            after = replace(after, revision=(before.revision if before else 0) + 1)
            entry, told = self._entry(key), json.dumps(asdict(after))
            if await self.notes.save(entry, after.revision, "chat", told, after.conversation):
                return

    async def move(self, old: int, new: int) -> None:
        """Remember that a group became a supergroup: its addresses stay, its messages go to the new number."""
        await self.notes.save(self._entry(f"went:{old}"), 1, "moved", str(new))
        await self.notes.save(self._entry(f"was:{new}"), 1, "moved", str(old))

    async def now(self, chat: int) -> int:
        """The number under which a chat is reached."""
        return int(await self.notes.load(self._entry(f"went:{chat}")) or chat) if chat < 0 else chat

    async def first(self, chat: int) -> int:
        """The number that the addresses of a chat have."""
        return int(await self.notes.load(self._entry(f"was:{chat}")) or chat) if chat < 0 else chat

    def _entry(self, key: str) -> str:
        return f"telegram:{self.account}:{key}"
