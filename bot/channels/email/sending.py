"""The way out to a mailbox: one connection a mail, each end told as it is."""

import contextlib
import smtplib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from bot.channels.email.correspondence import Correspondence, Letterbook
from bot.channels.email.server import Server
from bot.channels.email.writing import Letterhead, letter, text_of
from bot.channels.meter import Meter, Rate
from bot.dialog.effects import Relay, Say
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Retry, Sent, Unknown
from bot.ports.inbound import Address

MOST = Rate(burst=2_000, seconds=0.5)  # mails of the house: more is a loop that nothing else stopped
TIMEOUT = 30.0  # seconds for each step with the server
_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Exit:
    """The way to the server that takes our mails."""

    server: Server

    def connection(self) -> SMTP:
        """Make a connection, not yet open."""
        return SMTP(
            hostname=self.server.host,
            port=self.server.port,
            username=self.server.user,
            password=self.server.password(),
            timeout=TIMEOUT,
            use_tls=self.server.tls,
            start_tls=not self.server.tls,
            tls_context=self.server.context,
        )

    def try_out(self) -> None:
        """Sign in and leave. Blocking, for a look from outside; raises what smtplib and the network raise."""
        with self._plain_connection() as smtp:
            if not self.server.tls:
                smtp.starttls(context=self.server.context)
            smtp.login(self.server.user, self.server.password())

    def _plain_connection(self) -> smtplib.SMTP:
        if self.server.tls:
            return smtplib.SMTP_SSL(self.server.host, self.server.port, timeout=TIMEOUT, context=self.server.context)
        return smtplib.SMTP(self.server.host, self.server.port, timeout=TIMEOUT)


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """Delivers by mail. A mail of a doubtful end goes out again under the same Message-ID."""

    head: Letterhead
    book: Letterbook
    exit: Exit
    clock: Clock
    breaker: Meter = field(default_factory=lambda: Meter(MOST))

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Send one message into its thread."""
        told = await self.book.of(address.key)
        if told is None:
            return Failed("nobody ever wrote in this thread")
        if wait := self.breaker.wait("", self.clock.now().timestamp()):
            return Retry(timedelta(seconds=wait), "more mails than a desk writes: is there a loop?")
        mail = letter(self.head, address.key, told, say, key, self.clock.now())
        delivery = await self._handed_over(mail, told.to)
        if isinstance(delivery, Sent):
            await self.book.change(address.key, lambda held: _with(held or told, mail, say))
        return delivery

    async def _handed_over(self, mail: EmailMessage, to: str) -> Delivery:
        try:
            smtp = self.exit.connection()
        except (OSError, ValueError) as error:  # the password's file is gone
            return Retry(why=_story(error))
        try:
            await smtp.connect()
            return await self._sent(smtp, mail, to)
        except (SMTPException, OSError, ValueError) as error:
            return Retry(why=_story(error))
        finally:
            smtp.close()

    async def _sent(self, smtp: SMTP, mail: EmailMessage, to: str) -> Delivery:
        try:
            await smtp.sendmail(self.head.threads.address, [to], mail.as_bytes())
        except SMTPRecipientsRefused as error:
            return _refused(min(one.code for one in error.recipients))
        except SMTPResponseException as error:
            return _refused(error.code)
        except (SMTPException, OSError) as error:
            return Unknown(_story(error))  # it may have been taken: only its last answer was lost
        with contextlib.suppress(SMTPException, OSError):  # it is taken, however the good-bye ends
            await smtp.quit()
        return Sent(ref=str(mail["Message-ID"]))


def _refused(code: int) -> Delivery:
    why = f"the mail server answered {code}"
    return Failed(why) if code >= _PERMANENT else Retry(why=why)


def _story(error: Exception) -> str:
    """What went wrong, without what the server wrote: it may repeat an address or a text."""
    if isinstance(error, SMTPAuthenticationError):
        return "the mail server refused the sign-in -> channels.email: user, password_file"
    return type(error).__name__


def _with(told: Correspondence, mail: EmailMessage, say: Say | Relay) -> Correspondence:
    """Put what was sent to the thread; a mail that went out twice stands there once."""
    identifier = str(mail["Message-ID"])
    if identifier in told.references:
        return told
    return replace(told.with_mail(identifier), ours=text_of(say), sent=told.sent + 1)
