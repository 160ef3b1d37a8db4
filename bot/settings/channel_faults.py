"""What the tables of the channels lack, taken together."""

from collections.abc import Iterator

from .channels import Email, Slack, Telegram
from .secret import Told, secret_faults, unlike_certificates
from .tables import Settings

_PUBLIC = 'set server.public_url = "https://support.example.org"'


def channel_faults(settings: Settings) -> Iterator[tuple[str, Told]]:
    """Name each table and what is wrong in it."""
    is_public = settings.server.public_url.startswith("https://")
    channels = settings.channels
    yield from (("email", fault) for fault in _email(channels.email))
    yield from (("slack", fault) for fault in _slack(channels.slack, is_public))
    yield from (("telegram", fault) for fault in _telegram(channels.telegram, is_public))


def _email(table: Email) -> Iterator[Told]:
    """What a mailbox lacks; one without a way in is none."""
    if not table.imap:
        return
    examples = {"smtp": "smtp.example.org", "user": "support@example.org"}
    if not table.oauth.token_url:
        examples["password_file"] = "mail.pass"
    for key, example in examples.items():
        if not getattr(table, key):
            yield key, "is empty, and a mailbox needs it", f'{key} = "{example}"'
    if table.user and "@" not in (table.address or table.user):
        yield "address", "is empty, and user is no address", 'address = "support@example.org"'
    yield from secret_faults("password_file", table.password_file)
    if fault := unlike_certificates(table.ca_file):
        yield "ca_file", fault, "a file with the authority's certificate (-----BEGIN CERTIFICATE-----), or leave it out"
    if table.password_file and table.oauth.token_url:
        yield "password_file", "is given, and so is oauth.token_url", "one of them: take the other out"
    if table.oauth.token_url:
        yield from _oauth(table)


def _oauth(table: Email) -> Iterator[Told]:
    told = table.oauth
    if not told.client_id:
        yield "oauth.client_id", "is empty, and the provider asks for it", "client_id as the provider shows it"
    if not told.refresh_token_file and not told.client_secret_file:
        yield "oauth.client_secret_file", "is empty, as is refresh_token_file", "one of them: docs/channels/email.md"
    for key in ("client_secret_file", "refresh_token_file"):
        yield from secret_faults(f"oauth.{key}", getattr(told, key))


def _slack(table: Slack, is_public: bool) -> Iterator[Told]:
    if not table.is_there:
        if table.app_token_file or table.signing_secret_file or table.help_channels:
            yield "bot_token_file", "is empty, and Slack needs it", 'bot_token_file = "slack.bot"'
        return
    if table.socket_mode and not table.app_token_file:
        yield "app_token_file", "is empty, and Socket Mode needs it", 'app_token_file = "slack.app"'
    if not table.socket_mode and not table.signing_secret_file:
        yield "signing_secret_file", "is empty, and HTTP needs it", 'signing_secret_file = "slack.secret"'
    if not table.socket_mode and not is_public:
        yield "socket_mode", "is false, and Slack has no address to post to", _PUBLIC
    if table.refresh_token_file and not (table.client_id and table.client_secret_file):
        yield (
            "refresh_token_file",
            "needs client_id and client_secret_file",
            "as Basic Information shows them",
        )
    for key in ("bot_token_file", "app_token_file", "signing_secret_file", "client_secret_file", "refresh_token_file"):
        yield from secret_faults(key, getattr(table, key))


def _telegram(table: Telegram, is_public: bool) -> Iterator[Told]:
    yield from secret_faults("token_file", table.token_file)
    if table.webhook and not table.token_file:
        yield "token_file", "is empty, and a bot needs it", 'token_file = "telegram.token"'
    if table.webhook and not is_public:
        yield "webhook", "is true, and Telegram has no address to post to", _PUBLIC
