"""The way out to a mailbox: one connection a mail, each end told as it is."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from typing import TypeVar

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from bot.channels.attaching import NOT_THERE
from bot.channels.email.correspondence import Correspondence, Letterbook
from bot.channels.email.enclosing import MOST_SENT, Enclosure, enclose, enclosures, naming_others
from bot.channels.email.noting import note
from bot.channels.email.server import Credential, Server
from bot.channels.email.taking import MOST_BYTES
from bot.channels.email.token_endpoint import TokenError
from bot.channels.email.trouble import trouble
from bot.channels.email.writing import Letterhead, letter, plain_part
from bot.channels.meter import Meter, Rate
from bot.dialog.effects import Relay, Say
from bot.ports.channel import Capabilities
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Retry, Sent, Unknown
from bot.ports.files import Files
from bot.ports.inbound import Address

MOST = Rate(burst=2_000, seconds=0.5)  # mails of the house: more is a loop that nothing else stopped
TIMEOUT = 30.0  # seconds for each step with the server
_PERMANENT = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exit:
    """The way to the server that takes our mails."""

    server: Server

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # where a token is slow to come, one thread waits for it

    async def opened(self) -> SMTP:
        """Connect and sign in; a token that is refused is renewed once. Raises what aiosmtplib and `credential` do."""
        credential = await self._soon(self.server.credential)
        try:
            return await self._signed_in(credential)
        except SMTPAuthenticationError as error:
            if error.code < _PERMANENT:
                raise
            other = await self._soon(lambda: self.server.instead_of(credential))
            if other is None:
                raise
        return await self._signed_in(other)

    async def _soon(self, ask: Callable[[], T]) -> T:
        async with self.turn:
            return await asyncio.to_thread(ask)

    async def _signed_in(self, credential: Credential) -> SMTP:
        smtp = SMTP(
            hostname=self.server.host,
            port=self.server.port,
            timeout=TIMEOUT,
            use_tls=self.server.tls,
            start_tls=not self.server.tls,
            tls_context=self.server.context,
        )
        try:
            await smtp.connect()
            await credential.sign_in_to_send(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """Delivers by mail. A mail of a doubtful end goes out again under the same Message-ID."""

    head: Letterhead
    book: Letterbook
    exit: Exit
    clock: Clock
    files: Files
    breaker: Meter = field(default_factory=lambda: Meter(MOST))

    @property
    def capabilities(self) -> Capabilities:
        """What a mail can show."""
        return Capabilities(threads=True, file_bytes=MOST_BYTES, sends_file_bytes=MOST_SENT)

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Send one message into its thread, with its files; a mail waits for them."""
        told = await self.book.of(address.key)
        if told is None:
            return Failed("nobody ever wrote in this thread")
        along = await enclosures(say, self.files)
        if along is None:
            return NOT_THERE
        if wait := self.breaker.wait("", self.clock.now().timestamp()):
            return Retry(timedelta(seconds=wait), "more mails than a desk writes: is there a loop?", counts=False)
        now = self.clock.now()

        def written(along: tuple[Enclosure, ...]) -> EmailMessage:
            mail = letter(self.head, address.key, told, naming_others(say, along, told.lang), key, now)
            enclose(mail, along)
            return mail

        mail = written(along)
        delivery = await self._handed_over(mail, told.to, written(()) if along else None)
        if isinstance(delivery, Sent):
            await self.book.change(address.key, lambda held: _with(held or told, mail, say))
        return delivery

    async def write(self, to: str, subject: str, document: str, lang: str, key: str) -> Delivery:
        """Write to an address that no conversation belongs to."""
        try:
            mail = note(self.head, to, subject, document, lang, key, self.clock.now())
        except ValueError:
            return Failed("that is no address")
        if wait := self.breaker.wait("", self.clock.now().timestamp()):
            return Retry(timedelta(seconds=wait), "more mails than a desk writes: is there a loop?", counts=False)
        return await self._handed_over(mail, to)

    async def _handed_over(self, mail: EmailMessage, to: str, bare: EmailMessage | None = None) -> Delivery:
        """Hand a mail to the server; the `bare` one in its place where the server says that it takes none so large."""
        try:
            smtp = await self.exit.opened()
        except (SMTPException, OSError, ValueError, TokenError) as error:  # ValueError: a password's file is no text
            return Retry(why=self._story(error))
        try:
            raw = mail.as_bytes()
            raw = bare.as_bytes() if bare and 0 < _most(smtp) < len(raw) else raw
            return await self._sent(smtp, raw, to, str(mail["Message-ID"]))
        except ValueError as error:
            return Retry(why=self._story(error))
        finally:
            smtp.close()

    async def _sent(self, smtp: SMTP, mail: bytes, to: str, message_id: str) -> Delivery:
        try:
            await smtp.sendmail(self.head.threads.address, [to], mail)
        except SMTPRecipientsRefused as error:
            return _refused(min(one.code for one in error.recipients))
        except SMTPResponseException as error:
            return _refused(error.code)
        except (SMTPException, OSError) as error:
            return Unknown(self._story(error))  # it may have been taken: only its last answer was lost
        with contextlib.suppress(SMTPException, OSError):  # it is taken, however the good-bye ends
            await smtp.quit()
        return Sent(ref=message_id)

    def _story(self, error: Exception) -> str:
        """What went wrong and the mend, without what the server wrote: it may repeat an address or a text."""
        return str(trouble(error, self.exit.server, "smtp"))


def _most(smtp: SMTP) -> int:
    """The largest mail that the server takes, in bytes, 0 where it does not say."""
    told = smtp.esmtp_extensions.get("size", "").split()
    return int(told[0]) if told and told[0].isdecimal() else 0


def _refused(code: int) -> Delivery:
    why = f"the mail server answered {code}"
    return Failed(why) if code >= _PERMANENT else Retry(why=why)


def _with(told: Correspondence, mail: EmailMessage, say: Say | Relay) -> Correspondence:
    """Put what was sent to the thread; a mail that went out twice stands there once."""
    identifier = str(mail["Message-ID"])
    if identifier in told.references:
        return told
    return replace(told.with_mail(identifier), ours=plain_part(mail), sent=told.sent + 1)
