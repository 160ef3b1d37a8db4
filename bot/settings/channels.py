"""The tables of the channels. Secrets stand in files that the tables name, never here."""

from typing import Annotated

from pydantic import Field, StringConstraints

from .part import Part
from .takes import EMOJI, MAILBOX, MAILBOX_OR_NONE, SAFE

Mailbox = Annotated[str, StringConstraints(pattern=MAILBOX, max_length=254)]
Api = Annotated[str, StringConstraints(pattern=SAFE, min_length=1)]
Emoji = Annotated[str, StringConstraints(pattern=EMOJI)]


class OAuth(Part):
    """How one signs in at a provider that takes no passwords; used where `token_url` is set.

    Without a refresh token the client signs in for itself (client_credentials).
    """

    token_url: str = Field(default="", pattern=SAFE)
    client_id: str = Field(default="", max_length=300)
    client_secret_file: str = ""
    refresh_token_file: str = ""
    scope: str = Field(default="", max_length=1000)


class Email(Part):
    """A mailbox that people write to. Without `imap` there is none."""

    imap: str = Field(default="", max_length=253)
    imap_port: int = Field(default=993, ge=1, le=65535)
    imap_starttls: bool = False  # else TLS from the first byte
    smtp: str = Field(default="", max_length=253)
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: bool = False  # from the first byte; else STARTTLS
    user: str = Field(default="", max_length=254)
    address: str = Field(default="", pattern=MAILBOX_OR_NONE, max_length=254)  # "" = the user
    aliases: tuple[Mailbox, ...] = ()  # other addresses that lead to the mailbox
    agents: tuple[str, ...] = ()  # addresses, or patterns of them, of those who pass mails on to the desk
    password_file: str = ""
    authserv_id: str = Field(default="", max_length=253)  # of our own mail server: without it nobody is proven
    folder: str = Field(default="INBOX", min_length=1, max_length=200)
    ca_file: str = ""  # of an authority that this machine does not know
    oauth: OAuth = OAuth()


class Slack(Part):
    """A workspace. Without a bot token, in a file or renewed, there is none."""

    bot_token_file: str = ""
    app_token_file: str = ""
    signing_secret_file: str = ""
    socket_mode: bool = True  # else Slack posts to server.public_url
    help_channels: tuple[str, ...] = ()  # names or ids
    force_emoji: Emoji = "ticket"
    refuse_emoji: Emoji = "no_entry_sign"
    client_id: str = Field(default="", max_length=300)
    client_secret_file: str = ""
    refresh_token_file: str = ""
    api: Api = "https://slack.com/api/"

    @property
    def is_there(self) -> bool:
        """Whether the desk is on Slack."""
        return bool(self.bot_token_file or self.refresh_token_file)


class Telegram(Part):
    """A bot. Without a token there is none."""

    token_file: str = ""
    webhook: bool = False  # Telegram posts to server.public_url; else the desk asks it
    api: Api = "https://api.telegram.org"


class Channels(Part):
    """Where people write, besides the web chat."""

    email: Email = Email()
    slack: Slack = Slack()
    telegram: Telegram = Telegram()
