"""The webhook: the platform calls with our secret, and hears 200 only once its update is durable."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.channels import bodies
from bot.channels.telegram.hook import MOST_BYTES, PATH, secret_of
from bot.ports.inbound import Inbound
from tests.channels.telegram.bothouse import AT_ONCE, Desk, until
from tests.support.daemon import quiet_ports
from tests.support.telegram import BotApi

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def api() -> Iterator[BotApi]:
    """The platform."""
    with BotApi() as api:
        yield api


@pytest.fixture
def desk(api: BotApi, tmp_path: Path) -> Desk:
    """A desk that wants to be called."""
    return Desk(api, tmp_path / "home", hook_url=f"http://127.0.0.1:{quiet_ports(1)[0]}{PATH}", manners=AT_ONCE)


@asynccontextmanager
async def served(desk: Desk) -> AsyncIterator[None]:
    """The desk's pages, at the address of its webhook."""
    app = FastAPI()
    app.include_router(desk.bot.router)
    port = httpx.URL(desk.hook_url).port
    assert port
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", ws="none"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    try:
        await until(lambda: server.started)
        yield
    finally:
        server.should_exit = True
        await serving


async def test_people_are_answered_by_webhook(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    broken = [True, False]

    def stumble(inbound: Inbound) -> None:
        if broken.pop(0) if broken else False:
            raise OSError("the disk is full")

    desk.before.append(stumble)
    async with desk.at_work(), served(desk):
        await api.until(lambda: api.count("setWebhook"))
        ann.say("Mon VPN ne marche plus")  # the first call is refused, so that the platform calls again
        await ann.soon_hears("assistant automatique")
        api.repeat()
        await until(lambda: not api.pending)
    (call,) = api.calls_of("setWebhook")
    assert call.parameters["secret_token"] == secret_of(api.token)
    assert json.loads(call.parameters["allowed_updates"])[0] == "message"
    assert api.count("getUpdates") == 0
    assert len(ann.answers) == 1
    assert desk.heard() == ["Mon VPN ne marche plus"]


async def called(desk: Desk, body: bytes, secret: str | bytes | None = None) -> int:
    """Call the desk as the platform does, without a server between, and give the status of its answer."""
    app = FastAPI()
    app.include_router(desk.bot.router)
    headers = {} if secret == "" else {HEADER: secret or secret_of(desk.api.token)}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.test") as client:
        return (await client.post(PATH, content=body, headers=headers)).status_code  # type: ignore[arg-type]


async def test_who_does_not_know_the_secret_is_turned_away(desk: Desk, api: BotApi) -> None:
    async with desk.at_work():
        await api.until(lambda: api.count("setWebhook"))
        for secret in ("", "wrong", b"\xe9", api.token):
            assert await called(desk, b'{"update_id": 1}', secret) == 403
        for body in (b'{"update_id": 1}', b"[]"):
            assert await called(desk, body) == 200
        for body in (b"no json", b"[" * 100_000, b"\xff", b"1" * 5_000):
            assert await called(desk, body) == 400
        too_much = b" " * (MOST_BYTES + 1)
        assert [await called(desk, too_much), await called(desk, too_much, "wrong")] == [413, 403]


async def test_who_hangs_up_or_takes_too_long_harms_nothing(desk: Desk, api: BotApi, monkeypatch: Any) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.1)
    async with desk.at_work(), served(desk):
        await api.until(lambda: api.count("setWebhook"))
        for hangs_up in (True, False):
            port = httpx.URL(desk.hook_url).port
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n{HEADER}: {secret_of(api.token)}\r\n\r\n"
            writer.write(f"{head}{{".encode())
            await writer.drain()
            if not hangs_up:
                assert b" 408 " in await asyncio.wait_for(reader.readline(), 10)
            writer.close()
        assert await called(desk, b'{"update_id": 1}') == 200


async def test_a_call_is_refused_as_long_as_nothing_can_be_stored(desk: Desk, api: BotApi) -> None:
    def refuse(inbound: Inbound) -> None:
        raise OSError("the disk is full")

    desk.before.append(refuse)
    async with desk.at_work():
        await api.until(lambda: api.count("setWebhook"))
        statuses = [await called(desk, call(5)) for _ in range(9)]
        desk.before.clear()
        statuses.append(await called(desk, call(5)))
    assert statuses == [500] * 9 + [200]
    assert desk.heard() == ["VPN 5"]


async def test_a_call_that_alone_cannot_be_stored_is_left_out(desk: Desk, api: BotApi) -> None:
    def refuse(inbound: Inbound) -> None:
        if getattr(inbound.event, "texts", ()) == ("VPN 5",):
            raise OSError("poison")

    desk.before.append(refuse)
    async with desk.at_work():
        await api.until(lambda: api.count("setWebhook"))
        numbers = (5, 6, 5, 7, 5, 8, 5)
        statuses = [await called(desk, call(number)) for number in numbers]
    assert statuses == [500, 200, 500, 200, 500, 200, 200]


def call(number: int) -> bytes:
    """What the platform posts for a message of this number."""
    chat = {"id": 5_000_000_001, "type": "private", "first_name": "Ann"}
    sender = {**chat, "is_bot": False}
    message = {"message_id": number, "date": 1, "chat": chat, "from": sender, "text": f"VPN {number}"}
    return json.dumps({"update_id": number, "message": message}).encode()


async def test_a_desk_that_polls_has_no_webhook(api: BotApi, tmp_path: Path) -> None:
    desk = Desk(api, tmp_path / "home")
    async with desk.at_work():
        await api.until(lambda: api.count("getUpdates"))
        assert await called(desk, b"{}") == 404
