"""The platform's web server: a thread with a loop of its own, so that a test may be of any kind."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.daemon import quiet_ports
from tests.support.telegram.arguments import Arguments, read_arguments
from tests.support.telegram.errors import RefusalError, too_many, unauthorized, unknown_method
from tests.support.telegram.faults import Faults
from tests.support.telegram.files import MOST_UP
from tests.support.telegram.methods import METHODS
from tests.support.telegram.polling import Polling
from tests.support.telegram.shapes import Json
from tests.support.telegram.webhook import Courier
from tests.support.telegram.world import World

HOST = "127.0.0.1"
PATIENCE = 10.0  # seconds for the thread to do something
GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came in. `answer` follows once there is one; the token is not in here."""

    method: str
    parameters: dict[str, str]
    files: dict[str, bytes]
    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call was answered, for those who compare it with the documentation."""

    method: str
    body: Json


@dataclass(repr=False)
class Server:
    """Listens, reads calls, applies faults, asks the methods and answers."""

    world: World
    faults: Faults = field(default_factory=Faults)
    port: int = 0
    calls: list[Call] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make what belongs to the thread."""
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="telegram", daemon=True)
        self.polling = Polling(self.world)
        self.courier = Courier(self.world)
        self.runner: web.AppRunner | None = None
        self.running = False

    def open(self) -> None:
        """Start the thread and listen."""
        self.thread.start()
        self.running = True
        self.world.listeners.append(self.wake)
        self.listen()
        self.do(self.courier.start())

    def close(self) -> None:
        """Stop listening and end the thread."""
        if self.running:
            self.running = False
            self.do(self.courier.stop())
            self.deafen()
            self.loop.call_soon_threadsafe(self.loop.stop)
            self.thread.join(PATIENCE)
            self.loop.close()

    def do(self, work: "Coroutine[Any, Any, None]") -> None:
        """Have the thread do something, and wait for it."""
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self.loop)
        done.result(PATIENCE)

    def listen(self) -> None:
        """Accept connections, on the same port as before."""
        self.do(self._listen())

    def deafen(self) -> None:
        """Cut all connections and refuse new ones."""
        self.do(self._deafen())

    def wake(self) -> None:
        """Something happened: whoever waits for updates looks again. May be called in any thread."""
        if self.running:
            self.loop.call_soon_threadsafe(self.polling.wake)
            self.loop.call_soon_threadsafe(self.courier.wake)

    async def _listen(self) -> None:
        if self.runner is not None:
            return
        application = web.Application(client_max_size=MOST_UP)
        application.router.add_route("*", "/bot{token}/{method}", self.handle)
        application.router.add_get("/file/bot{token}/{path:.+}", self.download)
        self.runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self.runner.setup()
        listener = bound(self.port)
        self.port = listener.getsockname()[1]
        await web.SockSite(self.runner, listener).start()

    async def _deafen(self) -> None:
        runner, self.runner = self.runner, None
        if runner is None:
            return
        for site in list(runner.sites):
            await site.stop()
        if runner.server is not None:
            for connection in runner.server.connections:
                if connection.transport is not None:
                    connection.transport.abort()
        await runner.cleanup()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        if self.faults.outage == "bad gateway":
            return web.Response(status=502, text=GATEWAY, content_type="text/html")
        name = METHODS.get(request.match_info["method"].lower(), (request.match_info["method"],))[0]
        try:
            body: Json = {"ok": True, "result": await self.result(request, name)}
            status = 200
        except RefusalError as refusal:
            body, status = refusal.body(), refusal.code
        except web.HTTPRequestEntityTooLarge:
            body, status = RefusalError(413, "Request Entity Too Large").body(), 413
        self.answers.append(Answer(name, body))
        await asyncio.sleep(self.faults.delay(name))
        if self.faults.loses(name):
            if request.transport is not None:
                request.transport.abort()
            raise asyncio.CancelledError
        return web.json_response(body, status=status)

    async def result(self, request: web.Request, name: str) -> Any:
        """What the method gives. Raises RefusalError."""
        if request.match_info["token"] != self.world.token:
            raise unauthorized()
        arguments = await read_arguments(request)
        self.log(name, arguments)
        if seconds := self.faults.flooded(name):
            raise too_many(seconds)
        if name.lower() == "getupdates":
            return await self.polling.updates(arguments)
        if name.lower() not in METHODS:
            raise unknown_method()
        with self.world.changed:
            if name == "setWebhook" and arguments.text("url"):
                self.polling.end_for_webhook()
            given = METHODS[name.lower()][1](self.world, arguments)
            self.world.changed.notify_all()
        self.courier.wake()
        return given

    def log(self, name: str, arguments: Arguments) -> None:
        """Keep what was asked."""
        files = {field: upload.content for field, upload in arguments.files.items()}
        with self.world.changed:
            self.calls.append(Call(name, dict(arguments.values), files, self.world.clock.now()))
            self.world.changed.notify_all()

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give out a file."""
        if self.faults.outage == "bad gateway":
            return web.Response(status=502, text=GATEWAY, content_type="text/html")
        if request.match_info["token"] != self.world.token:
            return web.json_response(unauthorized().body(), status=401)
        with self.world.changed:
            content = self.world.files.at(request.match_info["path"])
        if content is None:
            return web.json_response(RefusalError(404, "Not Found").body(), status=404)
        return web.Response(body=content, content_type="application/octet-stream")


def bound(port: int) -> socket.socket:
    """A listening socket on this port, or on a free one that no outgoing connection takes by itself."""
    while True:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            listener.bind((HOST, port or quiet_ports(1)[0]))
            listener.listen(100)
            return listener
        listener.close()
        if port:
            raise OSError(f"port {port} of {HOST} is taken")
