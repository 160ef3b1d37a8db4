"""The platform's server: its own thread and loop, on one port of the loopback, started and stopped again."""

import asyncio
import contextlib
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from tests.support.daemon import QUIET_PORTS
from tests.support.slack.courier import Courier
from tests.support.slack.doors import MOST_UPLOAD, Doors
from tests.support.slack.push import Push
from tests.support.slack.sockets import Sockets
from tests.support.slack.webapi import WebApi
from tests.support.slack.world import World

HOST = "127.0.0.1"
LIMIT = 10.0  # seconds for the server to do what it is told
T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def free_port() -> int:
    """A port that no outgoing connection takes by itself, so that the server can leave it and come back."""
    while True:
        port = secrets.choice(QUIET_PORTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind((HOST, port))
            return port


class Server:
    """Serves the world to an app."""

    def __init__(self, world: World, courier: Courier, port: int | None = None) -> None:
        self.world, self.courier, self.port = world, courier, port or free_port()
        world.url = f"http://{HOST}:{self.port}"
        self.sockets, self.push = Sockets(world), Push(world)
        self.api, self.doors = WebApi(world, self.sockets.address), Doors(world)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread: threading.Thread | None = None
        self.runner: web.AppRunner | None = None

    def start(self) -> None:
        """Listen. Raises RuntimeError where the port is taken."""
        if self.thread is not None:
            return
        started = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self.serve(started)), name="slack", daemon=True)
        self.thread.start()
        if not started.wait(LIMIT):
            raise RuntimeError(f"the stand-in of Slack does not listen on port {self.port}")

    async def serve(self, started: threading.Event) -> None:
        """Serve until told to end."""
        self.loop = asyncio.get_running_loop()
        self.ended = asyncio.Event()
        self.sockets.changed = asyncio.Event()
        await self.open()
        delivery = asyncio.create_task(self.courier.run())
        started.set()
        await self.ended.wait()
        self.sockets.drop()
        delivery.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await delivery
        await self.close()
        self.loop = None

    async def open(self) -> None:
        """Open the port."""
        application = web.Application(client_max_size=MOST_UPLOAD, middlewares=[self.outage])
        application.add_routes([
            web.route("*", "/api/{method}", self.api.answer),
            web.get("/link/", self.sockets.connect),
            web.post("/actions/{ref:.+}", self.doors.respond),
            web.post("/upload/v1/{file}", self.doors.upload),
            web.get("/files-pri/{file}/{name:.+}", self.doors.download),
        ])  # fmt: skip
        self.runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, HOST, self.port, reuse_address=True).start()

    async def close(self) -> None:
        """Close the port: connections are refused from now on."""
        self.sockets.drop()
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = None
            await asyncio.sleep(0.01)  # aborted connections are closed in the loop's next rounds

    @web.middleware
    async def outage(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer 503 to everything while an outage lasts."""
        if self.world.faults.down:
            return web.Response(status=503, text="Service Unavailable")
        return await handler(request)

    def stop(self) -> None:
        """Close the port and end the thread."""
        if self.thread is None or self.loop is None:
            return
        self.loop.call_soon_threadsafe(self.ended.set)
        self.thread.join(LIMIT)
        self.thread = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the server's loop, from another thread, and wait for it."""
        assert self.loop is not None, "the stand-in is stopped"
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(LIMIT)
