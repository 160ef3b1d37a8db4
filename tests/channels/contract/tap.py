"""A way to a server that breaks where a test says so: bytes go through until somebody's request is the one awaited."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from tests.support.daemon import HOST

CHUNK = 65_536
Read: TypeAlias = asyncio.StreamReader
Write: TypeAlias = asyncio.StreamWriter


class Way(StrEnum):
    """What happens to the answer of the next request that is awaited."""

    THROUGH = "through"
    LOSE = "lose"  # once: the connection ends instead of the answer
    WITHHOLD = "withhold"  # it does not come


@dataclass
class Tap:
    """Listens beside a server. `awaited`: whether these bytes are (the end of) the request whose answer is meant."""

    host: str
    port: int
    awaited: Callable[[bytes], bool]
    listens_at: int = 0
    way: Way = Way.THROUGH
    server: asyncio.Server | None = None
    links: set["asyncio.Task[None]"] = field(default_factory=set)

    async def open(self) -> int:
        """Begin to listen; gives the port, the same one each time."""
        if self.server is None:
            self.server = await asyncio.start_server(self._link, HOST, self.listens_at)
            self.listens_at = self.server.sockets[0].getsockname()[1]
        return self.listens_at

    async def close(self) -> None:
        """Stop listening, and break every connection."""
        if self.server is not None:
            server, self.server = self.server, None
            server.close()
            self.cut()
            await asyncio.gather(*self.links, return_exceptions=True)

    def cut(self) -> None:
        """Break every connection."""
        for link in self.links:
            link.cancel()

    async def _link(self, reader: Read, writer: Write) -> None:
        link = asyncio.current_task()
        assert link is not None
        self.links.add(link)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                there, back = await asyncio.open_connection(self.host, self.port)
                with contextlib.closing(back):
                    await self._carry(reader, writer, there, back)
        finally:
            self.links.discard(link)
            writer.close()

    async def _carry(self, here: Read, out: Write, there: Read, up: Write) -> None:
        meant = asyncio.Event()
        ways = [asyncio.create_task(self._up(here, up, meant)), asyncio.create_task(self._down(there, out, meant))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _up(self, here: Read, up: Write, meant: asyncio.Event) -> None:
        while chunk := await here.read(CHUNK):
            if self.way is not Way.THROUGH and self.awaited(chunk):
                meant.set()
            up.write(chunk)
            await up.drain()

    async def _down(self, there: Read, out: Write, meant: asyncio.Event) -> None:
        while chunk := await there.read(CHUNK):
            if meant.is_set() and self.way is Way.LOSE:
                self.way = Way.THROUGH
                return
            if meant.is_set() and self.way is Way.WITHHOLD:
                await asyncio.Event().wait()
            out.write(chunk)
            await out.drain()
