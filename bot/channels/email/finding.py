"""Which thread a mail belongs to: by our marks first, by what it answers, last by the tag in its subject."""

import hmac
from dataclasses import dataclass

from bot.channels.email.copies import Copies
from bot.channels.email.correspondence import Letterbook
from bot.channels.email.mail import Mail
from bot.channels.email.threads import Threads, begun_by, tags


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds threads of one mailbox."""

    threads: Threads
    book: Letterbook
    copies: Copies

    async def thread_of(self, mail: Mail) -> str:
        """Find the thread of a mail; one that belongs to none begins its own."""
        if marked := self.threads.of_addresses(one.address for one in (*mail.to, *mail.cc)):
            return marked
        return await self._answered(mail) or await self._tagged(mail) or begun_by(mail.message_id)

    async def _answered(self, mail: Mail) -> str:
        """By a mail of ours, by one of theirs that we know, by one that we were copied."""
        answered = (mail.in_reply_to, *reversed(mail.references))
        if ours := next(filter(None, map(self.threads.of_message, answered)), ""):
            return ours
        for theirs in dict.fromkeys(filter(None, answered)):
            if await self.book.of(begun_by(theirs)):
                return begun_by(theirs)
        copied = await self.copies.before(mail)
        return begun_by(copied[0].message_id) if copied else ""

    async def _tagged(self, mail: Mail) -> str:
        """By a tag of ours, for those who have part in its thread: in another's mail it was copied or guessed."""
        for tag in tags(mail.subject)[-2:]:
            thread = await self.book.tagged(tag)
            told = await self.book.of(thread) if thread else None
            if told and told.has_part(mail.sender.address) and hmac.compare_digest(self.threads.tag(thread), tag):
                return thread
        return ""
