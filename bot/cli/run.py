"""`guichet run`: everything in one process on this machine, until told to stop."""

import asyncio
import contextlib
import fcntl
import logging
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import structlog
import typer
import uvicorn

from bot.app import Branch, Front, House, Mind, branches, make_mind, open_house, pages, publish, upgrade_home
from bot.settings import Settings

from .frame import HOME, Config, Home, WrongUseError, app, say, settings_from
from .progress import shown

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOCK = "guichet.lock"


@app.command()
def run(
    home: Home = HOME,
    config: Config = None,
    host: Annotated[str, typer.Option(help="Address to listen on; this machine's own only.")] = "",
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 = any free one.", min=0, max=65535)] = None,
) -> int:
    """Serve the chat page and the desk; one process, one SQLite file, no token, no network."""
    settings = settings_from(config)
    known_host, known_port = _listen(settings)
    host, port = host or known_host, known_port if port is None else port
    if host not in LOOPBACK:
        raise WrongUseError(f"guichet run: --host {host}: other addresses than 127.0.0.1 need an account, none exists")
    with _socket(host, port) as listening, _locked(home):
        mind = make_mind(settings, home, progress=shown())
        upgrade_home(home)
        _log_plainly()
        asyncio.run(_serve(settings, mind, home, listening))
    return 0


def _listen(settings: Settings) -> tuple[str, int]:
    host, _, port = settings.server.listen.rpartition(":")
    return host.strip("[]"), int(port)


@contextlib.contextmanager
def _socket(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything is built, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(128)
        except OSError as error:
            mend = "stop what uses it, or choose another: guichet run --port 8701"
            raise WrongUseError(f"guichet run: port {port} of {host} is not free ({error.strerror}); {mend}") from None
        yield listening


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Hold the home: two processes that run one house would take each other's work."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (home / LOCK).open("a")
    except OSError as error:
        raise WrongUseError(f"guichet run: home {home} cannot be used: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongUseError(f"guichet run: home {home} is in use by another guichet run; stop it first") from None
        yield


def _log_plainly() -> None:
    """Log to standard error, never a person's words: only what the house itself writes."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


async def _serve(settings: Settings, mind: Mind, home: Path, listening: socket.socket) -> None:
    front = Front(home)
    channels = branches(settings, home, front.clock, mind.playbook)
    house = await open_house(mind, front.street(channels, settings.people.link_domains))
    routers = [router for branch in channels for router in branch.routers()]
    served = pages(settings, mind, house, front, routers)
    server = uvicorn.Server(uvicorn.Config(served, log_level="warning", access_log=False, lifespan="off"))
    tasks: list[asyncio.Task[None]] = []
    try:
        await publish(mind, house.articles, front.clock)
        works = [house.dispatcher.run(house.pump, house.outbox), house.watch.run(), house.library.run()]
        works += (work for branch in channels for work in branch.works(house))
        tasks += map(asyncio.create_task, works)
        _greet(settings, mind, front, channels, listening)
        await server.serve([listening])
    finally:
        await _stop(house, channels, tasks)


def _greet(settings: Settings, mind: Mind, front: Front, channels: Sequence[Branch], listening: socket.socket) -> None:
    """Tell the two addresses; the login link is for this terminal's eyes."""
    host, port = listening.getsockname()[:2]
    base = settings.server.public_url.rstrip("/") or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    token = front.keys.link_token(front.clock.now())
    for note in mind.notes:
        say(f"note   {note}")
    say(f"chat   {base}/")
    for branch in channels:
        say(f"{branch.name:6} {branch.told}")
    say(f"desk   {base}/desk/login?token={token}  (opens the desk once, within 30 minutes)")
    say("Ctrl-C stops.")


async def _stop(house: House, channels: Sequence[Branch], tasks: list[asyncio.Task[None]]) -> None:
    house.dispatcher.stop()
    for looking in tasks[1:]:
        looking.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for branch in channels:
        await branch.close()
    house.close()
