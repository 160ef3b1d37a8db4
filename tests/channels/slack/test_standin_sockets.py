"""The stand-in's Socket Mode and its pushes, seen from the wire."""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web

from tests.support.slack.server import HOST
from tests.support.slack.workspace import Workspace

Json = dict[str, Any]
Line = aiohttp.ClientWebSocketResponse


async def address(session: aiohttp.ClientSession, slack: Workspace) -> str:
    """A fresh address for a socket."""
    headers = {"Authorization": f"Bearer {slack.app.app_token}"}
    async with session.post(f"{slack.url}/api/apps.connections.open", headers=headers) as answer:
        return (await answer.json())["url"]


@contextlib.asynccontextmanager
async def connected(slack: Workspace) -> AsyncIterator[Line]:
    """One connection, greeted."""
    async with aiohttp.ClientSession() as session, session.ws_connect(await address(session, slack)) as line:
        assert (await heard(line))["type"] == "hello"
        yield line


async def heard(line: Line) -> Json:
    """The next message."""
    return await line.receive_json(timeout=5)


async def acknowledge(line: Line, envelope: Json, **payload: Any) -> None:
    """Say that it came."""
    await line.send_json({"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})})


async def test_an_address_serves_once(slack: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        once = await address(session, slack)
        async with session.ws_connect(once) as line:
            hello = await heard(line)
            assert hello["num_connections"] == 1
            assert hello["connection_info"] == {"app_id": slack.app.id}
            assert "approximate_connection_time" in hello["debug_info"]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(once)


async def test_what_is_not_acknowledged_comes_again(slack: Workspace) -> None:
    slack.acknowledge_within(0.1)
    slack.courier.pauses = (0.01, 0.01, 0.01)
    async with connected(slack) as line:
        slack.person("Ana Li").say("hello")
        envelopes = [await heard(line) for _ in range(4)]
        assert [each["retry_attempt"] for each in envelopes] == [0, 1, 2, 3]
        assert [each["retry_reason"] for each in envelopes] == ["", "timeout", "timeout", "timeout"]
        assert len({each["envelope_id"] for each in envelopes}) == 4
        assert len({each["payload"]["event_id"] for each in envelopes}) == 1
        await acknowledge(line, envelopes[-1])
        await slack.until(lambda: slack.events()[0].is_delivered)


async def test_a_broken_connection_brings_the_same_envelope_again(slack: Workspace) -> None:
    async with connected(slack) as line:
        slack.person("Ana Li").say("hello")
        first = await heard(line)
        slack.drop_sockets()
    async with connected(slack) as line:
        again = await heard(line)
        await acknowledge(line, again)
    assert (again["envelope_id"], again["retry_attempt"]) == (first["envelope_id"], 0)


async def test_what_people_press_comes_once(slack: Workspace) -> None:
    slack.acknowledge_within(0.05)
    async with connected(slack) as line:
        parcel = slack.person("Ana Li").command("/desk")
        assert (await heard(line))["accepts_response_payload"] is True
        await slack.until(lambda: parcel.tries)
        assert parcel.tries == ["timeout"]
        slack.send_event({"type": "brand_new"})
        envelope = await heard(line)
        assert envelope["payload"]["event"] == {"type": "brand_new"}
        assert envelope["accepts_response_payload"] is False


async def test_each_envelope_goes_to_one_of_the_connections(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    async with connected(slack) as one, connected(slack) as other:
        ana.say("1")
        ana.say("2")
        got = [await heard(one), await heard(other)]
        assert {each["payload"]["event"]["text"] for each in got} == {"1", "2"}
        await acknowledge(one, got[0])
        await acknowledge(other, got[1])


async def test_there_are_ten_connections_and_no_more(slack: Workspace) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(10):
            await stack.enter_async_context(connected(slack))
        session = await stack.enter_async_context(aiohttp.ClientSession())
        line = await stack.enter_async_context(session.ws_connect(await address(session, slack)))
        refused = await heard(line)
        assert (refused["type"], refused["reason"]) == ("disconnect", "too_many_websockets")


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "link_disabled"])
async def test_the_end_of_a_connection_is_announced(slack: Workspace, reason: str) -> None:
    async with connected(slack) as line:
        slack.refresh(reason)
        said = await heard(line)
        assert (said["type"], said["reason"]) == ("disconnect", reason)
        assert (await line.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE


async def test_order_can_be_turned_round_and_events_doubled(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    async with connected(slack) as line:
        with slack.out_of_order():
            ana.say("1")
            ana.say("2")
        got = [await heard(line), await heard(line)]
        assert [each["payload"]["event"]["text"] for each in got] == ["2", "1"]
        for each in got:
            await acknowledge(line, each)
        first = slack.events()[0]
        slack.deliver_again(first)
        again = await heard(line)
        await acknowledge(line, again)
        assert again["payload"]["event_id"] == first.payload["event_id"]


@contextlib.asynccontextmanager
async def listening(slack: Workspace, *statuses: int, **headers: str) -> AsyncIterator[list[tuple[web.Request, str]]]:
    """An app that answers with these statuses, then with 200."""
    got: list[tuple[web.Request, str]] = []
    left = list(statuses)

    async def take(request: web.Request) -> web.Response:
        body = await request.text()
        if "url_verification" in body:
            return web.json_response({"challenge": json.loads(body)["challenge"]})
        got.append((request, body))
        return web.Response(status=left.pop(0) if left else 200, headers=headers)

    application = web.Application()
    application.router.add_post("/slack/events", take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    port = runner.addresses[0][1]
    await asyncio.to_thread(slack.subscribe, f"http://{HOST}:{port}/slack/events")
    try:
        yield got
    finally:
        await asyncio.to_thread(slack.stop)
        await runner.cleanup()


def signed(slack: Workspace, request: web.Request, body: str) -> bool:
    """Check the signature as Slack's guide says."""
    base = f"v0:{request.headers['X-Slack-Request-Timestamp']}:{body}".encode()
    digest = hmac.new(slack.app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    return request.headers["X-Slack-Signature"] == f"v0={digest}"


async def test_pushes_are_signed_and_repeated(slack: Workspace) -> None:
    slack.courier.pauses = (0.01, 0.01, 0.01)
    async with listening(slack, 500, 503) as got:
        slack.person("Ana Li").say("hello")
        await slack.until(lambda: slack.events()[0].is_delivered)
        assert [each.headers.get("X-Slack-Retry-Num") for each, _ in got] == [None, "1", "2"]
        assert [each.headers.get("X-Slack-Retry-Reason") for each, _ in got] == [None, "http_error", "http_error"]
        assert all(signed(slack, request, body) for request, body in got)
        slack.forge_signatures()
        slack.person("Bo Xu").say("forged")
        await slack.until(lambda: len(got) == 4)
        assert not signed(slack, *got[3])


async def test_an_app_may_refuse_repetitions(slack: Workspace) -> None:
    async with listening(slack, 500, **{"X-Slack-No-Retry": "1"}) as got:
        slack.person("Ana Li").say("hello")
        await slack.until(lambda: slack.events()[0].tries)
        assert (slack.events()[0].tries, len(got)) == (["refused"], 1)


async def test_what_people_do_is_pushed_as_forms(slack: Workspace) -> None:
    ana = slack.person("Ana Li")
    async with listening(slack) as got:
        said = ana.say("hello")
        ana.command("/desk", "two words")
        ana.shortcut("escalate", said)
        await slack.until(lambda: len(got) == 3)
        forms = [parse_qs(body) for request, body in got if request.content_type != "application/json"]
        assert next(form for form in forms if "command" in form)["text"] == ["two words"]
        shortcut = next(form for form in forms if "payload" in form)
        assert json.loads(shortcut["payload"][0])["type"] == "message_action"
