"""The way in by HTTP: Slack posts, signed, and is answered 200 once everything is on disk."""

import logging
from collections.abc import Callable

from fastapi import APIRouter
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.bodies import BodyError, body_of
from bot.channels.slack.protocol import Protocol
from bot.channels.slack.tokens import TokenError, secret
from bot.ports.clock import Clock

LARGEST = 1_000_000  # bytes of one request
PREFIX = "/channels/slack"
_DOORS = ("", "/events", "/interactivity", "/commands")  # one address for all three, or one for each
log = logging.getLogger(__name__)


def slack_routes(protocol: Protocol, signing_secret: Callable[[], str], clock: Clock) -> APIRouter:
    """Give the routes under /channels/slack."""
    hook = Hook(protocol, signing_secret, clock)
    routes = APIRouter(prefix=PREFIX, include_in_schema=False)
    for door in _DOORS:
        routes.add_api_route(door, hook.take, methods=["POST"])
    return routes


class _Moment(SignatureClock):
    """The house's clock, as the library asks for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class Hook:
    """Takes what Slack posts."""

    def __init__(self, protocol: Protocol, signing_secret: Callable[[], str], clock: Clock) -> None:
        self._protocol, self._secret, self._clock = protocol, signing_secret, _Moment(clock)

    async def take(self, request: Request) -> Response:
        """Take one request. 200: it is on disk; 401: Slack did not sign it; 5xx: Slack shall bring it again."""
        try:
            body = await body_of(request, LARGEST)
        except BodyError as error:
            return Response(status_code=error.status)
        try:
            verifier = SignatureVerifier(secret(self._secret, "signing_secret_file"), self._clock)
        except TokenError as error:
            log.warning("Slack's requests cannot be checked: %s -> %s", error, error.mend)
            return Response(status_code=503)
        if not _is_signed(verifier, body, request):
            return Response(status_code=401)
        return await self._answered(body, request)

    async def _answered(self, body: bytes, request: Request) -> Response:
        try:
            told = await self._protocol.answer_http(body.decode(), request.headers.get("content-type", ""))
        except Exception as error:  # signed, and yet nothing that Slack sends
            log.warning("a request of Slack's cannot be read: %s", type(error).__name__)
            return Response(status_code=400)
        return Response(told.body, told.status, media_type=told.headers["content-type"][0])


def _is_signed(verifier: SignatureVerifier, body: bytes, request: Request) -> bool:
    at = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (at.isascii() and at.isdecimal() and len(at) <= 15 and signature.isascii()):
        return False
    try:
        return verifier.is_valid(body, at, signature)
    except UnicodeDecodeError:
        return False
