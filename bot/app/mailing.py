"""The mailbox of a house, put together from the settings: the way in, the way out, and what both know."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.channels.email.correspondence import Letterbook
from bot.channels.email.mail import Ours
from bot.channels.email.reading import read_mail
from bot.channels.email.sending import EmailChannel, Exit
from bot.channels.email.server import Server
from bot.channels.email.taking import CHANNEL, MailRoom
from bot.channels.email.threads import Threads
from bot.channels.email.watching import Entrance, MailboxWatch
from bot.channels.email.writing import Letterhead
from bot.channels.web import kept_secret
from bot.ports.channel import Channel
from bot.ports.clock import Clock
from bot.ports.notes import Notes
from bot.settings import Settings, read_token
from bot.store.files import FolderFiles

from .house import House
from .web import FILES

SECRET = "mail.key"
_MENDS = {
    "FileNotFoundError": "channels.email.password_file: no such file",
    "LoginError": "channels.email: user, password_file",
    "SMTPAuthenticationError": "channels.email: user, password_file",
    "SSLCertVerificationError": "channels.email.ca_file, or the name of the server as its certificate has it",
    "IMAPClientError": "channels.email.folder",
    "gaierror": "the server's name",
    "TimeoutError": "name, port, and the firewall between",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What hinders the mailbox; `way`: imap | smtp."""

    way: str
    where: str
    error: Exception

    @property
    def told(self) -> str:
        """What is wrong, without what the server wrote."""
        return f"{self.way} at {self.where}: {self._kind}"

    @property
    def mend(self) -> str:
        """What to look at."""
        return _MENDS.get(self._kind, f"channels.email.{self.way}, {self.way}_port and whether it speaks TLS there")

    @property
    def _kind(self) -> str:
        cause = self.error.__cause__ or self.error.__context__
        names = [type(one).__name__ for one in (self.error, cause) if one]
        return next((name for name in names if name in _MENDS), names[0])


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox of the settings."""

    settings: Settings
    home: Path
    clock: Clock

    @property
    def threads(self) -> Threads:
        """The marks of its threads."""
        table = self.settings.channels.email
        return Threads(table.address or table.user, kept_secret(self.home / SECRET))

    @property
    def context(self) -> ssl.SSLContext:
        """What the servers' certificates are judged by. Raises OSError for a file that is none."""
        return ssl.create_default_context(cafile=self.settings.channels.email.ca_file or None)

    def channels(self, notes: Notes) -> Mapping[str, Channel]:
        """The way out; none where the settings name no mailbox."""
        table, threads = self.settings.channels.email, self.threads
        if not table.imap:
            return {}
        head = Letterhead(self.settings.desk.name, threads, self.settings.server.public_url)
        return {CHANNEL: EmailChannel(head, Letterbook(notes, threads.address), self._exit(), self.clock)}

    def watch(self, house: House) -> MailboxWatch:
        """The way in."""
        table, threads = self.settings.channels.email, self.threads
        book = Letterbook(house.notes, threads.address)
        ours = Ours(frozenset({threads.address}), table.authserv_id, threads.is_ours)
        files = FolderFiles(self.home / FILES)
        room = MailRoom(
            threads, book, files, self.clock, house.reception.receive, lambda raw, last: read_mail(raw, ours, last)
        )
        return MailboxWatch(self._entrance(), book, room.take)

    def examined(self) -> Iterator[Fault]:
        """Sign in at both servers, as a start would; tell what hinders. Raises nothing."""
        table = self.settings.channels.email
        try:
            with self._entrance().open() as client:
                client.select_folder(table.folder, readonly=True)
        except Exception as error:
            yield Fault("imap", f"{table.imap}:{table.imap_port}", error)
        try:
            self._exit().try_out()
        except Exception as error:
            yield Fault("smtp", f"{table.smtp}:{table.smtp_port}", error)

    def _entrance(self) -> Entrance:
        table = self.settings.channels.email
        return Entrance(self._server(table.imap, table.imap_port, not table.imap_starttls), table.folder)

    def _exit(self) -> Exit:
        table = self.settings.channels.email
        return Exit(self._server(table.smtp, table.smtp_port, table.smtp_tls))

    def _server(self, host: str, port: int, tls: bool) -> Server:
        return Server(host, port, self.settings.channels.email.user, self._password, tls, self.context)

    def _password(self) -> str:
        return read_token(self.settings.channels.email.password_file)
