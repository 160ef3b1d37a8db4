"""One request to a provider's token endpoint (RFC 6749): tokens, or what is wrong and how to mend it."""

import json
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

SECONDS = 10.0  # for the whole answer
_LARGEST = 100_000  # bytes of an answer; the largest tokens have a few thousand
_UNTOLD = 600.0  # seconds that a token is taken to last where the endpoint does not say
_TOKEN = re.compile(r"[\x21-\x7e]{1,20000}")  # anything else could break out of the line that carries it
_KEYS = "channels.email.oauth: "


class TokenError(Exception):
    """There is no token. Its text and `mend` hold our own words alone; `lasting`: until somebody mends it."""

    def __init__(self, what: str, mend: str, lasting: bool = False) -> None:
        super().__init__(f"OAuth: {what}")
        self.what, self.mend, self.lasting = what, mend, lasting

    def again(self) -> "TokenError":
        """The same, for whoever asks next."""
        return TokenError(self.what, self.mend, self.lasting)


@dataclass(frozen=True, slots=True)
class Granted:
    """What the endpoint gave. `refresh` is "" where the one it was asked with stays."""

    access: str = field(repr=False)
    seconds: float
    refresh: str = field(default="", repr=False)


_CONSENT = (
    "the provider wants a person's consent again",
    "consent as docs/channels/email.md says, and put the new token into channels.email.oauth.refresh_token_file",
)
_REFUSALS = {
    "invalid_grant": _CONSENT,
    "interaction_required": _CONSENT,
    "login_required": _CONSENT,
    "consent_required": _CONSENT,
    "invalid_client": ("client or secret refused", _KEYS + "client_id, client_secret_file (secrets expire)"),
    "unauthorized_client": ("this client may not sign in so", _KEYS + "client_id, and what the provider allows it"),
    "invalid_scope": ("the scope is refused", _KEYS + "scope"),
    "unsupported_grant_type": ("this endpoint does not know the grant", _KEYS + "token_url, refresh_token_file"),
    "invalid_request": ("the request is refused", _KEYS + "token_url, client_id, scope"),
}
_ADDRESS = _KEYS + "token_url"
_CERTIFICATE = "channels.email.ca_file, or the name in token_url as the certificate has it"


def ask(url: str, form: Mapping[str, str], context: ssl.SSLContext | None = None) -> Granted:
    """Ask for an access token. Raises TokenError."""
    until = time.monotonic() + SECONDS
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    try:
        with (
            httpx.Client(verify=context or ssl.create_default_context(), timeout=SECONDS) as client,
            client.stream("POST", url, data=dict(form), headers=headers) as response,
        ):
            body, status = _body(response, until), response.status_code
    except httpx.TimeoutException:
        raise _late() from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        mend = _CERTIFICATE if _is_untrusted(error) else f"{_ADDRESS}, and the way to it"
        raise TokenError(f"the token endpoint cannot be reached ({type(error).__name__})", mend) from None
    return _granted(_told(body)) if status == httpx.codes.OK else _refused(status, _told(body))


def _body(response: httpx.Response, until: float) -> bytes:
    """Read an answer up to its limits. Raises TokenError."""
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > _LARGEST:
            raise TokenError("the token endpoint answers with a page instead of a token", _ADDRESS)
        if time.monotonic() > until:
            raise _late()
    return bytes(content)


def _told(body: bytes) -> Mapping[str, object]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):  # of a bad encoding, too
        return {}
    return told if isinstance(told, dict) else {}


def _granted(told: Mapping[str, object]) -> Granted:
    access, refresh = told.get("access_token"), told.get("refresh_token")
    if not _is_token(access) or str(told.get("token_type", "bearer")).lower() != "bearer":
        raise TokenError("the token endpoint answers without a bearer token", _ADDRESS)
    return Granted(str(access), _seconds(told.get("expires_in")), str(refresh) if _is_token(refresh) else "")


def _is_token(told: object) -> bool:
    return isinstance(told, str) and _TOKEN.fullmatch(told) is not None


def _seconds(told: object) -> float:
    """How long a token lasts; some endpoints write the number as text."""
    words = str(told)
    return float(words) if re.fullmatch(r"\d{1,9}", words, re.ASCII) else _UNTOLD


def _refused(status: int, told: Mapping[str, object]) -> Granted:
    error = told.get("error")
    if isinstance(error, str) and error in _REFUSALS:
        what, mend = _REFUSALS[error]
        raise TokenError(what, mend, lasting=True)
    raise TokenError(f"the token endpoint answers with status {status}", f"{_ADDRESS}, or wait: it is tried again")


def _late() -> TokenError:
    return TokenError("the token endpoint does not answer in time", f"{_ADDRESS}, and the way to it")


def _is_untrusted(error: BaseException | None) -> bool:
    """Whether a certificate was not believed; the library tells it as the cause of a cause."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
