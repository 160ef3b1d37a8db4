"""Access tokens of a mailbox whose provider signs in by OAuth 2: held in memory, asked for anew before they end."""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.email.token_endpoint import Granted, TokenError, ask
from bot.channels.email.token_file import TokenFile
from bot.channels.unread import why_unread

EARLY = 60.0  # seconds before its end that a token is no longer given out; of a short one half its life
SLOWLY = 300.0  # seconds between two requests that somebody has to mend first; new files are tried at once
BRIEFLY = 5.0  # after any other failure: all mails that wait would ask, one after the other


@dataclass(frozen=True, slots=True)
class Grant:
    """What the token endpoint at `url` wants. Secrets are read at each request, as OSError lets one know.

    `secret` None: a public client. `refresh_token` None: the client signs in for itself (client_credentials).
    """

    url: str
    client_id: str
    scope: str = ""
    secret: Callable[[], str] | None = field(default=None, repr=False)
    refresh_token: Callable[[], str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Held:
    access: str = field(repr=False)
    until: float


@dataclass(frozen=True, slots=True)
class _Failure:
    """A request that failed, and until when the same one is not sent again."""

    form: dict[str, str] = field(repr=False)
    error: TokenError
    until: float


class Tokens:
    """Gives access tokens, from any thread; one request at once, however many ask."""

    def __init__(
        self,
        grant: Grant,
        kept: Path,
        context: ssl.SSLContext | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`kept`: where a new refresh token is put; `context` judges the endpoint's certificate."""
        self._grant, self._context, self._now = grant, context, now
        self._file = TokenFile(kept)
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._failure: _Failure | None = None

    def token(self, refused: str = "") -> str:
        """Give a token that is good now, and not the one that a server refused. Blocking; raises TokenError."""
        with self._lock:
            held = self._held
            if held is None or held.access == refused or self._now() >= held.until:
                self._held = None
                began = self._now()
                granted = self._granted()
                lasts = max(granted.seconds - EARLY, granted.seconds / 2)
                self._held = held = _Held(granted.access, began + lasts)
            return held.access

    def _granted(self) -> Granted:
        if self._grant.refresh_token is None:
            return self._asked({"grant_type": "client_credentials"})
        given = _read(self._grant.refresh_token, "refresh_token_file")
        try:
            with self._file.alone():
                used = self._file.latest(given)
                granted = self._asked({"grant_type": "refresh_token", "refresh_token": used})
                if granted.refresh not in ("", used):
                    self._file.keep(given, granted.refresh)
                return granted
        except OSError as error:
            mend = f"the space and the rights of {self._file.path.parent}"
            raise TokenError(f"the refresh token cannot be kept ({type(error).__name__})", mend) from None

    def _asked(self, form: dict[str, str]) -> Granted:
        """Ask the endpoint, unless the same question has failed just now."""
        form = {**form, **self._client()}
        failure = self._failure
        if failure and failure.form == form and self._now() < failure.until:
            raise failure.error.again()
        try:
            granted = ask(self._grant.url, form, self._context)
        except TokenError as error:
            self._failure = _Failure(form, error, self._now() + (SLOWLY if error.lasting else BRIEFLY))
            raise
        self._failure = None
        return granted

    def _client(self) -> dict[str, str]:
        told = {"client_id": self._grant.client_id}
        if self._grant.secret is not None:
            told["client_secret"] = _read(self._grant.secret, "client_secret_file")
        return {**told, "scope": self._grant.scope} if self._grant.scope else told


def _read(secret: Callable[[], str], key: str) -> str:
    try:
        told = secret()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenError(f"the {key} cannot be read ({why_unread(error)})", f"channels.email.oauth.{key}") from None
    if not told:
        raise TokenError(f"the {key} is empty", f"channels.email.oauth.{key}")
    return told
