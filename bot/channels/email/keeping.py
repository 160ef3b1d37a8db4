"""What was read of a mail, kept with its conversation: header and whole text, secrets hidden, files by reference."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.email.mail import Mail
from bot.channels.email.threads import begun_by
from bot.dialog.events import File
from bot.dialog.secrets import mask
from bot.ports.notes import Notes

MOST_BYTES = 200_000  # of one mail as it is kept
CUT = " […]"
_ENTRY = "mail:{account}:{what}:{mail}"


@dataclass(frozen=True, slots=True)
class Cabinet:
    """Keeps the mails of one mailbox among the notes, each once, by its Message-ID."""

    notes: Notes
    account: str

    async def keep(self, mail: Mail, files: Sequence[File], conversation: str) -> None:
        """Keep a mail as it was read. The state of the note is "raw": it is what a purge looks for."""
        await self._save("raw", mail, await asyncio.to_thread(_told, mail, files), conversation)

    async def keep_words(self, mail: Mail, words: str, conversation: str) -> None:
        """Keep what an agent wrote above a mail that they passed on: for the desk alone."""
        told = {"agent": mail.sender.name or mail.sender.address, "text": mask(words)[0]}
        await self._save("agent", mail, json.dumps(told, ensure_ascii=False), conversation)

    async def raw(self, message_id: str) -> str | None:
        """Give a mail as it was kept: JSON with `headers`, `text` and `files`."""
        return await self.notes.load(self._entry("raw", message_id))

    async def words(self, message_id: str) -> str | None:
        """Give what an agent wrote above a mail: JSON with `agent` and `text`."""
        return await self.notes.load(self._entry("agent", message_id))

    async def _save(self, what: str, mail: Mail, told: str, conversation: str) -> None:
        await self.notes.save(self._entry(what, mail.message_id), 1, what, told, conversation)

    def _entry(self, what: str, message_id: str) -> str:
        return _ENTRY.format(account=self.account, what=what, mail=begun_by(message_id))


def _told(mail: Mail, files: Sequence[File]) -> str:
    """Write a mail down, cut to size after its secrets are hidden: half a secret would not be known as one."""
    headers = [[name, mask(value)[0]] for name, value in mail.head]
    named = [{"name": mask(one.name)[0], "type": one.type, "size": one.size, "ref": one.ref} for one in files]
    beside, text = {"headers": headers, "files": named}, mask(mail.full_text)[0]
    told = _written(beside, text)
    while text and (size := len(told.encode("utf-8", "replace"))) > MOST_BYTES:
        text = text[: int(len(text) * 0.99 * MOST_BYTES / size)]
        told = _written(beside, text + CUT)
    return told


def _written(beside: Mapping[str, object], text: str) -> str:
    return json.dumps({**beside, "text": text}, ensure_ascii=False)
