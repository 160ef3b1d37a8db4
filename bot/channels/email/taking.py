"""A mail as an event: which thread, who wrote, what is new in it; mails of machines are never answered."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.channels.email.copies import MOST as MOST_COPIES
from bot.channels.email.copies import Copies, Copy
from bot.channels.email.correspondence import Correspondence, Letterbook
from bot.channels.email.finding import Finder
from bot.channels.email.keeping import Cabinet
from bot.channels.email.mail import Addressed, Kind, Mail, Mailbox
from bot.channels.email.threads import Threads
from bot.channels.email.wording import copied, passed_on, with_absent, with_copies, with_subject
from bot.channels.meter import Meter, Rate
from bot.dialog.events import File, PersonSaid, WorkFailed
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt

CHANNEL = "email"
OF_ONE = Rate(burst=30, seconds=60)  # mails of one sender; people write fewer, machines that answer machines more
IN_ONE_THREAD = Rate(burst=60, seconds=60)  # of all who write in it: machines answer under many names
BEGUN_BY_ONE = Rate(burst=10, seconds=360)  # threads: an automatic answer without any mark begins one with each mail
LANGUAGES = ("fr", "en")
MOST_BYTES = 5_000_000  # of one mail; what comes after stays in the mailbox
log = logging.getLogger(__name__)


class Taken(StrEnum):
    """What became of a mail. All but `received`, `again` and `bounce` is unanswered."""

    RECEIVED = "received"
    AGAIN = "again"  # it was taken before
    BOUNCE = "bounce"  # a mail of ours came back: its conversation knows
    MACHINE = "machine"  # nobody wrote it, or nobody would read an answer
    COPY = "copy"  # we are copied, and asked nothing: kept until somebody asks
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
    mails_in_thread: Meter = field(default_factory=lambda: Meter(IN_ONE_THREAD))
    threads_begun: Meter = field(default_factory=lambda: Meter(BEGUN_BY_ONE))

    async def take(self, raw: bytes) -> Taken:
        """Take one mail; once this returns it is durable, or stays in the mailbox for good reason."""
        mail = await asyncio.to_thread(self._read, raw, "")
        if mail.kind is Kind.BOUNCE:
            return await self._bounced(mail)
        thread = await self._finder.thread_of(mail)
        told = await self.book.of(thread)
        if mail.kind is not Kind.HUMAN or mail.noreply or not mail.sender.address:
            return await self._unanswered(mail, told)
        is_copy = told is None and mail.addressed is Addressed.CC  # BCC is no copy: it came by an alias of ours
        if self._too_many(mail, thread, told is None and not is_copy):
            log.warning("too many mails in a short time: unanswered, the mail stays in the mailbox")
            return Taken.TOO_MANY
        if is_copy:
            await self._copies.keep(mail, self.clock.now())
            return Taken.COPY
        if told is not None and told.ours:
            mail = await asyncio.to_thread(self._read, raw, told.ours)
        return await self._received(mail, thread, told)

    async def _received(self, mail: Mail, thread: str, told: Correspondence | None) -> Taken:
        begins = told is None or not told.conversation  # a try before was cut off, and the first mail is this one
        said = as_written(mail) if begins else mail
        copies = await self._copies.before(said) if begins else ()
        tag = await self.book.take_tag(self.threads.tag(thread), thread) if begins else ""
        lang = said.lang if said.lang in LANGUAGES else ""
        told = await self.book.change(thread, lambda held: written(held, said, lang, tag, said is not mail))
        files = await asyncio.to_thread(self._files_of, mail)
        text = with_absent(_whole(said, copies, lang or "fr") if begins else said.text, said, lang or "fr")
        sender = sender_of(said, told)
        receipt = await self.receive(self._inbound(mail, thread, text, sender, files))
        if where := receipt.conversation if receipt else told.conversation:
            if said is not mail:
                await self._passed_on(mail, thread, told.lang, where)
            await self._with_others(mail, thread, told, copies, where)
            await self._cabinet.keep(mail, files, where)
            await self._copies.join(copies, where)
        return Taken.RECEIVED if receipt else Taken.AGAIN

    async def _passed_on(self, mail: Mail, thread: str, lang: str, where: str) -> None:
        """Tell which agent passed a mail on, and keep what they wrote above it: that is for the desk alone."""
        await self._remark(mail, thread, "passed", passed_on(mail.sender, lang), mail.sender)
        if mail.passed and mail.passed.above:
            await self._cabinet.keep_words(mail, mail.passed.above, where)

    async def _with_others(
        self, mail: Mail, thread: str, told: Correspondence, copies: Sequence[Copy], where: str
    ) -> None:
        """Tell the agents who else reads along, each once, and remember them with all who wrote before."""
        new = [one for one in mail.others if not told.has_part(one.address)]
        if new:
            await self._remark(mail, thread, "copied", copied(new, told.lang), new[0])
        people = [one.address for one in (mail.sender, *mail.others)] + [who for one in copies for who in one.people]
        await self.book.change(
            thread, lambda held: replace((held or told).with_people(people), conversation=where), where
        )

    async def _remark(self, mail: Mail, thread: str, what: str, text: str, of: Mailbox) -> None:
        """Say something about a mail as by a colleague: it answers no question, whatever could be read out of it."""
        sender = Sender(of.address, of.name, of.address, colleague=True)
        await self.receive(self._inbound(mail, thread, text, sender, what=what))

    def _inbound(
        self, mail: Mail, thread: str, text: str, sender: Sender, files: tuple[File, ...] = (), what: str = ""
    ) -> Inbound:
        said = PersonSaid(at=self.clock.now(), texts=(text,), files=files, ref="" if what else mail.message_id)
        key = f"{key_of(mail)}:{what}" if what else key_of(mail)
        return Inbound(key, said, Address(CHANNEL, self.book.account, thread), sender=sender, thread=True)

    async def _unanswered(self, mail: Mail, told: Correspondence | None) -> Taken:
        """Keep what a machine wrote in a thread of ours; it happens to nobody, and so stops and confirms nothing."""
        log.info("mail of kind %s is not answered", mail.kind)
        if told is not None and told.conversation and mail.kind is not Kind.OWN:
            await self._cabinet.keep(mail, (), told.conversation)
        return Taken.MACHINE

    async def _bounced(self, mail: Mail) -> Taken:
        """Mark a mail of ours as come back, and tell its conversation that it reached nobody."""
        thread = self.threads.of_message(mail.returned)
        told = await self.book.of(thread) if thread else None
        if told is None or not told.conversation:
            return Taken.MACHINE
        await self.book.change(thread, lambda held: (held or told).with_returned(mail.returned), told.conversation)
        failed = WorkFailed(at=self.clock.now(), what="mail_returned")
        receipt = await self.receive(Inbound(key_of(mail), failed, conversation=told.conversation))
        await self._cabinet.keep(mail, (), told.conversation)
        return Taken.BOUNCE if receipt else Taken.AGAIN

    def _too_many(self, mail: Mail, thread: str, begins: bool) -> bool:
        who, now = mail.sender.address.lower(), self.clock.now().timestamp()
        waits = (self.mails.wait(who, now), self.mails_in_thread.wait(thread, now))
        return any(waits) or (begins and bool(self.threads_begun.wait(who, now)))

    def _read(self, raw: bytes, ours: str) -> Mail:
        """Read a mail; of one that was cut, the last file is not whole and counts as left behind."""
        mail = self.read(raw, ours)
        if len(raw) < MOST_BYTES or not mail.attachments:
            return mail
        return replace(mail, attachments=(*mail.attachments[:-1], replace(mail.attachments[-1], content=None)))

    def _files_of(self, mail: Mail) -> tuple[File, ...]:
        held = ((one, one.content) for one in mail.attachments)
        return tuple(File(one.name, one.type, one.size, self.files.put(content)) for one, content in held if content)

    @property
    def _copies(self) -> Copies:
        return Copies(self.book.notes, self.book.account)

    @property
    def _cabinet(self) -> Cabinet:
        return Cabinet(self.book.notes, self.book.account)

    @property
    def _finder(self) -> Finder:
        return Finder(self.threads, self.book, self._copies)


def key_of(mail: Mail) -> str:
    """The delivery key: one mail is one event, however often a mailbox shows it."""
    body = hashlib.sha256(mail.full_text.encode("utf-8", errors="replace")).hexdigest()[:16]
    return f"mail:{mail.message_id[:200]}:{body}"


def as_written(mail: Mail) -> Mail:
    """A mail that an agent passed on, as if its writer had sent it here; nobody vouches for them. Else the mail."""
    passed = mail.passed
    if passed is None:
        return mail
    return replace(
        mail,
        sender=passed.sender,
        reply_to=(),
        subject=passed.subject or mail.subject,
        text=passed.text,
        lang=passed.lang,
        references=tuple(filter(None, (passed.message_id, *mail.references))),
        authenticated=False,
    )


def sender_of(mail: Mail, told: Correspondence) -> Sender:
    """Tell who writes. In another's thread nobody proves anything, nor does who only says to be the requester."""
    own = mail.sender.address
    if not told.is_requester(own, *(one.address for one in mail.reply_to)):
        return Sender(own, mail.sender.name, own, colleague=True)
    proof = "dmarc" if mail.authenticated and told.is_requester(own) else "none"
    return Sender(own, mail.sender.name, own, mail.lang if mail.lang in LANGUAGES else "", proof)


def written(held: Correspondence | None, mail: Mail, lang: str, tag: str = "", passed: bool = False) -> Correspondence:
    """Put a mail to its thread; who began it stays the one that is answered."""
    to = (mail.reply_to or (mail.sender,))[0].address
    known = dict.fromkeys(one.address.lower() for one in (mail.sender, *mail.reply_to))
    begun = held or Correspondence(
        to=to, name=mail.sender.name, subject=mail.subject, lang=lang or "fr", known=tuple(known), passed=passed
    )
    return replace(begun.with_mail(mail.message_id, mail.references), tag=begun.tag or tag)


def _whole(mail: Mail, copies: tuple[Copy, ...], lang: str) -> str:
    return with_copies(with_subject(mail), copies[-MOST_COPIES:], lang)
