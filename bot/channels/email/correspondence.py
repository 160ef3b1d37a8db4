"""What an answer in a thread needs to know: to whom, about what, and after which mails."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.ports.notes import Notes

_MOST_REFERENCES = 20  # the first and the latest; a header line of 998 bytes holds no more
_MOST_PEOPLE = 100  # of a thread
_ENTRY = "mail:{account}:{thread}"
_LISTS = ("references", "known", "participants", "returned")


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A thread so far. `to`, `name`: the requester; `last`: the Message-ID that the next answer answers.

    `known`: the addresses the requester goes by, in small letters; `participants`: whoever else wrote or was copied.
    `tag` stands in the subject of our mails. `ours`: what we wrote last, so that a quote of it is known; `sent` counts
    our mails, and `returned` names those that reached nobody.
    """

    to: str
    name: str = ""
    subject: str = ""
    lang: str = "fr"
    last: str = ""
    references: tuple[str, ...] = ()
    ours: str = ""
    sent: int = 0
    conversation: str = ""
    revision: int = 0
    known: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    tag: str = ""
    returned: tuple[str, ...] = ()
    passed: bool = False  # a colleague passed the first mail on: the one who wrote it did not write to us

    def is_requester(self, *addresses: str) -> bool:
        """Tell whether the one who began the thread goes by one of these addresses."""
        return not {one.lower() for one in addresses if one}.isdisjoint(self.known or (self.to.lower(),))

    def has_part(self, address: str) -> bool:
        """Tell whether somebody began the thread, wrote in it, or was copied."""
        return self.is_requester(address) or address.lower() in self.participants

    def with_mail(self, message_id: str, references: tuple[str, ...] = ()) -> "Correspondence":
        """Put a mail to the thread, whoever wrote it; one that stands in it already changes nothing."""
        known = dict.fromkeys((*self.references, *references, message_id))
        listed = tuple(one for one in known if one)
        if len(listed) > _MOST_REFERENCES:
            listed = (listed[0], *listed[1 - _MOST_REFERENCES :])
        return replace(self, last=message_id, references=listed)

    def with_returned(self, message_id: str) -> "Correspondence":
        """Remember that a mail of ours came back."""
        listed = tuple(dict.fromkeys((*self.returned, message_id)))
        return replace(self, returned=listed[-_MOST_REFERENCES:])

    def with_people(self, addresses: Iterable[str]) -> "Correspondence":
        """Remember who takes part besides the requester."""
        listed = dict.fromkeys((*self.participants, *(one.lower() for one in addresses if not self.is_requester(one))))
        return replace(self, participants=tuple(listed)[:_MOST_PEOPLE])


@dataclass(frozen=True, slots=True)
class Letterbook:
    """Keeps the correspondence of one mailbox among the notes."""

    notes: Notes
    account: str

    async def of(self, thread: str) -> Correspondence | None:
        """Find a thread."""
        told = await self.notes.load(self._entry(thread))
        return _read(told) if told else None

    async def change(
        self, thread: str, changed: Callable[[Correspondence | None], Correspondence], conversation: str = ""
    ) -> Correspondence:
        """Change a thread; where another did so meanwhile, change what it made of it."""
        while True:
            before = await self.of(thread)
            after = changed(before)
            if before is not None and replace(after, revision=before.revision) == before:
                return before
            after = replace(after, revision=(before.revision if before else 0) + 1)
            told = json.dumps(asdict(after), ensure_ascii=False)
            if await self.notes.save(self._entry(thread), after.revision, "thread", told, conversation):
                return after

    async def tagged(self, tag: str) -> str:
        """Find the thread that a tag stands for, "" where it stands for none."""
        return await self.notes.load(self._entry(f"tag:{tag}")) or ""

    async def take_tag(self, tag: str, thread: str) -> str:
        """Let a tag stand for a thread; "" where it stands for another one already."""
        new = await self.notes.save(self._entry(f"tag:{tag}"), 1, "tag", thread)
        return tag if new or await self.tagged(tag) == thread else ""

    async def cursor(self) -> dict[str, Any]:
        """How far the mailbox is read: {"validity", "uid", "revision"}."""
        told = await self.notes.load(_ENTRY.format(account=self.account, thread="cursor"))
        return dict(json.loads(told)) if told else {"validity": 0, "uid": 0, "revision": 0}

    async def read_up_to(self, validity: int, uid: int) -> None:
        """Remember how far the mailbox is read; only one watch reads it."""
        revision = (await self.cursor())["revision"] + 1
        told = json.dumps({"validity": validity, "uid": uid, "revision": revision})
        await self.notes.save(_ENTRY.format(account=self.account, thread="cursor"), revision, "cursor", told)

    def _entry(self, thread: str) -> str:
        return _ENTRY.format(account=self.account, thread=thread)


def _read(told: str) -> Correspondence:
    held = json.loads(told)
    return Correspondence(**{**held, **{name: tuple(held.get(name, ())) for name in _LISTS}})
