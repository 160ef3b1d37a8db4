"""What each answer of the ticket server means, and each end of a connection: done, later, never, or nobody knows."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.support.certificate import make_certificates
from tests.support.daemon import HOST, quiet_ports
from tests.ticket_bridge.faulty_way import whole_request
from ticket_bridge import DoubtfulError, RefusedError, TryLaterError
from ticket_bridge.systems.rt_config import RtConfig
from ticket_bridge.systems.rt_wire import LARGEST_ANSWER, RtWire

SECRET = "1-29-0123456789abcdef"


class Server:
    """Answers every request with the same bytes, and then does nothing more or closes."""

    def __init__(self, answer: bytes, *, closes: bool = True) -> None:
        self.requests: list[bytes] = []
        self._answer = answer
        self._closes = closes
        self._over = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append(await whole_request(reader))
        writer.write(self._answer)
        if not self._closes:
            await self._over.wait()
        writer.close()

    @asynccontextmanager
    async def listening(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
        server = await asyncio.start_server(self.serve, HOST, 0, ssl=tls)
        port = server.sockets[0].getsockname()[1]
        yield f"{'https' if tls else 'http'}://{HOST}:{port}/rt/"
        self._over.set()
        server.close()
        await server.wait_closed()

    @asynccontextmanager
    async def wire(self, answer_within: float = 5.0) -> AsyncIterator[RtWire]:
        async with self.listening() as url:
            wire = wire_to(url, answer_within)
            yield wire
            self._over.set()
            await wire.close()


def wire_to(url: str, answer_within: float = 5.0, ca_file: str = "") -> RtWire:
    seconds = timedelta(seconds=answer_within)
    return RtWire(RtConfig(url=url, account="guichet", token=SECRET, queue="q", answer_within=seconds, ca_file=ca_file))


def answer(status: int, body: bytes = b"{}", head: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body


async def test_a_request_bears_the_token_and_goes_below_the_address() -> None:
    server = Server(answer(201, b'{"id": "7"}'))
    async with server.wire() as wire:
        assert await wire.send("POST", "/ticket", {"Subject": "é"}) == {"id": "7"}
    (request,) = server.requests
    assert request.startswith(b"POST /rt/REST/2.0/ticket HTTP/1.1")
    assert b"Authorization: token " + SECRET.encode() in request


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("Retry-After: 7\r\n", 7),
        ("Retry-After: 999999999999999\r\n", 3600),
        ("Retry-After: -7\r\n", None),
        ("Retry-After: soon\r\n", None),
        ("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 0),
    ],
)
async def test_a_busy_server_is_asked_again_later(status: int, head: str, seconds: int | None) -> None:
    async with Server(answer(status, head=head)).wire() as wire:
        with pytest.raises(TryLaterError) as caught:
            await wire.send("POST", "/ticket", {})
    assert caught.value.after == (None if seconds is None else timedelta(seconds=seconds))


async def test_a_date_to_come_back_at_is_understood() -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    async with Server(answer(503, head=f"Retry-After: {when}\r\n")).wire() as wire:
        with pytest.raises(TryLaterError) as caught:
            await wire.get("/rt")
    assert caught.value.after is not None
    assert timedelta(minutes=9) < caught.value.after <= timedelta(minutes=10)


@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422])
async def test_a_no_is_a_refusal(status: int) -> None:
    async with Server(answer(status, b'{"message": "VPN of Lea"}', "Location: /\r\n")).wire() as wire:
        with pytest.raises(RefusedError, match=str(status)) as caught:
            await wire.send("PUT", "/ticket/1", {})
    assert "Lea" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 201 Cr",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 201 X\r\nContent-Length: 9\r\n\r\n{",
        answer(201, b"<html>"),
        answer(201, b"\xff"),
        answer(200, b""),
        answer(204, b""),
        *(answer(status) for status in (408, 425, 500, 502, 504)),
    ],
)
async def test_an_answer_that_is_cut_or_makes_no_sense_leaves_doubt(said: bytes) -> None:
    async with Server(said).wire() as wire:
        with pytest.raises(DoubtfulError):
            await wire.send("POST", "/ticket", {})


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 201 X\r\nContent-Length: 9\r\n\r\n{"])
async def test_an_answer_that_does_not_come_or_does_not_end_leaves_doubt_after_the_time_it_has(said: bytes) -> None:
    async with Server(said, closes=False).wire(answer_within=0.2) as wire:
        with pytest.raises(DoubtfulError, match=r"did not answer within 0\.2 s"):
            await wire.send("POST", "/ticket", {})


async def test_an_answer_without_an_end_is_read_no_further_than_it_may_go() -> None:
    endless = answer(200, b'"' + b"x" * (LARGEST_ANSWER + 10) + b'"')
    async with Server(endless).wire() as wire:
        with pytest.raises(DoubtfulError, match="is larger than"):
            await wire.get("/tickets")


async def test_a_server_whose_authority_is_not_trusted_gets_no_token(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = Server(answer(200))
    async with server.listening(tls) as url:
        stranger, friend = wire_to(url), wire_to(url, ca_file=str(tmp_path / "ca.pem"))
        with pytest.raises(TryLaterError, match="cannot be reached"):
            await stranger.get("/rt")
        assert server.requests == []
        assert await friend.get("/rt") == {}


async def test_nobody_listening_means_surely_not_done() -> None:
    wire = wire_to(f"http://{HOST}:{quiet_ports(1)[0]}")
    with pytest.raises(TryLaterError, match="cannot be reached"):
        await wire.send("POST", "/ticket", {})
    await wire.close()


@pytest.mark.parametrize("url", ["ftp://rt.example.org", "rt.example.org", "http://\x00"])
async def test_an_address_that_is_none_is_refused(url: str) -> None:
    wire = wire_to(url)
    with pytest.raises(RefusedError, match="correct `url`"):
        await wire.get("/rt")
    await wire.close()


@pytest.mark.parametrize("said", [b"[]", b"3", b"null", b'{"items": 3}', b"{}", b"[" * 100_000])
async def test_a_search_answered_with_something_else_leaves_doubt(said: bytes) -> None:
    async with Server(answer(200, said)).wire() as wire:
        with pytest.raises(DoubtfulError, match=r"something (else|that is no JSON)"):
            await wire.get_all("/tickets")
