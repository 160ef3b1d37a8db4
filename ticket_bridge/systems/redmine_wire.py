"""Asking Redmine, within limits: what it answers, and what each failure means for what was asked."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from ticket_bridge.port import DoubtfulError, RefusedError, TryLaterError
from ticket_bridge.systems.redmine_config import RedmineConfig

Shape = TypeVar("Shape")
Params = Sequence[tuple[str, str]]
Content = Mapping[str, object] | bytes

LARGEST_ANSWER = 16 * 1024 * 1024  # bytes
LARGEST_WORDS = 1024 * 1024  # bytes of one request, files apart
LONGEST_REASON = 300  # characters of the server's own words
LONGEST_PAUSE = timedelta(hours=1)
CONNECT_LIMIT = 5.0  # seconds

_MENDS = {
    401: "the API key is not accepted: copy it again from My account, and keep the account active",
    403: "our account may not do this: see its role's permissions, and Administration, Settings, API",
    404: "it is not there, or our account may not see it",
    413: "the server takes no request of this size",
}


class OutOfSightError(RefusedError):
    """It is not there, or not for us."""


class InvalidError(RefusedError):
    """Redmine found the request wrong, and says why."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What Redmine says of a request that it found wrong."""

    errors: tuple[str, ...] = ()


class Wire:
    """Sends one request after the other, each on a connection of its own.

    A kept connection may be closed by the server just as we send; then nobody could say whether the request arrived.
    """

    def __init__(self, config: RedmineConfig) -> None:
        self._config = config
        self._trust = ssl.create_default_context() if config.base.startswith("https") else None

    async def read(self, path: str, shape: TypeAdapter[Shape], params: Params = (), key: str = "") -> Shape:
        """Get something of this shape. Raises as a write does, and DoubtfulError for an answer of another shape."""
        return _shaped(await self._ask("GET", path, params, None, key), shape)

    async def make(self, path: str, content: Content, shape: TypeAdapter[Shape], params: Params = ()) -> Shape:
        """Create something, and get it as the server holds it."""
        return _shaped(await self._ask("POST", path, params, content), shape)

    async def change(self, path: str, content: Content) -> None:
        """Change something. That the server answers well says nothing: it leaves out what it does not like."""
        await self._ask("PUT", path, (), content)

    async def _ask(self, method: str, path: str, params: Params, content: Content | None, key: str = "") -> bytes:
        body, kind = _body(content)
        headers = {"X-Redmine-API-Key": key or self._config.key, "Content-Type": kind, "Accept": "application/json"}
        seconds = self._config.time_limit.total_seconds()
        limits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_LIMIT))
        url = f"{self._config.base}{path}"
        try:
            async with (
                asyncio.timeout(seconds),
                httpx.AsyncClient(verify=self._trust or False, trust_env=False, timeout=limits) as http,
                http.stream(method, url, params=list(params), content=body, headers=headers) as answer,
            ):
                return _judged(answer, await _within(answer))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise TryLaterError("Redmine does not accept connections") from None
        except (TimeoutError, httpx.TimeoutException):
            raise DoubtfulError(f"Redmine gave no answer within {seconds:g} s") from None
        except httpx.HTTPError as error:
            raise DoubtfulError(f"the answer of Redmine was lost ({type(error).__name__})") from None


def _body(content: Content | None) -> tuple[bytes | None, str]:
    if content is None or isinstance(content, bytes):
        return content, "application/octet-stream" if content is not None else "application/json"
    body = json.dumps(content, ensure_ascii=False).encode()
    if len(body) > LARGEST_WORDS:
        raise RefusedError(f"the words are longer than {LARGEST_WORDS} bytes: attach them as a file")
    return body, "application/json"


async def _within(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > LARGEST_ANSWER:
            raise DoubtfulError(f"the answer of Redmine is longer than {LARGEST_ANSWER} bytes")
        parts.append(part)
    return b"".join(parts)


def _judged(answer: httpx.Response, body: bytes) -> bytes:
    status = answer.status_code
    if 200 <= status < 300:
        return body
    if status in (408, 429, 503):
        raise TryLaterError(f"Redmine answered {status}: busy", _retry_after(answer.headers.get("retry-after", "")))
    if status >= 500 or status < 300:
        raise DoubtfulError(f"Redmine answered {status}")
    if status < 400:
        raise RefusedError(f"Redmine answered {status}: url is not its final address, give the one it leads to")
    reasons = _reasons(body)
    if status == 409 or (status == 422 and not reasons):  # what two changes of a ticket at the same moment look like
        raise TryLaterError(f"Redmine answered {status}: somebody changed this at the same moment")
    kind = {403: OutOfSightError, 404: OutOfSightError, 422: InvalidError}.get(status, RefusedError)
    raise kind(f"Redmine answered {status}: {reasons or _MENDS.get(status, 'refused')}")


def _reasons(body: bytes) -> str:
    try:
        errors = _ERRORS.validate_json(body).errors
    except ValidationError:
        return ""
    return " ".join("; ".join(errors).split())[:LONGEST_REASON]


def _retry_after(text: str) -> timedelta | None:
    """Read a number of seconds or a date; None where it is neither."""
    if text.isascii() and text.isdigit() and len(text) < 9:
        return min(timedelta(seconds=int(text)), LONGEST_PAUSE)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at - datetime.now(UTC), timedelta(0)), LONGEST_PAUSE)


def _shaped(body: bytes, shape: TypeAdapter[Shape]) -> Shape:
    try:
        return shape.validate_json(body)
    except ValidationError:
        raise DoubtfulError("the answer of Redmine makes no sense: is url the address of a Redmine?") from None


_ERRORS = TypeAdapter(Errors)
