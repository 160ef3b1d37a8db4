"""A mail as an event: which thread, who wrote, what is new in it; mails of machines are never answered."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.channels.email.correspondence import Correspondence, Letterbook
from bot.channels.email.mail import Addressed, Kind, Mail
from bot.channels.email.threads import Threads, begun_by
from bot.channels.meter import Meter, Rate
from bot.dialog.events import File, PersonSaid, WorkFailed
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt

CHANNEL = "email"
OF_ONE = Rate(burst=30, seconds=60)  # mails of one sender; people write fewer, machines that answer machines more
BEGUN_BY_ONE = Rate(burst=10, seconds=360)  # threads: an automatic answer without any mark begins one with each mail
LANGUAGES = ("fr", "en")
MOST_BYTES = 5_000_000  # of one mail; what comes after stays in the mailbox
_ABSENT = {"fr": "Trop lourd, resté dans la boîte :", "en": "Too large, left in the mailbox:"}
log = logging.getLogger(__name__)


class Taken(StrEnum):
    """What became of a mail. All but `received`, `again` and `bounce` stays in the mailbox, unanswered."""

    RECEIVED = "received"
    AGAIN = "again"  # it was taken before
    BOUNCE = "bounce"  # a mail of ours came back: its conversation knows
    MACHINE = "machine"  # nobody wrote it, or nobody would read an answer
    COPY = "copy"  # we are copied, and asked nothing
    TOO_MANY = "too_many"  # of one sender in a short time: two machines answer each other


@dataclass(frozen=True, slots=True)
class MailRoom:
    """Takes mails in. `read` reads raw bytes; its second argument is what we wrote last in the thread."""

    threads: Threads
    book: Letterbook
    files: Files
    clock: Clock
    receive: Callable[[Inbound], Awaitable[Receipt | None]]
    read: Callable[[bytes, str], Mail]
    mails: Meter = field(default_factory=lambda: Meter(OF_ONE))
    threads_begun: Meter = field(default_factory=lambda: Meter(BEGUN_BY_ONE))

    async def take(self, raw: bytes) -> Taken:
        """Take one mail; once this returns it is durable, or stays in the mailbox for good reason."""
        mail = await asyncio.to_thread(self._read, raw, "")
        if mail.kind is Kind.BOUNCE:
            return await self._bounced(mail)
        if mail.kind is not Kind.HUMAN or mail.noreply or not mail.sender.address:
            log.info("mail of kind %s is not answered", mail.kind)
            return Taken.MACHINE
        thread = await self._thread(mail)
        told = await self.book.of(thread)
        if told is None and mail.addressed is Addressed.CC:  # BCC is no copy: such a mail came by an alias of ours
            return Taken.COPY
        if self._too_many(mail, told is None):
            log.warning("a sender writes too much in a short time: unanswered, the mail stays in the mailbox")
            return Taken.TOO_MANY
        if told is not None and told.ours:
            mail = await asyncio.to_thread(self._read, raw, told.ours)
        return await self._received(mail, thread, told)

    async def _received(self, mail: Mail, thread: str, told: Correspondence | None) -> Taken:
        lang = mail.lang if mail.lang in LANGUAGES else ""
        await self.book.change(thread, lambda held: written(held, mail, lang))
        files = await asyncio.to_thread(self._files_of, mail)
        is_begun = (
            told is not None and told.conversation
        )  # else a try before was cut off, and the first mail is this one
        text = with_absent(mail.text if is_begun else with_subject(mail), mail, lang)
        said = PersonSaid(at=self.clock.now(), texts=(text,), files=files, ref=mail.message_id)
        proof = "dmarc" if mail.authenticated else "none"
        sender = Sender(mail.sender.address, mail.sender.name, mail.sender.address, lang, proof)
        address = Address(CHANNEL, self.book.account, thread)
        receipt = await self.receive(Inbound(key_of(mail), said, address, sender=sender))
        if receipt is None:
            return Taken.AGAIN
        where = receipt.conversation
        await self.book.change(
            thread, lambda held: replace(held or written(held, mail, lang), conversation=where), where
        )
        return Taken.RECEIVED

    async def _thread(self, mail: Mail) -> str:
        """Find the thread: by the address that was answered, by a mail of ours, by a mail of theirs that we know."""
        marked = self.threads.of_addresses(one.address for one in (*mail.to, *mail.cc))
        if marked:
            return marked
        answered = (mail.in_reply_to, *reversed(mail.references))
        if ours := next(filter(None, map(self.threads.of_message, answered)), ""):
            return ours
        for theirs in filter(None, answered):
            if await self.book.of(begun_by(theirs)):
                return begun_by(theirs)
        return begun_by(mail.message_id)

    def _too_many(self, mail: Mail, begins: bool) -> bool:
        who, now = mail.sender.address.lower(), self.clock.now().timestamp()
        return bool(self.mails.wait(who, now)) or (begins and bool(self.threads_begun.wait(who, now)))

    async def _bounced(self, mail: Mail) -> Taken:
        """Tell the conversation that a mail of ours reached nobody."""
        thread = self.threads.of_message(mail.returned)
        told = await self.book.of(thread) if thread else None
        if told is None or not told.conversation:
            return Taken.MACHINE
        failed = WorkFailed(at=self.clock.now(), what="mail_returned")
        receipt = await self.receive(Inbound(key_of(mail), failed, conversation=told.conversation))
        return Taken.BOUNCE if receipt else Taken.AGAIN

    def _read(self, raw: bytes, ours: str) -> Mail:
        """Read a mail; of one that was cut, the last file is not whole and counts as left behind."""
        mail = self.read(raw, ours)
        if len(raw) < MOST_BYTES or not mail.attachments:
            return mail
        return replace(mail, attachments=(*mail.attachments[:-1], replace(mail.attachments[-1], content=None)))

    def _files_of(self, mail: Mail) -> tuple[File, ...]:
        held = ((one, one.content) for one in mail.attachments)
        return tuple(File(one.name, one.type, one.size, self.files.put(content)) for one, content in held if content)


def key_of(mail: Mail) -> str:
    """The delivery key: one mail is one event, however often a mailbox shows it."""
    body = hashlib.sha256(mail.full_text.encode("utf-8", errors="replace")).hexdigest()[:16]
    return f"mail:{mail.message_id[:200]}:{body}"


def with_subject(mail: Mail) -> str:
    """The text of a first mail under its subject, which often says the most."""
    subject = mail.subject.strip()
    return f"{subject}\n\n{mail.text}".strip() if subject and subject not in mail.text else mail.text


def with_absent(text: str, mail: Mail, lang: str) -> str:
    """Name the files that were too large to take, so that an agent looks for them in the mailbox."""
    absent = ", ".join(one.name for one in mail.attachments if one.content is None)
    return f"{text}\n\n[{_ABSENT[lang or 'fr']} {absent}]".strip() if absent else text


def written(held: Correspondence | None, mail: Mail, lang: str) -> Correspondence:
    """Put a mail to its thread; who began it stays the one that is answered."""
    begun = held or Correspondence(
        to=(mail.reply_to or (mail.sender,))[0].address, name=mail.sender.name, subject=mail.subject, lang=lang or "fr"
    )
    return begun.with_mail(mail.message_id, mail.references)
