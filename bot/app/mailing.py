"""The mailbox of a house, put together from the settings: the way in, the way out, and what both know."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from fastapi import APIRouter

from bot.channels.email.correspondence import Letterbook
from bot.channels.email.mail import Ours
from bot.channels.email.reading import read_mail
from bot.channels.email.sending import EmailChannel, Exit
from bot.channels.email.server import Server
from bot.channels.email.taking import CHANNEL, MailRoom
from bot.channels.email.threads import Threads
from bot.channels.email.tokens import Grant, Tokens
from bot.channels.email.trial import try_out
from bot.channels.email.trouble import Way, trouble
from bot.channels.email.watching import Entrance, MailboxWatch
from bot.channels.email.writing import Letterhead
from bot.channels.web import kept_secret
from bot.ports.channel import Channel
from bot.ports.clock import Clock
from bot.ports.notes import Notes
from bot.settings import OAuth, Settings, read_token, unlike_certificates
from bot.store.files import FolderFiles

from .branches import Hindrance, Work
from .house import House
from .web import FILES

SECRET, TOKEN = "mail.key", "mail.token"
PATIENCE = 5.0  # seconds that the doctor waits for a server's greeting


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox of the settings. Implements bot.app.branches.Branch."""

    settings: Settings
    home: Path
    clock: Clock
    patience: float = PATIENCE
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
        if fault := unlike_certificates(self.settings.channels.email.ca_file):
            yield Hindrance(f"its certificates: {fault}", "channels.email.ca_file")
            return
        entrance, leaving = replace(self._entrance(), patience=self.patience), self._exit().server
        try:
            with entrance.open() as client:
                entrance.chosen(client)
        except Exception as error:
            yield _hindrance("imap", entrance.server, error)
        try:
            try_out(leaving, self.patience)
        except Exception as error:
            yield _hindrance("smtp", leaving, error)

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


def _hindrance(way: Way, server: Server, error: Exception) -> Hindrance:
    """What hinders one way, without what the server wrote: it may repeat an address."""
    found = trouble(error, server, way)
    usual = f"channels.email.{way}, {way}_port"
    return Hindrance(f"{way} at {server.host}:{server.port}: {found.told}", found.mend or usual)
