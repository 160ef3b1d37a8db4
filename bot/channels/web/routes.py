"""The web chat over HTTP: POST to write, server-sent events to read. The token goes in a header, never in a cookie."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from sse_starlette import EventSourceResponse
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.attaching import content_of, told_name
from bot.channels.meter import Meter
from bot.channels.web import limits
from bot.channels.web.bells import Bells
from bot.channels.web.refusals import Refused, refusal
from bot.channels.web.session import Sessions
from bot.channels.web.stream import follow, read_cursor, told_chat
from bot.dialog.events import AnyEvent, ButtonPressed, File, PersonSaid
from bot.ports.chat import ChatReader
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.inbound import Address, Inbound, Sender
from bot.ports.ledger import Receipt

HEARTBEAT_SECONDS = 15
UPLOAD_SECONDS = 120
ACCOUNT = "chat"

Receive = Callable[[Inbound], Awaitable[Receipt | None]]

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Posted(BaseModel):
    """One message, or one button pressed, as the page posts it."""

    id: str = ""
    text: str = ""
    button: str = ""
    turn: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ChatDoors:
    """What the web chat needs of the house. `receive` answers once the event is on disk, None for a known one."""

    receive: Receive
    reader: ChatReader
    files: Files
    clock: Clock
    sessions: Sessions
    bells: Bells = field(default_factory=Bells)


@dataclass(frozen=True, slots=True)
class _Meters:
    messages: Meter = field(default_factory=lambda: Meter(limits.MESSAGES))
    files: Meter = field(default_factory=lambda: Meter(limits.FILES))
    downloads: Meter = field(default_factory=lambda: Meter(limits.DOWNLOADS))
    sessions: Meter = field(default_factory=lambda: Meter(limits.SESSIONS))
    places: Meter = field(default_factory=lambda: Meter(limits.ANY_MESSAGE))


class _Answering(APIRoute):
    """Turns a refusal into its answer, so that the routes work in whatever app takes them in."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except Refused as refused:
                return refusal(request, refused)

        return answer


def chat_routes(doors: ChatDoors) -> APIRouter:
    """Give the routes under /chat."""
    counter = Counter(doors)
    routes = APIRouter(prefix="/chat", route_class=_Answering, include_in_schema=False)
    routes.add_api_route("/session", counter.begin, methods=["POST"])
    routes.add_api_route("/messages", counter.take_message, methods=["POST"])
    routes.add_api_route("/files", counter.take_file, methods=["POST"])
    routes.add_api_route("/files/{ref}", counter.give_file, methods=["GET"])
    routes.add_api_route("/events", counter.follow, methods=["GET"])
    routes.add_api_route("/lines", counter.lines, methods=["GET"])
    return routes


