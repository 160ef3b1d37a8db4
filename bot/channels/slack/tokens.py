"""The bot's token: from a file, or one that Slack renews every twelve hours and that is kept in the home."""

import asyncio
import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.channels.slack.payload import Json, word
from bot.channels.unread import why_unread
from bot.ports.clock import Clock

EARLY = 600.0  # seconds before its end that a token is renewed
_LARGEST = 100_000  # bytes


class TokenError(Exception):
    """There is no token to ask with; `mend` names what to look at. Its text holds no secret."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.mend = mend


class Tokens(Protocol):
    """Gives tokens that are good now."""

    async def token(self, refused: str = "") -> str:
        """Give a token, another one than Slack has refused if there is one. Raises TokenError."""


def secret(read: Callable[[], str], key: str) -> str:
    """Read a secret of the settings. Raises TokenError."""
    try:
        told = read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenError(f"{key} cannot be read ({why_unread(error)})", f"channels.slack.{key}") from None
    if not told or not told.isascii() or not told.isprintable() or " " in told:
        raise TokenError(f"{key} holds no token", f"channels.slack.{key}")
    return told


@dataclass(frozen=True, slots=True)
class FileToken:
    """A token that lasts until somebody revokes it."""

    read: Callable[[], str] = field(repr=False)

    async def token(self, refused: str = "") -> str:
        """Read it anew: whoever puts another one into the file needs no restart."""
        return await asyncio.to_thread(secret, self.read, "bot_token_file")


@dataclass(frozen=True, slots=True)
class Rotation:
    """What Slack wants to see for a new token. Secrets are read at each request."""

    client_id: str
    client_secret: Callable[[], str] = field(repr=False)
    refresh_token: Callable[[], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """A token and what renews it; `given` marks the operator's refresh token with which the line began."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    until: float = 0.0
    given: str = ""


Renew = Callable[[str, str, str], Awaitable[Json]]


class RotatedToken:
    """Renews the token before its end, or when Slack calls it expired.

    Slack voids a refresh token by the request that uses it: the next one is on disk before anything is asked with it.
    """

    def __init__(self, rotation: Rotation, kept: Path, clock: Clock, renew: Renew) -> None:
        """`renew` asks Slack: client id, client secret, refresh token -> its answer. Raises TokenError."""
        self._rotation, self._kept, self._clock, self._renew = rotation, kept, clock, renew
        self._held: Held | None = None
        self._owed: Held | None = None  # what Slack gave and the disk did not take yet
        self._turn = asyncio.Lock()

    async def token(self, refused: str = "") -> str:
        """Give a token; one request at once, however many ask."""
        async with self._turn:
            if self._owed is not None:
                await self._keep(self._owed)
            if not self._is_good(self._held, refused):
                await self._look(refused)
            assert self._held is not None
            return self._held.access

    async def _look(self, refused: str) -> None:
        given = await asyncio.to_thread(secret, self._rotation.refresh_token, "refresh_token_file")
        held = await asyncio.to_thread(self._load, _mark(given))
        if not self._is_good(held, refused):
            client_secret = await asyncio.to_thread(secret, self._rotation.client_secret, "client_secret_file")
            told = await self._renew(self._rotation.client_id, client_secret, held.refresh if held else given)
            await self._keep(self._granted(told, _mark(given)))
            return
        self._held = held

    def _is_good(self, held: Held | None, refused: str) -> bool:
        now = self._clock.now().timestamp()
        return held is not None and bool(held.access) and held.access != refused and now < held.until - EARLY

    def _granted(self, told: Json, given: str) -> Held:
        seconds = told.get("expires_in")
        access, refresh = word(told, "access_token", most=5000), word(told, "refresh_token", most=5000)
        if not access or not refresh or not isinstance(seconds, int | float):
            raise TokenError("Slack gave no token that is renewed", "token rotation in the app's settings")
        return Held(access, refresh, self._clock.now().timestamp() + seconds, given)

    async def _keep(self, held: Held) -> None:
        self._owed = held
        try:
            await asyncio.to_thread(self._write, held)
        except OSError as error:
            what = f"the renewed token cannot be kept ({type(error).__name__})"
            raise TokenError(what, f"the space and the rights of {self._kept.parent}") from None
        self._held, self._owed = held, None

    def _load(self, given: str) -> Held | None:
        """What is kept, unless the operator has begun a new line since."""
        try:
            with self._kept.open("rb") as file:
                told = json.loads(file.read(_LARGEST))
            held = Held(str(told["access"]), str(told["refresh"]), float(told["until"]), str(told["given"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return held if held.given == given else None

    def _write(self, held: Held) -> None:
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        told = {"access": held.access, "refresh": held.refresh, "until": held.until, "given": held.given}
        draft = self._kept.with_name(f"{self._kept.name}.part")  # always the same: a crash leaves one at most
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(json.dumps(told).encode())
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._kept)
        folder = os.open(self._kept.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
