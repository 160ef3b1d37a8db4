"""The mailbox of a house, put together from the settings: the way in, the way out, and what both know."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fastapi import APIRouter

from bot.channels.email.correspondence import Letterbook
from bot.channels.email.mail import Ours
from bot.channels.email.reading import read_mail
from bot.channels.email.sending import EmailChannel, Exit
from bot.channels.email.server import PASSWORD_REFUSED, TOKEN_REFUSED, Server
from bot.channels.email.taking import CHANNEL, MailRoom
from bot.channels.email.threads import Threads
from bot.channels.email.token_endpoint import TokenError
from bot.channels.email.tokens import Grant, Tokens
from bot.channels.email.watching import Entrance, MailboxWatch
from bot.channels.email.writing import Letterhead
from bot.channels.web import kept_secret
from bot.ports.channel import Channel
from bot.ports.clock import Clock
from bot.ports.notes import Notes
from bot.settings import OAuth, Settings, read_token
from bot.store.files import FolderFiles

from .branches import Hindrance, Work
from .house import House
from .web import FILES

SECRET, TOKEN = "mail.key", "mail.token"
_MENDS = {
    "FileNotFoundError": "channels.email.password_file: no such file",
    "SSLCertVerificationError": "channels.email.ca_file, or the name of the server as its certificate has it",
    "IMAPClientError": "channels.email.folder",
    "gaierror": "the server's name",
    "TimeoutError": "name, port, and the firewall between",
}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox of the settings. Implements bot.app.branches.Branch."""

    settings: Settings
    home: Path
    clock: Clock
    _tokens: dict[str, Tokens] = field(default_factory=dict, init=False, repr=False)  # by their endpoint

    @property
    def name(self) -> str:
        """Which channel it is."""
        return CHANNEL

    @property
    def told(self) -> str:
        """The address that people write to."""
        table = self.settings.channels.email
        return table.address or table.user

    @property
    def threads(self) -> Threads:
        """The marks of its threads."""
        return Threads(self.told, kept_secret(self.home / SECRET))

    @property
    def context(self) -> ssl.SSLContext:
        """What the servers' certificates are judged by. Raises OSError for a file that is none."""
        return ssl.create_default_context(cafile=self.settings.channels.email.ca_file or None)

    def channels(self, notes: Notes) -> Mapping[str, Channel]:
        """The way out."""
        return {CHANNEL: self.channel(notes)}

    def channel(self, notes: Notes) -> EmailChannel:
        """The way out, which writes to addresses without a conversation too."""
        threads = self.threads
        head = Letterhead(self.settings.desk.name, threads, self.settings.server.public_url)
        files = FolderFiles(self.home / FILES)
        return EmailChannel(head, Letterbook(notes, threads.address), self._exit(), self.clock, files)

    def works(self, house: House) -> Iterator[Work]:
        """The way in."""
        yield self.watch(house).run()

    def watch(self, house: House) -> MailboxWatch:
        """The way in, not yet at work."""
        table, threads = self.settings.channels.email, self.threads
        book = Letterbook(house.notes, threads.address)
        addresses = frozenset({threads.address, *table.aliases})
        ours = Ours(addresses, table.authserv_id, threads.is_ours, agents=frozenset(table.agents))
        files = FolderFiles(self.home / FILES)
        room = MailRoom(
            threads, book, files, self.clock, house.reception.receive, lambda raw, last: read_mail(raw, ours, last)
        )
        return MailboxWatch(self._entrance(), book, room.take)

    def routers(self) -> Iterator[APIRouter]:
        """Nobody calls: mails are fetched."""
        yield from ()

    async def close(self) -> None:
        """Nothing is left to hang up."""

    def examined(self) -> Iterator[Hindrance]:
        """Sign in at both servers, as a start would."""
        table = self.settings.channels.email
        refused = TOKEN_REFUSED if table.oauth.token_url else PASSWORD_REFUSED
        try:
            with self._entrance().open() as client:
                client.select_folder(table.folder, readonly=True)
        except Exception as error:
            yield _hindrance("imap", f"{table.imap}:{table.imap_port}", error, refused)
        try:
            self._exit().try_out()
        except Exception as error:
            yield _hindrance("smtp", f"{table.smtp}:{table.smtp_port}", error, refused)

    def _entrance(self) -> Entrance:
        table = self.settings.channels.email
        return Entrance(self._server(table.imap, table.imap_port, not table.imap_starttls), table.folder)

    def _exit(self) -> Exit:
        table = self.settings.channels.email
        return Exit(self._server(table.smtp, table.smtp_port, table.smtp_tls))

    def _server(self, host: str, port: int, tls: bool) -> Server:
        return Server(host, port, self.settings.channels.email.user, self._secret(), tls, self.context)

    def _secret(self) -> Callable[[], str] | Tokens:
        """What one signs in with: the same tokens for both ways, or the password, read at each connection."""
        table = self.settings.channels.email
        if not table.oauth.token_url:
            return partial(read_token, table.password_file)
        held = self._tokens
        if table.oauth.token_url not in held:
            held[table.oauth.token_url] = Tokens(_grant(table.oauth), self.home / TOKEN, self.context)
        return held[table.oauth.token_url]


def _grant(table: OAuth) -> Grant:
    secret, refresh = (
        partial(read_token, file) if file else None for file in (table.client_secret_file, table.refresh_token_file)
    )
    return Grant(table.token_url, table.client_id, table.scope, secret, refresh)


def _hindrance(way: str, where: str, error: Exception, refused: str) -> Hindrance:
    """What hinders one way, without what the server wrote: it may repeat an address."""
    if isinstance(error, TokenError):
        return Hindrance(f"{way} at {where}: {error}", error.mend)
    cause = error.__cause__ or error.__context__
    names = [type(one).__name__ for one in (error, cause) if one]
    mends = {**_MENDS, "LoginError": refused, "SMTPAuthenticationError": refused}
    kind = next((name for name in names if name in mends), names[0])
    usual = f"channels.email.{way}, {way}_port and whether it speaks TLS there"
    return Hindrance(f"{way} at {where}: {kind}", mends.get(kind, usual))
