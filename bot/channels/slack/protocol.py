"""Slack's protocol by Bolt: whatever comes by socket or by HTTP is taken in first, and acknowledged then.

Bolt acknowledges an event before its listeners run: a crash in one would lose it. So everything is done in a middleware
that runs before anything else, and a thing that could not be stored is not acknowledged: Slack brings it again.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.channels.slack.calling import Slack, quiet
from bot.channels.slack.payload import Json

Take = Callable[[Json], Awaitable[Json | None]]

log = logging.getLogger(__name__)


class Protocol:
    """Hands requests to `take`: its answer rides on the acknowledgement; where it raises, there is none.

    Bolt finds arguments by their names: `body` and `next`.
    """

    def __init__(self, slack: Slack, take: Take) -> None:
        self._take = take
        self._app = AsyncApp(
            name="guichet",
            logger=quiet,
            client=slack.client,
            authorize=_nobody,
            before_authorize=self._taken,
            request_verification_enabled=False,  # the hook has looked at the signature before anything was parsed
        )

    async def answer(self, payload: Json) -> BoltResponse:
        """Take in what came by socket, and give what Slack is answered."""
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=payload)
        except Exception:  # Bolt looks into what it is given, and stumbles over shapes that it does not know
            return await self._taken(payload)
        return await self._app.async_dispatch(request)

    async def answer_http(self, body: str, content_type: str) -> BoltResponse:
        """Take in what came by HTTP. Raises whatever Bolt makes of a body that is nothing of Slack's."""
        return await self._app.async_dispatch(AsyncBoltRequest(body=body, headers={"content-type": content_type}))

    async def _taken(self, body: Json, next: Any = None) -> BoltResponse:
        try:
            answer = await self._take(body)
        except Exception as error:  # whatever it is: not stored; the error's text may hold words
            log.warning("Slack's %s could not be taken and will come again: %s", kind_of(body), type(error).__name__)
            return BoltResponse(status=500)
        return BoltResponse(status=200, body=answer if answer is not None else "")


def kind_of(body: Json) -> str:
    """Name what came, and nothing of what it says."""
    event = body.get("event")
    kinds = [body.get("type") or ("command" if "command" in body else "request")]
    kinds += [event.get("type"), event.get("subtype")] if isinstance(event, dict) else []
    return " ".join(str(kind)[:60] for kind in kinds if isinstance(kind, str) and kind.isascii() and kind.isprintable())


async def _nobody() -> AuthorizeResult:
    """Bolt wants to know how to authorize; nothing gets that far."""
    return AuthorizeResult(enterprise_id=None, team_id=None)
