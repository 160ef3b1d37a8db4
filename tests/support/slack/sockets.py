"""Socket Mode: one-time addresses, envelopes, acknowledgements and disconnects."""

import asyncio
import contextlib
import json
import secrets
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.support.slack.parcels import Parcel
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.world import World

MOST_LINES = 10
PING = 10.0  # seconds; clients take 30 s of silence for a dead connection
HOST = {"host": "applink-stand-in-1"}


@dataclass(eq=False)
class Line:
    """One open connection; `open_to_new` ends with a disconnect message."""

    socket: web.WebSocketResponse
    transport: asyncio.BaseTransport | None
    open_to_new: bool = True
    unanswered: dict[str, "asyncio.Future[Json]"] = field(default_factory=dict)


@dataclass
class Sockets:
    """All connections of the app; an envelope goes to one of them."""

    world: World
    ack_limit: float = 3.0  # seconds
    grace: float = 0.3  # seconds between a disconnect message and the end of the connection
    tickets: set[str] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    disabled: bool = False

    def address(self) -> str:
        """A fresh address to connect to, good for once. Raises RefusalError."""
        if self.disabled or not self.world.app.socket_mode:
            raise RefusalError("socket_mode_not_enabled")
        ticket = secrets.token_urlsafe(24)
        self.tickets.add(ticket)
        return f"{self.world.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={self.world.app.id}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            raise web.HTTPForbidden(text="ticket used or unknown")
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True, heartbeat=PING)
        await socket.prepare(request)
        if len(self.lines) >= MOST_LINES:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": HOST})
            await socket.close()
            return socket
        line = Line(socket, request.transport)
        self.lines.append(line)
        try:
            await socket.send_json(self.hello())
            self.changed.set()
            await self.listen(line)
        finally:
            self.lines.remove(line)
            for answer in line.unanswered.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError())
        return socket

    def hello(self) -> Json:
        """The greeting on a fresh connection."""
        return {
            "type": "hello",
            "num_connections": len(self.lines),
            "debug_info": HOST | {"build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.world.app.id},
        }

    async def listen(self, line: Line) -> None:
        """Take acknowledgements."""
        async for frame in line.socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            with contextlib.suppress(ValueError):
                said = json.loads(frame.data)
                answer = line.unanswered.get(said.get("envelope_id", ""))
                if answer is not None and not answer.done():
                    answer.set_result(said.get("payload") or {})

    async def carry(self, parcel: Parcel, attempt: int, reason: str) -> tuple[str, Json]:
        """Send an envelope and wait for its acknowledgement.

        A connection that breaks before it costs no attempt: the same envelope goes again over the next one.
        """
        envelope = self.envelope(parcel, attempt, reason)
        while True:
            line = await self.next_line()
            answer = asyncio.get_running_loop().create_future()
            line.unanswered[envelope["envelope_id"]] = answer
            try:
                await line.socket.send_json(envelope)
                return "", await asyncio.wait_for(answer, self.ack_limit)
            except TimeoutError:
                return "timeout", {}
            except ConnectionResetError:
                line.open_to_new = False
            finally:
                line.unanswered.pop(envelope["envelope_id"], None)

    def envelope(self, parcel: Parcel, attempt: int, reason: str) -> Json:
        """The wrapper of Socket Mode."""
        envelope: Json = {
            "envelope_id": parcel.envelope if parcel.envelope and not attempt else str(uuid.uuid4()),
            "payload": parcel.payload,
            "type": parcel.kind,
            "accepts_response_payload": parcel.kind != "events_api",
        }
        if attempt == 0:
            parcel.envelope = envelope["envelope_id"]
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        return envelope

    async def next_line(self) -> Line:
        """The connection that waited longest; where there is none, the next one that opens."""
        while True:
            for line in self.lines:
                if line.open_to_new and not line.socket.closed:
                    self.lines.remove(line)
                    self.lines.append(line)
                    return line
            self.changed.clear()
            await self.changed.wait()

    async def disconnect(self, reason: str) -> None:
        """Announce the end on every connection, then end it."""
        lines = list(self.lines)
        for line in lines:
            line.open_to_new = False
            with contextlib.suppress(ConnectionError):
                await line.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": HOST})
        await asyncio.sleep(self.grace)
        for line in lines:
            await line.socket.close()

    def drop(self) -> None:
        """Break every connection without a word."""
        for line in self.lines:
            line.open_to_new = False
            if isinstance(line.transport, asyncio.Transport):
                line.transport.abort()
