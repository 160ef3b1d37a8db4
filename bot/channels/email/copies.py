"""Mails that we were only copied: kept, answered by nobody, and read with the first one that asks us something."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.channels.email.mail import Mail
from bot.channels.email.threads import begun_by
from bot.dialog.secrets import mask
from bot.ports.notes import Notes

MOST = 3  # of one thread that are read with its first request: the latest
MOST_TEXT = 4_000  # characters of each
_MOST_NAMED = 10  # identifiers of earlier mails that are kept with one
_MOST_LOOKED_AT = 40  # identifiers, for one mail
_ENTRY = "mail:{account}:copy:{mail}"


@dataclass(frozen=True, slots=True)
class Copy:
    """A mail as it was copied to us; its secrets are hidden. `at`: when it came, ISO 8601; `people`: who has it."""

    message_id: str
    writer: str
    at: str
    text: str
    people: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """Keeps what was copied to one mailbox among the notes."""

    notes: Notes
    account: str

    async def keep(self, mail: Mail, at: datetime) -> None:
        """Keep a mail; one that is kept already stays as it is. Takes as long as hiding its secrets does."""
        writer, text = mail.sender.name or mail.sender.address, f"{mail.subject}\n\n{mail.text}".strip()
        hidden = mask(text[: 2 * MOST_TEXT])[0][:MOST_TEXT]  # cut afterwards: half a secret would not be known as one
        people = tuple(one.address.lower() for one in (mail.sender, *mail.others))
        copy = Copy(mail.message_id, mask(writer)[0], at.isoformat(timespec="seconds"), hidden, people, _earlier(mail))
        await self._save(copy, 1, "copy")

    async def before(self, mail: Mail) -> tuple[Copy, ...]:
        """Find what was copied to us of the thread that a mail goes on in, the oldest first.

        Nothing for somebody who is in none of these mails: they would read what others wrote to one another.
        """
        found: dict[str, Copy] = {}
        wanted, seen = list(_earlier(mail)), set[str]()
        while wanted and len(seen) < _MOST_LOOKED_AT:
            identifier = wanted.pop()
            if identifier in seen:
                continue
            seen.add(identifier)
            if copy := await self._of(identifier):
                found[identifier] = copy
                wanted.extend(copy.earlier)
        if not any(mail.sender.address.lower() in copy.people for copy in found.values()):
            return ()
        return tuple(sorted(found.values(), key=lambda one: one.at))

    async def join(self, copies: tuple[Copy, ...], conversation: str) -> None:
        """Let copies belong to the conversation that read them, so that they go with it."""
        for copy in copies:
            await self._save(copy, 2, "joined", conversation)

    async def _of(self, identifier: str) -> Copy | None:
        told = await self.notes.load(self._entry(identifier))
        held = json.loads(told) if told else None
        return Copy(**{**held, **{name: tuple(held[name]) for name in ("people", "earlier")}}) if held else None

    async def _save(self, copy: Copy, revision: int, state: str, conversation: str = "") -> None:
        told = json.dumps(asdict(copy), ensure_ascii=False)
        await self.notes.save(self._entry(copy.message_id), revision, state, told, conversation)

    def _entry(self, identifier: str) -> str:
        return _ENTRY.format(account=self.account, mail=begun_by(identifier))


def _earlier(mail: Mail) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(one for one in (*mail.references, mail.in_reply_to) if one))
    return named if len(named) <= _MOST_NAMED else (named[0], *named[1 - _MOST_NAMED :])
