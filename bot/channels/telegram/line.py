"""The line to the platform: python-telegram-bot's client, kept from telling secrets and people's words.

Only its client is used. Its updater would hold updates in memory and confirm them before they are durable.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.spoken import Me
from bot.channels.unread import why_unread

API = "https://api.telegram.org"
TIMEOUT = 15.0  # seconds for each step with the server
CONNECTIONS = 16
TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]+")
_LATER = 5.0  # seconds, where a refusal for speed does not say when


class NoTokenError(TelegramError):
    """The file of the token cannot be read."""


class TooManyError(TelegramError):
    """The bot goes too fast; `after`: seconds to wait."""

    def __init__(self, after: float) -> None:
        super().__init__("too many requests")
        self.after = after


class ServerError(TelegramError):
    """The platform's own trouble (5xx)."""


class _Request(HTTPXRequest):
    """Tells speed limits and server faults by classes of their own, and logs no answer."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code == 429:
            raise TooManyError(_seconds(payload))
        if code >= 500:
            raise ServerError(f"the platform answered {code}")
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        try:
            told = json.loads(payload)
        except (ValueError, RecursionError):
            raise TelegramError("the answer is no JSON") from None
        if not isinstance(told, dict):
            raise TelegramError("the answer is no table")
        return {"result": None, **told}


class DeskBot(Bot):
    """The client, and updates as the tables they are."""

    async def raw_updates(self, offset: int | None, seconds: float, kinds: Sequence[str]) -> tuple[object, ...]:
        """Wait for updates so long at most. Asking from `offset` on confirms those before it."""
        told = {"offset": offset, "timeout": round(seconds), "allowed_updates": list(kinds)}
        answer = await self._post("getUpdates", told, read_timeout=seconds + TIMEOUT)
        return tuple(answer) if isinstance(answer, list) else ()

    def __repr__(self) -> str:
        return "DeskBot()"


@dataclass(frozen=True, slots=True, repr=False)
class _Open:
    bot: DeskBot
    requests: tuple[_Request, _Request]
    token: str

    async def close(self) -> None:
        for request in self.requests:
            await request.shutdown()


class Line:
    """The connection under a token, which is read when it is first needed and again after it was refused."""

    def __init__(self, token: Callable[[], str], api: str = API) -> None:
        """`token` reads the token; blocking, raises OSError and ValueError. `api`: where the Bot API is spoken."""
        self._token, self._api = token, api.rstrip("/")
        self._open: _Open | None = None
        self._me: Me | None = None
        self._turn = asyncio.Lock()
        keep_quiet()

    async def bot(self) -> DeskBot:
        """The client. Raises NoTokenError, and InvalidToken for what cannot be one."""
        return (await self._opened()).bot

    async def token(self) -> str:
        """The token, for what is derived from it. Raises as `bot`."""
        return (await self._opened()).token

    async def me(self) -> Me:
        """Who the bot is. Raises as `bot`, and TelegramError where the platform does not tell."""
        if self._me is None:
            user = await (await self.bot()).get_me()
            self._me = Me(user.id, user.username or "", bool(user.can_read_all_group_messages))
        return self._me

    def known(self) -> Me | None:
        """Who the bot is, if the platform has said so."""
        return self._me

    async def refused(self, bot: DeskBot | None) -> None:
        """The token of this client was refused: read it again at the next use, unless that was done meanwhile."""
        if self._open is not None and self._open.bot is bot:
            await self.close()

    async def close(self) -> None:
        """Hang up; the next use connects again."""
        held, self._open, self._me = self._open, None, None
        if held is not None:
            await held.close()

    async def _opened(self) -> _Open:
        async with self._turn:
            if self._open is None:
                self._open = self._connected(await asyncio.to_thread(self._read))
            return self._open

    def _read(self) -> str:
        try:
            token = self._token().strip()
        except (OSError, ValueError) as error:
            raise NoTokenError(why_unread(error)) from None
        if not TOKEN.fullmatch(token):
            raise InvalidToken("malformed")  # and never a part of an address
        return token

    def _connected(self, token: str) -> _Open:
        polling, others = _request(2), _request(CONNECTIONS)
        base, files = f"{self._api}/bot", f"{self._api}/file/bot"
        bot = DeskBot(token, base_url=base, base_file_url=files, request=others, get_updates_request=polling)
        return _Open(bot, (polling, others), token)


def _request(connections: int) -> _Request:
    return _Request(connections, TIMEOUT, TIMEOUT, connect_timeout=TIMEOUT, pool_timeout=TIMEOUT)


class _Hidden(logging.Filter):
    """Hides tokens in what the HTTP client logs: it logs every address, and the token is a part of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_token(record.getMessage()), ()
        return True


def keep_quiet() -> None:
    """Keep tokens and people's words out of what the libraries log."""
    client = logging.getLogger("httpx")
    if not any(isinstance(one, _Hidden) for one in client.filters):
        client.addFilter(_Hidden())
    logging.getLogger("telegram").setLevel(logging.WARNING)  # below that it logs whole messages


def without_token(text: str) -> str:
    """Hide what looks like a bot's token."""
    return re.sub(r"\d{3,}:[A-Za-z0-9_-]{8,}", "[token]", text)


def _seconds(payload: bytes) -> float:
    try:
        return float(max(1, min(json.loads(payload)["parameters"]["retry_after"], 3600)))
    except (ValueError, TypeError, LookupError, RecursionError):
        return _LATER
