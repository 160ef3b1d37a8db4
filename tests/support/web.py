"""The web pages on a real house behind a real server: the packs that ship, meaning by rule, no model to load."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import uvicorn

from bot.actions import RasaRunner
from bot.app import House, Mind, Street, open_house, publish, upgrade_home
from bot.channels.web import ChatDoors, Sessions, WebChannel, chat_routes, kept_secret, widget_script
from bot.channels.web.bells import Bells
from bot.console.app import ConsoleDoors, build
from bot.console.desk import DeskDoors
from bot.console.door import Door
from bot.console.keys import DeskKeys
from bot.console.knowledge import KnowledgeDoors
from bot.console.pages import PublicDoors
from bot.console.privacy import Notice
from bot.dialog.effects import Relay
from bot.dialog.events import Facts
from bot.dialog.understanding import Understanding
from bot.kb.documents import Document, Reader
from bot.kb.index import Index
from bot.kb.vectors import Told, untold
from bot.nlu.reading import read
from bot.ports.clock import Clock, SystemClock
from bot.ports.delivery import Delivery, Sent
from bot.ports.facts import About
from bot.ports.understander import Hints
from bot.store.chats import SqlChats
from bot.store.desks import SqlDesks
from bot.store.files import FolderFiles
from tests.support.talk import library

TOPICS = {"vpn": "vpn", "imprimante": "printer", "printer": "printer"}
PATIENCE = 20  # seconds until something expected counts as missing


class ByRule:
    """Reads what rules can read; the topic is told by one word."""

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Read a message."""
        topic = next((topic for word, topic in TOPICS.items() if word in text.lower()), None)
        return replace(read(text, hints), intent=topic, confidence=0.9 if topic else 0.0)


class NobodyKnown:
    """Knows nothing of anybody."""

    def gather(self, about: About) -> Facts:
        """Tell the time zone, and the language that the page says."""
        return Facts(utc_offset_minutes=60, language=about.sender.language)


class QuietAgents:
    """Agents who are told and answer nothing."""

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        """Take it."""
        return Sent()


def nobody_known(people: Any) -> NobodyKnown:
    """Know nothing of anybody."""
    return NobodyKnown()


def mind() -> Mind:
    """The packs that ship, understood by rule."""
    return Mind(
        (), library(), ByRule(), indexed((), lambda id, lang, version: None), indexed, RasaRunner(), nobody_known
    )


def indexed(documents: Iterable[Document], read: Reader, told: Told = untold) -> Index:
    """Search words alone."""
    return Index(documents, None, read=read)


@dataclass
class WebHouse:
    """A running house with its pages; `base` is their address."""

    base: str
    keys: DeskKeys
    sessions: Sessions
    clock: Clock
    house: House
    loop: asyncio.AbstractEventLoop
    clients: list[httpx.Client] = field(default_factory=list)

    def client(self, **headers: str) -> httpx.Client:
        """A browser without any cookie; closed with the house."""
        self.clients.append(httpx.Client(base_url=self.base, headers=headers, timeout=PATIENCE))
        return self.clients[-1]

    def visitor(self) -> "Visitor":
        """Somebody who opens the chat for the first time."""
        return Visitor(self.client(Authorization=f"Bearer {self.sessions.begin(self.clock.now())}"))

    def do(self, work: Any) -> Any:
        """Run something on the house's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def agent_session(self) -> httpx.Client:
        """Somebody who came in by a login link."""
        client = self.client()
        client.post("/desk/login", data={"token": self.keys.link_token(self.clock.now())})
        return client


@dataclass
class Visitor:
    """A page of the chat without the page."""

    client: httpx.Client
    cursor: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)

    def post(self, message: str = "", **thing: Any) -> httpx.Response:
        """Post a message or a button, under a new id unless one is given."""
        return self.client.post("/chat/messages", json={"id": message or uuid4().hex, **thing})

    def attach(self, name: str, content: bytes, message: str = "") -> httpx.Response:
        """Post a file."""
        headers = {"X-Message-Id": message or uuid4().hex, "X-File-Name": name}
        return self.client.post("/chat/files", content=content, headers=headers)

    def events(self, after: str | None = None) -> Generator[dict[str, Any], None, None]:
        """Read the stream from where this page is."""
        cursor = self.cursor if after is None else after
        headers = {"Last-Event-ID": cursor} if cursor else {}
        with self.client.stream("GET", "/chat/events", headers=headers) as answer:
            assert answer.status_code == 200
            until = time.monotonic() + PATIENCE
            for line in answer.iter_lines():
                assert time.monotonic() < until, "nothing of what was expected came"  # heartbeats do come
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    def until(self, wanted: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Read until the lines so far are as wanted (the stream's own time-out ends the wait); all lines so far."""
        with closing(self.events()) as events:
            for chat in events:
                self.cursor = chat["cursor"]
                self.lines += chat["lines"]
                if wanted(self.lines):
                    return self.lines
        raise AssertionError("the stream ended")

    def until_said(self, words: str) -> list[dict[str, Any]]:
        """Read until the bot said these words."""
        return self.until(lambda lines: any(line["by"] == "bot" and words in line["html"] for line in lines))


@contextmanager
def running_web(home: Path, notice: Notice | None = None, **public: Any) -> Iterator[WebHouse]:
    """Open a house in a home and serve its pages on a free port, in a thread; closing is orderly."""
    upgrade_home(home)
    ready = threading.Event()
    held: dict[str, Any] = {}
    thread = threading.Thread(
        target=lambda: asyncio.run(_serve(home, notice or Notice(), public, held, ready)), daemon=True
    )
    thread.start()
    assert ready.wait(PATIENCE)
    if "error" in held:
        raise held["error"]
    try:
        yield held["web"]
    finally:
        for client in held["web"].clients:
            client.close()
        held["server"].should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


async def _serve(
    home: Path, notice: Notice, public: dict[str, Any], held: dict[str, Any], ready: threading.Event
) -> None:
    try:
        bells, clock, keys, sessions = Bells(), SystemClock(), DeskKeys(), Sessions(kept_secret(home / "web.key"))
        knows = mind()
        house = await open_house(knows, Street(home, clock, {"web": WebChannel(bells)}, QuietAgents()))
        await publish(knows, house.articles, clock)
        files = FolderFiles(home / "files")
        chat = ChatDoors(house.inbox.receive, SqlChats(house.ledger.database), files, clock, sessions, bells)
        door = Door(keys, clock, playbook=library, zone=ZoneInfo("Europe/Paris"))
        desk = DeskDoors(door, SqlDesks(house.ledger.database), files)
        knowledge = KnowledgeDoors(door, house.articles, house.library)
        pages = PublicDoors(widget_script(), notice=notice, **public)
        app = build(ConsoleDoors(pages, desk, knowledge, (chat_routes(chat),)))
        config = uvicorn.Config(app, port=0, log_level="warning", ws="none", timeout_graceful_shutdown=5)
        held["server"] = server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        work = asyncio.create_task(house.dispatcher.run(house.pump, house.outbox))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        held["web"] = WebHouse(f"http://127.0.0.1:{port}", keys, sessions, clock, house, asyncio.get_running_loop())
    except Exception as error:
        held["error"] = error
        raise
    finally:
        ready.set()
    await serving
    house.dispatcher.stop()
    await work
    house.close()
