"""Requests to Request Tracker's REST 2 interface, bounded in time and size, and what each kind of failure means."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

import httpx

from ticket_bridge.port import DoubtfulError, RefusedError, TryLaterError
from ticket_bridge.systems.rt_config import RtConfig

LARGEST_ANSWER = 8_000_000  # bytes
LONGEST_WAIT = timedelta(hours=1)  # whatever a Retry-After says
PATH = "/REST/2.0"
LATER = (429, 503)
MENDS = {
    400: "it does not take what was sent",
    401: "the token is not valid there (any more); make a new one",
    403: "the account has no right to it; `check` tells which are missing",
    404: "it does not exist, or the account may not see it",
    413: "it is too large for the server",
}
Json: TypeAlias = Any  # what json.loads gives


class RtWire:
    """Carries requests, one connection each: one that the server had just closed would leave a write in doubt.

    Raises OSError where there is no `ca_file`.
    """

    def __init__(self, config: RtConfig) -> None:
        self._base = config.url.rstrip("/") + PATH
        self._limit = config.answer_within.total_seconds()
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"token {config.token}", "Accept": "application/json"},
            timeout=self._limit,
            limits=httpx.Limits(max_connections=10, max_keepalive_connections=0),
            verify=ssl.create_default_context(cafile=config.ca_file or None),
            trust_env=False,
        )

    async def close(self) -> None:
        """Let go of what connections there are."""
        await self._client.aclose()

    async def get(self, path: str, **params: str) -> dict[str, Json]:
        """Read something. Raises as a write does."""
        answer = await self._exchange("GET", path, params=params)
        if not isinstance(answer, dict):
            raise DoubtfulError("the ticket server answered with something else than was asked for")
        return answer

    async def get_all(self, path: str, **params: str) -> list[dict[str, Json]]:
        """Read the items of a search, at most a hundred."""
        answer = await self.get(path, **({"per_page": "100"} | params))
        if not isinstance(answer.get("items"), list):
            raise DoubtfulError("a search was answered with something else than a list")
        return dicts(answer["items"])

    async def send(self, method: str, path: str, body: Mapping[str, object]) -> Json:
        """Write something. Raises TryLaterError, RefusedError or DoubtfulError."""
        return await self._exchange(method, path, content=json.dumps(body).encode())

    async def _exchange(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Json:
        headers = {"Content-Type": "application/json"} if content is not None else {}
        try:
            async with (
                asyncio.timeout(self._limit),
                self._client.stream(
                    method, self._base + path, params=params, content=content, headers=headers
                ) as response,
            ):
                return _understood(response, await _body(response))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise TryLaterError(f"the ticket server cannot be reached: {type(error).__name__}") from None
        except (TimeoutError, httpx.TimeoutException):
            raise DoubtfulError(f"the ticket server did not answer within {self._limit:g} s") from None
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            raise RefusedError("the ticket server's address is none; correct `url`") from None
        except httpx.HTTPError as error:
            raise DoubtfulError(f"the connection to the ticket server broke: {type(error).__name__}") from None


def dicts(value: Json) -> list[dict[str, Json]]:
    """Take the objects out of what should be a list of them."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


async def _body(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > LARGEST_ANSWER:
            raise DoubtfulError(f"the ticket server's answer is larger than {LARGEST_ANSWER} bytes")
        parts.append(part)
    return b"".join(parts)


def _understood(response: httpx.Response, body: bytes) -> Json:
    """Read an answer: what it says, or what it means that it says nothing. Its own words are quoted nowhere."""
    status = response.status_code
    if status in LATER:
        raise TryLaterError(f"the ticket server is busy ({status})", _wait(response.headers.get("Retry-After", "")))
    if 300 <= status < 400:
        raise RefusedError(f"the ticket server sends elsewhere ({status}); correct `url`")
    if 400 <= status < 500 and status not in (408, 425):
        raise RefusedError(f"the ticket server refused ({status}): {MENDS.get(status, 'see its log')}")
    if status not in (200, 201):
        raise DoubtfulError(f"the ticket server answered {status}")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise DoubtfulError(f"the ticket server answered {status} with something that is no JSON") from None


def _wait(retry_after: str) -> timedelta | None:
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    left = (when if when.tzinfo else when.replace(tzinfo=UTC)) - datetime.now(UTC)
    return min(max(left, timedelta()), LONGEST_WAIT)
