"""What a page reads: the ledger's lines as JSON, and a stream that goes on where a page left off."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from typing import Any

from sse_starlette import ServerSentEvent

from bot.channels.attaching import told_name
from bot.channels.render import web_html, web_text
from bot.channels.web.bells import Bells
from bot.dialog.events import File
from bot.ports.chat import Chat, ChatLine, ChatReader, Cursor
from bot.ports.inbound import Address

RETRY_MILLISECONDS = 2_000
# Seconds between two looks at the ledger. A bell rings just before the commit that it announces, hence the brisk pace.
BRISK = (0.02, 0.04, 0.08, 0.16, 0.32)
BUSY, BUSY_FOR = 0.2, 60.0
IDLE = 5.0

_CURSOR = re.compile(r"(\d{1,18})-(\d{1,18})")


def read_cursor(told: str) -> Cursor:
    """Read what a page says it has; anything unreadable begins at the beginning."""
    found = _CURSOR.fullmatch(told.strip())
    return Cursor(int(found[1]), int(found[2])) if found else Cursor()


def told_cursor(cursor: Cursor) -> str:
    """Write a cursor as the id of an event."""
    return f"{cursor.heard}-{cursor.said}"


def told_chat(chat: Chat) -> dict[str, Any]:
    """Write a chat as the page reads it."""
    return {
        "cursor": told_cursor(chat.cursor),
        "lines": [_told_line(line) for line in chat.lines],
        **_standing(chat),
    }


def _standing(chat: Chat) -> dict[str, Any]:
    return {
        "owner": chat.owner.value,
        "agent": chat.agent,
        "busy": chat.busy,
        "lang": chat.lang,
        "ticket": chat.ticket,
    }


def _told_line(line: ChatLine) -> dict[str, Any]:
    told = {
        "id": line.key.rsplit(":", 1)[-1] if line.author == "person" else line.key,
        "by": line.author,
        "at": line.at.isoformat(timespec="seconds"),
        "html": web_html(line.text) if line.author == "bot" else web_text(line.text) if line.text else "",
        "name": line.name,
        "lang": line.lang,
        "pressed": line.pressed,
        "turn": line.turn,
        "buttons": [{"id": button.id, "label": button.label} for button in line.buttons],
        "files": [_told_file(file, line.author) for file in line.files],
    }
    return {name: value for name, value in told.items() if value not in ("", [])}


def _told_file(file: File, author: str) -> dict[str, Any]:
    """A file; `ref`, by which the page fetches it, where it is somebody else's than the person's own."""
    told = {"name": file.name, "size": file.size}
    return told if author == "person" else {**told, "name": told_name(file), "ref": file.ref}


async def follow(reader: ChatReader, bells: Bells, address: Address, after: Cursor) -> AsyncIterator[ServerSentEvent]:
    """Tell what is there, then what comes, until the page goes away. The first event comes at once, even if empty."""
    told: dict[str, Any] | None = None
    pace = Pace()
    with bells.page(address.key) as bell:
        while True:
            bell.clear()
            chat = await asyncio.to_thread(reader.read, address, after)
            if chat.lines or told != _standing(chat):
                told = _standing(chat)
                yield ServerSentEvent(
                    json.dumps(told_chat(chat), ensure_ascii=False),
                    event="chat",
                    id=told_cursor(chat.cursor),
                    retry=RETRY_MILLISECONDS,
                )
            after = chat.cursor
            await pace.rest(bell, chat.busy, bool(chat.lines))


class Pace:
    """How long to wait for the next look: a few brisk ones after a bell, quick while the bot works, else slow."""

    def __init__(self) -> None:
        self._brisk: tuple[float, ...] = ()
        self._busy_since: float | None = None

    async def rest(self, bell: asyncio.Event, busy: bool, found: bool) -> None:
        """Wait for the bell, or for the time of the next look."""
        now = time.monotonic()
        if not busy or found:
            self._busy_since = None
        if busy and self._busy_since is None:
            self._busy_since = now
        try:
            await asyncio.wait_for(bell.wait(), self._seconds(now))
            self._brisk = BRISK
        except TimeoutError:
            self._brisk = self._brisk[1:]

    def _seconds(self, now: float) -> float:
        if self._brisk:
            return self._brisk[0]
        return BUSY if self._busy_since is not None and now - self._busy_since < BUSY_FOR else IDLE
