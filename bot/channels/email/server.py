"""A mail server as both ways to it know it, and how one signs in there."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from aiosmtplib import SMTP
from imapclient import IMAPClient

from bot.channels.email.tokens import Tokens

PASSWORD_REFUSED = "channels.email: user, password_file"
TOKEN_REFUSED = "channels.email: user, oauth.scope, and whether the provider lets this client into the mailbox"


@dataclass(frozen=True, slots=True)
class Credential:
    """What one signs in with: a password, or an access token (XOAUTH2)."""

    user: str
    secret: str = field(repr=False)
    is_token: bool = False

    def sign_in(self, client: IMAPClient) -> None:
        """Sign in to read. Raises LoginError where it is refused."""
        if self.is_token:
            client.sasl_login("XOAUTH2", lambda challenge: self.answer(challenge or None))
        else:
            client.login(self.user, self.secret)

    async def sign_in_to_send(self, smtp: SMTP) -> None:
        """Sign in to send. Raises SMTPAuthenticationError where it is refused."""
        if self.is_token:
            await smtp.auth_xoauth2(self.user, self.secret)
        else:
            await smtp.login(self.user, self.secret)

    def sign_in_to_try(self, smtp: smtplib.SMTP) -> None:
        """Sign in to send, blocking. Raises smtplib's SMTPAuthenticationError where it is refused."""
        if self.is_token:
            smtp.ehlo_or_helo_if_needed()
            smtp.auth("XOAUTH2", self.answer)
        else:
            smtp.login(self.user, self.secret)

    def answer(self, challenge: bytes | None = None) -> str:
        """What XOAUTH2 says first. A challenge after that tells why it is refused; an empty line ends the matter."""
        return f"user={self.user}\1auth=Bearer {self.secret}\1\1" if challenge is None else ""


@dataclass(frozen=True, slots=True)
class Server:
    """Where it stands and who signs in. `secret` gives the password at each connection, or the tokens.

    `tls`: from the first byte, else STARTTLS; `context` judges its certificate, None = as this machine does.
    """

    host: str
    port: int
    user: str
    secret: Callable[[], str] | Tokens = field(repr=False)
    tls: bool
    context: ssl.SSLContext | None = None

    def credential(self) -> Credential:
        """Give what one signs in with now. Blocking; raises OSError, ValueError and TokenError."""
        if isinstance(self.secret, Tokens):
            return Credential(self.user, self.secret.token(), is_token=True)
        return Credential(self.user, self.secret())

    def instead_of(self, refused: Credential) -> Credential | None:
        """Give what to try after a refusal: a new token; None for a password, which stays the same. As `credential`."""
        if isinstance(self.secret, Tokens):
            return Credential(self.user, self.secret.token(refused.secret), is_token=True)
        return None

    @property
    def mend(self) -> str:
        """What to look at where the server refuses the sign-in."""
        return TOKEN_REFUSED if isinstance(self.secret, Tokens) else PASSWORD_REFUSED