class Counter:
    """Receives what pages post, and tells them what there is to read."""

    def __init__(self, doors: ChatDoors) -> None:
        self._doors = doors
        self._meters = _Meters()

    async def begin(self, request: Request) -> Response:
        """Give a new session token."""
        _metered(self._meters.sessions, _place(request))
        token = self._doors.sessions.begin(self._doors.clock.now())
        return JSONResponse({"token": token}, status_code=201, headers={"Cache-Control": "no-store"})

    async def take_message(self, request: Request) -> Response:
        """Take a message or a button. 202: it is on disk; 200: it already was. Anything else: it was not taken."""
        address = self._address(request)
        _metered(self._meters.places, _place(request))
        _metered(self._meters.messages, address.key)
        posted = await _posted(request)
        return await self._receive(address, posted.id, posted.lang, self._event(posted))

    async def take_file(self, request: Request) -> Response:
        """Take a file: its bytes are the body, its name and the message's id stand in headers."""
        address = self._address(request)
        _metered(self._meters.files, address.key)
        message = _checked_id(request.headers.get("x-message-id", ""))
        name = limits.file_name(unquote(request.headers.get("x-file-name", "")))
        content = await _file_body(request)
        kind = limits.file_type(name, content)
        if not kind:
            raise Refused("file_type")
        ref = await asyncio.to_thread(self._doors.files.put, content)
        file = File(name=name, type=kind, size=len(content), ref=ref)
        said = PersonSaid(at=self._doors.clock.now(), files=(file,))
        return await self._receive(address, message, request.headers.get("x-lang", ""), said)

    async def give_file(self, request: Request, ref: str) -> Response:
        """Give a file of this very chat, always to be saved, never to be shown or run by the browser."""
        address = self._address(request)
        _metered(self._meters.downloads, address.key)
        file = await asyncio.to_thread(self._doors.reader.file, address, ref)
        if file is None:
            raise Refused("no_file")
        content = await content_of(self._doors.files, file)
        if content is None:
            raise Refused("file_not_there", wait=5)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(told_name(file))}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return Response(content, media_type="application/octet-stream", headers=headers)

    async def follow(self, request: Request) -> Response:
        """Stream the chat from where the page says it is."""
        address = self._address(request)
        if self._doors.bells.full(address.key):
            raise Refused("too_many_pages", wait=10)
        lines = follow(self._doors.reader, self._doors.bells, address, _after(request))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return EventSourceResponse(lines, headers=headers, ping=HEARTBEAT_SECONDS)

    async def lines(self, request: Request) -> Response:
        """Tell the same once, for pages behind a proxy that holds streams back."""
        address = self._address(request)
        chat = await asyncio.to_thread(self._doors.reader.read, address, _after(request))
        return JSONResponse(told_chat(chat), headers={"Cache-Control": "no-store"})

    def _address(self, request: Request) -> Address:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        key = self._doors.sessions.address_key(token.strip(), self._doors.clock.now())
        if scheme.lower() != "bearer" or not key:
            raise Refused("no_session")
        return Address("web", ACCOUNT, key)

    def _event(self, posted: Posted) -> AnyEvent:
        now = self._doors.clock.now()
        if posted.button:
            return ButtonPressed(at=now, button=posted.button, turn=posted.turn)
        return PersonSaid(at=now, texts=(posted.text,))

    async def _receive(self, address: Address, message: str, lang: str, event: AnyEvent) -> Response:
        sender = Sender(language=lang if lang in ("fr", "en") else "")
        receipt = await self._doors.receive(Inbound(f"web:{address.key}:{message}", event, address, sender=sender))
        self._doors.bells.ring(address.key)
        return JSONResponse({"id": message}, status_code=202 if receipt else 200)


async def _posted(request: Request) -> Posted:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("unreadable")
    try:
        posted = Posted.model_validate_json(await _body(request, limits.BODY_LIMIT, "too_large"))
    except ValidationError as error:
        raise Refused("unreadable") from error
    _checked_id(posted.id)
    if len(posted.text) > limits.TEXT_LIMIT:
        raise Refused("text_too_long")
    if len(posted.button) > 64 or abs(posted.turn) > 10**9:
        raise Refused("unreadable")
    if not posted.text.strip() and not posted.button:
        raise Refused("empty")
    return posted


async def _file_body(request: Request) -> bytes:
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            content = await _body(request, limits.FILE_LIMIT, "file_too_large")
    except TimeoutError as error:
        raise Refused("too_slow") from error
    if not content:
        raise Refused("file_empty")
    return content


async def _body(request: Request, limit: int, refused: str) -> bytes:
    """Read a body, but never more of it than allowed, whatever its sender announced."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise Refused(refused)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise Refused(refused)
    return bytes(body)


def _checked_id(message: str) -> str:
    if not _ID.fullmatch(message):
        raise Refused("bad_id")
    return message


def _after(request: Request) -> Any:
    return read_cursor(request.headers.get("last-event-id") or request.query_params.get("after", ""))


def _place(request: Request) -> str:
    return request.client.host if request.client else ""


def _metered(meter: Meter, who: str) -> None:
    wait = meter.wait(who, time.monotonic())
    if wait:
        raise Refused("too_fast", wait)
