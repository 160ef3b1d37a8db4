"""Pages fetched with manners: one at a time, from one host, patient with a busy one, never more than was agreed."""

import json
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from .items import LARGEST_TEXT, SourceError

LARGEST_LIST = 32_000_000  # bytes of one answer that lists many pages
_RETRIES = 4
_LONGEST_WAIT = 60.0  # seconds; a source that asks for more is left alone
_LONGEST_PAGE = 180.0  # seconds from the first byte to the last
_REDIRECTS = 5
_BUSY = frozenset((429, 500, 502, 503, 504))
_PORTS = {"http": 80, "https": 443}


class AbsentError(SourceError):
    """An address that a source does not have (404), or no longer (410)."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class RefusedError(SourceError):
    """A source that lets only known users in."""


class PageError(Exception):
    """A page that cannot be taken, while others can; `mend` says what to do about it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Access:
    """How a person is let in: with a user, name and password or token; without, a bearer token. Never shown."""

    user: str = ""
    token: str = field(default="", repr=False)

    def header(self, suffix: str = "") -> str:
        """The `Authorization` to send; `suffix` follows the user's name where a system wants it so."""
        if not self.token:
            return ""
        if not self.user:
            return f"Bearer {self.token}"
        return "Basic " + b64encode(f"{self.user}{suffix}:{self.token}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered. `address`: where it was in the end; `body` is empty where it is as it was (304)."""

    status: int
    address: str
    body: bytes = b""
    kind: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Fetches from the host of one address and from no other; redirects and pages that lead elsewhere are refused."""

    def __init__(self, home: str, authorization: str = "", wait: Callable[[float], None] = time.sleep) -> None:
        self.home = checked(home)
        self.pause = 0.0  # seconds before each further page, where the source asks for it
        self._wait = wait
        self._began = False
        headers = {"User-Agent": f"Guichet/{_version()}", "Accept-Language": "fr, en;q=0.9"}
        if authorization:
            headers["Authorization"] = authorization
        self._client = httpx.Client(headers=headers, timeout=httpx.Timeout(30.0, connect=10.0))

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def get(self, address: str, known: Mapping[str, str] | None = None, largest: int = LARGEST_TEXT) -> Answer:
        """Fetch a page; `known` holds the `etag` and `modified` it had. Gives 200, 304 and 4xx answers.

        Raises PageError for a page that is too large or leads elsewhere, SourceError where no page can be had.
        """
        if self._began and self.pause:
            self._wait(self.pause)
        self._began = True
        conditions = {"If-None-Match": (known or {}).get("etag"), "If-Modified-Since": (known or {}).get("modified")}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(_REDIRECTS + 1):
            self._inside(address)
            try:
                answer, leads = self._patient(address, headers, largest)
            except httpx.InvalidURL as error:
                raise PageError(f"its address cannot be read ({error})", "correct the link to it") from error
            if not leads:
                return answer
            address = urljoin(address, leads)
        raise PageError("it leads from one address to the next without end", "open it in a browser, and tell its owner")

    def data(self, address: str, parameters: Iterable[tuple[str, str]] = ()) -> Any:
        """Fetch and read JSON, adding parameters to the address. Raises AbsentError and SourceError."""
        whole = str(httpx.URL(address, params=[*httpx.URL(address).params.multi_items(), *parameters]))
        try:
            answer = self.get(whole, largest=LARGEST_LIST)
        except PageError as error:
            raise SourceError(f"{whole}: {error}; {error.mend}") from error
        refuse(answer)
        try:
            return json.loads(answer.body)
        except ValueError as error:
            mend = "check the address, and whether it wants --user and --token-file"
            raise SourceError(f"{answer.address} answered with a page instead of data; {mend}") from error

    def _patient(self, address: str, headers: Mapping[str, str], largest: int) -> tuple[Answer, str]:
        """One answer, and where it leads to; a busy or broken source is asked again after a while."""
        trouble = ""
        for retry in range(_RETRIES + 1):
            try:
                answer, leads, asked = self._once(address, headers, largest)
            except httpx.RequestError as error:
                trouble, asked = f"{type(error).__name__}: {error}".rstrip(": "), None
            else:
                if answer.status not in _BUSY:
                    return answer, leads
                trouble = f"it answered {answer.status}"
            if asked is not None and asked > _LONGEST_WAIT:
                raise SourceError(f"{address} asks to be left alone for {asked:.0f} s; run this again after that")
            if retry < _RETRIES:
                self._wait(min(_LONGEST_WAIT, 2.0**retry) if asked is None else asked)
        raise SourceError(f"{address} cannot be read ({trouble}, {_RETRIES + 1} times); run this again later")

    def _once(self, address: str, headers: Mapping[str, str], largest: int) -> tuple[Answer, str, float | None]:
        with self._client.stream("GET", address, headers=headers) as response:
            leads = response.headers.get("Location", "") if response.is_redirect else ""
            body = b"" if leads or response.status_code in _BUSY else _body(response, largest)
            answer = Answer(
                response.status_code,
                address,
                body,
                response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
                response.charset_encoding or "",
                response.headers.get("ETag", ""),
                response.headers.get("Last-Modified", ""),
            )
            return answer, leads, _asked(response.headers.get("Retry-After", ""))

    def _inside(self, address: str) -> None:
        if not same_host(self.home, address):
            host = urlsplit(self.home).netloc
            raise PageError(f"it leads to {address}, away from {host}", "import that address itself if you trust it")


def checked(address: str) -> str:
    """Check an address that a person gave. Raises SourceError."""
    try:
        parts = urlsplit(address.strip())
        known = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SourceError(f"{address} is no web address; write it as https://host/path")
    if parts.username or parts.password:
        raise SourceError("the address holds a user or a password; use --user and --token-file for them")
    return parts.geturl()


def same_host(home: str, address: str) -> bool:
    """Whether an address is on the host of another: the same name and port, never from https down to http."""
    try:
        ours, theirs = urlsplit(home), urlsplit(address)
        ports = [one.port or _PORTS.get(one.scheme, 0) for one in (ours, theirs)]
    except ValueError:
        return False
    schemes = (ours.scheme, theirs.scheme)
    upward = schemes == ("http", "https") and ports == [80, 443]
    same = schemes[0] == schemes[1] and ports[0] == ports[1]
    named = ours.hostname == theirs.hostname and not (theirs.username or theirs.password)
    return named and (upward or same)


def refuse(answer: Answer) -> None:
    """Raise RefusedError, AbsentError or SourceError for an answer that is none."""
    if answer.status in (401, 403):
        mend = "give --user and --token-file (or GUICHET_KB_TOKEN), and check what that user may read"
        raise RefusedError(f"{answer.address} answered {answer.status}: it lets only known users in; {mend}")
    if answer.status in (404, 410):
        raise AbsentError(f"{answer.address} is not there ({answer.status}); check the address", answer.status)
    if answer.status != 200:
        raise SourceError(f"{answer.address} answered {answer.status}; check the address")


def _body(response: httpx.Response, largest: int) -> bytes:
    """Read to the end, or as far as was agreed: neither size nor patience is the source's to choose."""
    parts: list[bytes] = []
    size, until = 0, time.monotonic() + _LONGEST_PAGE
    for part in response.iter_bytes(65_536):
        size += len(part)
        if size > largest:
            raise PageError(f"it is larger than {largest / 1_000_000:g} MB", "split it into several pages")
        if time.monotonic() > until:
            raise PageError(f"it did not arrive within {_LONGEST_PAGE:.0f} s", "run this again later")
        parts.append(part)
    return b"".join(parts)


def _asked(told: str) -> float | None:
    """How long a source asks to wait, in seconds; None = it does not say."""
    if told.strip().isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _version() -> str:
    try:
        return version("guichet-desk")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
