"""The webhook: the platform calls with our secret, and hears 200 only once its update is durable."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

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


async def test_who_does_not_know_the_secret_is_turned_away(desk: Desk, api: BotApi) -> None:
    right = {HEADER: secret_of(api.token)}
    async with desk.at_work():
        hook = desk.bot.hook
        await api.until(lambda: api.count("setWebhook"))
        for headers in ({}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: "é\ud800"}, {HEADER: api.token}):
            assert await hook.taken(headers, b'{"update_id": 1}') == 403
        assert await hook.taken(right, b'{"update_id": 1}') == 200
        assert await hook.taken({HEADER.lower(): secret_of(api.token)}, b"[]") == 200
        assert await hook.taken(right, b"no json") == 400
        assert await hook.taken(right, b"[" * 100_000) == 400
        assert await hook.taken(right, b"\xff") == 400
        assert await hook.taken(right, b" " * (MOST_BYTES + 1)) == 413
        async with served(desk), httpx.AsyncClient() as client:
            assert (await client.post(desk.hook_url, content=b" " * (MOST_BYTES + 1))).status_code == 413
            assert (await client.post(desk.hook_url, json={})).status_code == 403


async def test_what_cannot_be_stored_is_left_out_the_third_time(desk: Desk, api: BotApi) -> None:
    def refuse(inbound: Inbound) -> None:
        raise OSError("the disk is full")

    desk.before.append(refuse)
    async with desk.at_work():
        await api.until(lambda: api.count("setWebhook"))
        chat = {"id": 5_000_000_001, "type": "private", "first_name": "Ann"}
        message = {"message_id": 1, "date": 1, "chat": chat, "from": {**chat, "is_bot": False}, "text": "VPN"}
        body = json.dumps({"update_id": 5, "message": message}).encode()
        statuses = [await desk.bot.hook.taken({HEADER: secret_of(api.token)}, body) for _ in range(3)]
    assert statuses == [500, 500, 200]


async def test_a_desk_that_polls_has_no_webhook(api: BotApi, tmp_path: Path) -> None:
    desk = Desk(api, tmp_path / "home")
    async with desk.at_work():
        await api.until(lambda: api.count("getUpdates"))
        assert await desk.bot.hook.taken({HEADER: secret_of(api.token)}, b"{}") == 404
