"""The same small app as js/echo.js on Slack's framework for Python, in a thread of its own."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.slack.server import HOST, LIMIT
from tests.support.slack.workspace import Workspace

Body = dict[str, Any]


def plain(text: str) -> Body:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("More"),
    "submit": plain("Send"),
    "blocks": [
        {"type": "input", "block_id": "line", "label": plain("Words"),
         "element": {"type": "plain_text_input", "action_id": "words"}},
    ],
}  # fmt: skip


def answers(said: str, ts: str) -> list[Body]:
    """The echo and its button."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": said}},
        {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": plain("More"), "value": ts}]},
    ]


def echo_app(slack: Workspace) -> AsyncApp:
    """The app, not yet connected."""
    client = AsyncWebClient(slack.app.bot_token, base_url=f"{slack.url}/api/")
    app = AsyncApp(client=client, signing_secret=slack.app.signing_secret)
    app.event("message")(on_message)
    app.event("app_mention")(on_mention)
    app.action("more")(on_more)
    app.view("form")(on_form)
    app.command("/echo")(on_command)
    app.event("app_home_opened")(on_home)
    return app


async def on_message(event: Body, client: AsyncWebClient, say) -> None:
    """Echo."""
    if "subtype" in event:
        return
    user = (await client.users_info(user=event["user"]))["user"]
    said = f"{user['profile']['email']} said {event['text']}"
    await say(text=said, blocks=answers(said, event["ts"]), thread_ts=event.get("thread_ts"))


async def on_mention(event: Body, client: AsyncWebClient) -> None:
    """Answer in a thread."""
    await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="You called?")


async def on_more(ack, body: Body, action: Body, client: AsyncWebClient) -> None:
    """Take the button away and ask for more."""
    await ack()
    pressed = f"pressed {action['value']}"
    await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=pressed)
    await client.views_open(trigger_id=body["trigger_id"], view=FORM)


async def on_form(ack, body: Body, view: Body, client: AsyncWebClient) -> None:
    """Refuse bad words, repeat others."""
    words = view["state"]["values"]["line"]["words"]["value"]
    if words == "bad":
        await ack(response_action="errors", errors={"line": "Better words, please"})
        return
    await ack()
    await client.chat_postMessage(channel=body["user"]["id"], text=f"form says {words}")


async def on_command(ack, command: Body, respond) -> None:
    """Answer twice."""
    await ack(f"at once {command['text']}")
    await respond(f"later {command['text']}")


async def on_home(event: Body, client: AsyncWebClient) -> None:
    """Show the home tab."""
    blocks = [{"type": "section", "text": plain(f"Home of {event['user']}")}]
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


@contextlib.contextmanager
def running_python_echo(slack: Workspace, port: int | None) -> Iterator[None]:
    """Run it over Socket Mode, or over HTTP where there is a port."""
    ready, way_out = threading.Event(), []

    async def live() -> None:
        app, ended = echo_app(slack), asyncio.Event()
        way_out.append((asyncio.get_running_loop(), ended))
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(asyncio.sleep, 0.01)  # closed connections end in the loop's next rounds
            if port:
                runner = web.AppRunner(app.server(port).web_app)
                stack.push_async_callback(runner.cleanup)
                await runner.setup()
                await web.TCPSite(runner, HOST, port).start()
            else:
                client = AsyncWebClient(slack.app.app_token, base_url=f"{slack.url}/api/")
                handler = AsyncSocketModeHandler(app, slack.app.app_token, web_client=client, ping_interval=1)
                stack.push_async_callback(handler.close_async)
                await handler.connect_async()
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(live()), daemon=True)
    thread.start()
    assert ready.wait(LIMIT), "the echo app did not start"
    try:
        yield
    finally:
        if port:
            slack.stop()  # the app's own messages still come back to it; nothing shall knock while it closes its door
        loop, ended = way_out[0]
        loop.call_soon_threadsafe(ended.set)
        thread.join(LIMIT)
