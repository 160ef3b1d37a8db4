"""The way in by a webhook: the platform calls, and hears 200 only once its update is durable."""

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from telegram.error import TelegramError

from bot.channels.bodies import BodyError, body_of
from bot.channels.telegram.line import Line
from bot.channels.telegram.trying import Taker

PATH = "/channels/telegram"
MOST_BYTES = 1_000_000
_HEADER = "x-telegram-bot-api-secret-token"
log = logging.getLogger(__name__)


def secret_of(token: str) -> str:
    """The secret that the platform shows with each call, made from the token: who knows neither cannot call."""
    return hmac.new(token.encode(), b"webhook of the desk", hashlib.sha256).hexdigest()


class TelegramHook:
    """Takes what the platform brings. The same update may come many times."""

    def __init__(self, line: Line, taker: Taker, wanted: bool) -> None:
        """`wanted` is false where updates are polled for: then nobody calls."""
        self._line, self._taker, self._wanted = line, taker, wanted

    @property
    def router(self) -> APIRouter:
        """The route under which the platform calls."""
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(PATH, self.answer, methods=["POST"])
        return routes

    async def answer(self, request: Request) -> Response:
        """Take one call; anything but 200 makes the platform call again. Of strangers' calls nothing is read."""
        try:
            status = await self._refused(request.headers) or await self._taken(await body_of(request, MOST_BYTES))
        except BodyError as error:
            status = error.status
        return Response(status_code=status)

    async def _refused(self, headers: Mapping[str, str]) -> int:
        """Tell why a call cannot be taken, 0 where it can."""
        if not self._wanted:
            return 404
        if self._line.known() is None:  # just started: the platform has not said yet who the bot is
            return 503
        try:
            return 0 if await self._is_from_the_platform(headers) else 403
        except TelegramError:  # the token cannot be read just now
            return 503

    async def _taken(self, body: bytes) -> int:
        me = self._line.known()
        if me is None:  # the token was refused meanwhile
            return 503
        try:
            await self._taker.take(json.loads(body), me)
        except (ValueError, RecursionError):
            return 400
        except Exception as error:  # it could not be stored
            log.warning("an update is not stored yet: %s", type(error).__name__)
            return 500
        return 200

    async def _is_from_the_platform(self, headers: Mapping[str, str]) -> bool:
        shown = headers.get(_HEADER, "")
        expected = secret_of(await self._line.token())
        return hmac.compare_digest(shown.encode("utf-8", "replace"), expected.encode())
