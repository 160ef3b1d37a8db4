"""Somebody on the chat page, over HTTP on a real server; the page reads the house itself."""

import asyncio
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn

from bot.app import Front, pages
from bot.channels.web import WebChannel
from bot.channels.web.bells import Bells
from bot.settings import Settings
from tests.channels.contract.desk import PATIENCE, Desk
from tests.channels.contract.knowing import mind
from tests.channels.contract.page import links_of, strange_in, text_of
from tests.channels.contract.peer import Ability, Peer, Seen

_READS = "a page reads the house itself: no platform stands between"
_LACKS = {
    Ability.EDITS: "the chat page changes nothing that was sent",
    Ability.DELETES: "the chat page takes nothing back",
    Ability.FLOODS: _READS,
    Ability.OUTAGES: _READS,
    Ability.LOST_ANSWERS: _READS,
}


class WebPeer(Peer):
    """A page without the page."""

    name = "web"
    lacks = _LACKS
    longest = 8_000  # more is refused in words, and the page keeps it for the person to shorten

    def __init__(self, home: Path) -> None:
        self.bells = Bells()
        self.desk = Desk(home, lambda notes: {"web": WebChannel(self.bells)})
        self.token = ""
        self._sent: dict[str, dict[str, Any]] = {}
        self._turns: dict[str, tuple[int, list[str]]] = {}
        self._last_press = ""

    @property
    def channel(self) -> WebChannel:
        """The way to the pages."""
        return WebChannel(self.bells)

    async def open(self) -> None:
        """Open the house and serve its pages; a page that was open keeps its token."""
        house = await self.desk.open()
        app = pages(Settings(), mind(), house, Front(self.desk.home, self.desk.clock, self.bells))
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        listening = socket.create_server(("127.0.0.1", 0))
        self.serving = asyncio.create_task(self.server.serve([listening]))
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.client = httpx.AsyncClient(base_url=base, timeout=PATIENCE)
        if not self.token:
            self.token = (await self.client.post("/chat/session")).json()["token"]
        self.client.headers["Authorization"] = f"Bearer {self.token}"

    async def close(self) -> None:
        """End the server, then the house."""
        if self.desk.held is None:
            return
        await self.client.aclose()
        self.server.should_exit = True
        await self.serving
        await self.desk.close()

    async def say(self, text: str) -> str:
        """Post a message."""
        return await self._post({"id": uuid4().hex, "text": text, "lang": "fr"})

    async def write(self, text: str) -> None:
        """Post a message, and again every second until it is taken, as a page does."""
        message = {"id": uuid4().hex, "text": text, "lang": "fr"}
        self._posting = asyncio.create_task(self._post_until_taken(message))

    async def _post_until_taken(self, message: dict[str, Any]) -> None:
        while (await self.client.post("/chat/messages", json=message)).status_code >= 500:
            await asyncio.sleep(0.1)

    async def press(self, message: Seen, place: int) -> None:
        """Post a button of a message, with the turn that showed it."""
        turn, buttons = self._turns[message.ref]
        self._last_press = await self._post({"id": uuid4().hex, "button": buttons[place - 1], "turn": turn})

    async def press_again(self, message: Seen, place: int) -> None:
        """Post the very same press, and then press once more."""
        await self.redeliver(self._last_press)
        await self.press(message, place)

    async def redeliver(self, ref: str) -> None:
        """Post the same message again, as a page does that got no answer."""
        answer = await self.client.post("/chat/messages", json=self._sent[ref])
        assert answer.status_code == 200

    async def deliver_out_of_order(self, texts: Sequence[str]) -> None:
        """Post them all at once, the last one first."""
        await asyncio.gather(*map(self.say, reversed(texts)))

    async def unknown(self) -> None:
        """Post what is no message."""
        answer = await self.client.post("/chat/messages", json={"id": uuid4().hex, "kind": "reaction", "of": "x"})
        assert answer.status_code == 422

    async def seen(self) -> tuple[Seen, ...]:
        """Load the page anew."""
        lines = (await self.client.get("/chat/lines")).json()["lines"]
        return tuple(self._seen(line) for line in lines if line["by"] != "person")

    def _seen(self, line: dict[str, Any]) -> Seen:
        html, buttons = str(line.get("html", "")), list(line.get("buttons", ()))
        self._turns[line["id"]] = (line.get("turn", 0), [one["id"] for one in buttons])
        labels = tuple(str(one["label"]) for one in buttons)
        return Seen(line["id"], text_of(html), len(html), labels, (), links_of(html), strange_in(html))

    async def _post(self, message: dict[str, Any]) -> str:
        self._sent[message["id"]] = message
        answer = await self.client.post("/chat/messages", json=message)
        assert answer.status_code == 202, answer.text
        return str(message["id"])
