"""Signed HTTP in the place of Socket Mode: only what Slack signed, only once it is on disk."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.channels.slack.hook import LARGEST
from tests.channels.slack.office import Office, at_work
from tests.support.served import free_port
from tests.support.slack.app import App
from tests.support.slack.workspace import Workspace as Slack

PATH = "/channels/slack"
NONE: Mapping[str, str] = {}


@asynccontextmanager
async def served(slack: Slack, home: Path) -> AsyncIterator[tuple[Office, str]]:
    """A house that Slack reaches by HTTP, and its address."""
    async with at_work(slack, home, socket_mode=False) as office:
        application, port = FastAPI(), free_port()
        application.include_router(office.channel.router)
        config = uvicorn.Config(application, port=port, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        async with asyncio.timeout(10):
            while not server.started:
                await asyncio.sleep(0.01)
        try:
            yield office, f"http://127.0.0.1:{port}{PATH}"
        finally:
            server.should_exit = True
            await task


def by_http() -> App:
    """An app to which Slack posts."""
    return App(socket_mode=False)


def signed(slack: Slack, body: bytes, at: float | None = None, headers: Mapping[str, str] = NONE) -> dict[str, str]:
    """The headers that Slack would send with a body."""
    stamp = str(int(time.time() if at is None else at))
    secret = slack.app.signing_secret.encode()
    signature = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    told = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
    return {**told, "Content-Type": "application/json", **headers}


async def test_a_conversation_by_http(tmp_path: Path) -> None:
    with Slack(by_http()) as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with served(slack, tmp_path / "home") as (office, address):
            await asyncio.to_thread(slack.subscribe, address)
            slack.server.push.interactions = slack.server.push.commands = address
            ana.say("mon VPN ne marche plus, erreur 809, Windows 11")
            told = (await slack.until(lambda: slack.written(), most=15))[0]
            ana.press(told.labels[0], message=told)
            await slack.until(lambda: len(slack.written()) == 2, most=15)
            ana.command("/guichet", "aide")
            await slack.until(lambda: any("/guichet" in seen.words for seen in ana.sees()))
            assert set(slack.server.push.statuses) == {200}
            assert len(office.arrivals.taken) == 2


async def test_what_slack_did_not_sign_is_refused(tmp_path: Path) -> None:
    with Slack(by_http()) as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with served(slack, tmp_path / "home") as (office, address):
            await asyncio.to_thread(slack.subscribe, address)
            slack.forge_signatures()
            ana.say("my printer prints blank pages")
            await slack.until(lambda: slack.server.push.statuses)
            assert slack.server.push.statuses[0] == 401
            slack.forge_signatures(False)
            await slack.until(lambda: office.arrivals.taken, most=15)


async def test_what_could_not_be_stored_is_asked_for_again(tmp_path: Path) -> None:
    with Slack(by_http()) as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with served(slack, tmp_path / "home") as (office, address):
            await asyncio.to_thread(slack.subscribe, address)
            office.arrivals.broken = 1
            ana.say("my printer prints blank pages")
            await slack.until(lambda: office.arrivals.taken, most=15)
            await slack.until(lambda: slack.server.push.statuses[-2:] == [500, 200])


@pytest.mark.parametrize("door", ["", "/events", "/interactivity", "/commands"])
async def test_every_door_looks_at_signature_age_size_and_shape(tmp_path: Path, door: str) -> None:
    with Slack(by_http()) as slack:
        async with served(slack, tmp_path / "home") as (office, address), httpx.AsyncClient() as client:
            url, body = address + door, json.dumps({"type": "url_verification", "challenge": "c"}).encode()

            async def status(content: bytes, headers: dict[str, str]) -> int:
                return (await client.post(url, content=content, headers=headers)).status_code

            answer = await client.post(url, content=body, headers=signed(slack, body))
            assert answer.json() == {"challenge": "c"}
            assert await status(body, signed(slack, body, time.time() - 301)) == 401
            assert await status(body, signed(slack, body, time.time() + 301)) == 401
            assert await status(body + b" ", signed(slack, body)) == 401
            assert await status(body, {"Content-Type": "application/json"}) == 401
            assert await status(body, signed(slack, body, headers={"X-Slack-Request-Timestamp": "soon"})) == 401
            assert await status(body, signed(slack, body, headers={"X-Slack-Signature": "v0="})) == 401
            assert await status(b"\xff", signed(slack, b"\xff")) in (400, 401)
            for odd in (b"", b"{", b"[]", b"5", b'"x"', b"null", b"[" * 90_000):
                assert await status(odd, signed(slack, odd)) in (200, 400)
            large = b" " * (LARGEST + 1)
            assert await status(large, signed(slack, large)) == 413
            form = urlencode({"payload": "{"}).encode()
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            assert await status(form, signed(slack, form, headers=kind)) == 400
            check = urlencode({"ssl_check": "1", "token": "x"}).encode()
            assert await status(check, signed(slack, check, headers=kind)) == 200
            assert office.arrivals.seen == []


async def test_without_a_signing_secret_nothing_is_taken(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Slack(by_http()) as slack:
        async with served(slack, tmp_path / "home") as (_, address), httpx.AsyncClient() as client:
            headers = signed(slack, b"{}")
            slack.app.signing_secret = ""
            assert (await client.post(address, content=b"{}", headers=headers)).status_code == 503
            assert "-> channels.slack.signing_secret_file" in caplog.text
