"""A way to a real ticket server on which writes meet faults: cut, held back, answered by somebody else.

One connection is one request. Reads always pass. Every fault that happened is kept in `happened`.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tests.support.daemon import HOST

CHUNK = 65_536
WRITES = (b"POST ", b"PUT ", b"DELETE ", b"PATCH ")


class What(StrEnum):
    """What one write meets."""

    CUT = "the request arrives; after a while the connection ends without an answer"
    LATE = "the connection ends at once; the request arrives after a while"
    SLOW = "the answer is held back for a while"
    LOST = "the connection ends; the request never arrives"
    GATEWAY = "the request arrives; after a while a gateway answers in the server's place"
    TURNED_AWAY = "a gateway answers, the request never arrives"
    KILL = "the request arrives; after a while the server is killed"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, when (seconds after the whole request) and with what status."""

    what: What
    after: float = 0.0
    status: int = 0


class FaultyWay:
    """Meets each write with the next fault of `script`, and with none when that has run out."""

    def __init__(self, port: int, script: Iterable[Fault] = (), kill: Callable[[], None] = lambda: None) -> None:
        self.happened: list[Fault] = []
        self.script = list(script)
        self.url = ""
        self._port = port
        self._kill = kill
        self._late: set[asyncio.Task[None]] = set()
        self._links: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "FaultyWay":
        self._server = await asyncio.start_server(self._link, HOST, 0)
        self.url = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.all_arrived()
        if self._server:
            self._server.close()
            await asyncio.gather(*self._links)  # each ends by itself, as its client is gone
            await self._server.wait_closed()

    async def all_arrived(self) -> None:
        """Wait until what was held back has gone on."""
        await asyncio.gather(*self._late)

    async def _link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = asyncio.current_task()
        assert link is not None
        self._links.add(link)
        link.add_done_callback(self._links.discard)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            request = await whole_request(reader)
            fault = self.script.pop(0) if self.script and request.startswith(WRITES) else None
            if fault is None:
                await self._through(request, reader, writer)
            else:
                self.happened.append(fault)
                if fault.what is What.SLOW:
                    await self._through(request, reader, writer, held=fault.after)
                else:
                    await self._meet(fault, request, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _through(
        self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, held: float = 0.0
    ) -> None:
        there, up = await asyncio.open_connection(HOST, self._port)
        up.write(request)
        gone = asyncio.create_task(reader.read(1))
        answer = asyncio.create_task(pass_on(there, writer, held))
        await asyncio.wait([gone, answer], return_when=asyncio.FIRST_COMPLETED)
        for task in (gone, answer):
            task.cancel()
        await asyncio.gather(gone, answer, return_exceptions=True)
        up.close()
        with contextlib.suppress(OSError):
            await up.wait_closed()

    async def _meet(self, fault: Fault, request: bytes, writer: asyncio.StreamWriter) -> None:
        match fault.what:
            case What.LATE:
                late = asyncio.create_task(self._arrive(request, before=asyncio.sleep(fault.after)))
                self._late.add(late)
            case What.CUT | What.GATEWAY:
                await self._arrive(request, after=asyncio.sleep(fault.after))
            case What.KILL:
                await self._arrive(request, after=asyncio.sleep(fault.after))
                await asyncio.to_thread(self._kill)
            case What.LOST | What.TURNED_AWAY | What.SLOW:
                pass
        if fault.status:
            writer.write(f"HTTP/1.1 {fault.status} X\r\nContent-Length: 0\r\nRetry-After: 7\r\n\r\n".encode())
            await writer.drain()
        else:
            writer.transport.abort()

    async def _arrive(
        self, request: bytes, *, before: Awaitable[None] | None = None, after: Awaitable[None] | None = None
    ) -> None:
        """Bring a request to the server, whose answer nobody reads."""
        if before:
            await before
        _, up = await asyncio.open_connection(HOST, self._port)
        up.write(request)
        await up.drain()
        if after:
            await after
        up.close()
        with contextlib.suppress(OSError):
            await up.wait_closed()


async def whole_request(reader: asyncio.StreamReader) -> bytes:
    """Read one request to its last byte."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (line.split(b":")[1] for line in head.lower().splitlines() if line.startswith(b"content-length:")), b"0"
    )
    return head + await reader.readexactly(int(length))


async def pass_on(there: asyncio.StreamReader, writer: asyncio.StreamWriter, held: float) -> None:
    """Hand an answer over as it comes, or after it was held back."""
    await asyncio.sleep(held)
    with contextlib.suppress(OSError):
        while chunk := await there.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
