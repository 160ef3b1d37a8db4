"""The way in by Socket Mode: one connection that Slack ends now and then, and the next before the last has ended.

slack_sdk's own client is not used: when it cannot connect to the address it was given it tries that address for ever,
though each is good for one connection within seconds, and it tells in its log what people write.
"""

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Callable

import aiohttp

from bot.channels.slack.calling import LostError, RefusedError, Slack, SlackError, is_ours_to_mend, story
from bot.channels.slack.payload import Json, part, word
from bot.channels.slack.protocol import Protocol
from bot.channels.slack.tokens import TokenError, secret

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between two tries to connect
SLOWLY = 120.0  # seconds between two tries that somebody has to mend first
CLOSING = aiohttp.ClientWSTimeout(ws_close=2.0)  # seconds for a good-bye
HEARTBEAT = 20.0  # seconds between two signs of life
LAST_WORDS = 30.0  # seconds that a connection is listened to once Slack has announced its end
MOST = 1000  # things that are being taken in at once; what comes on top of these has to come again
SOON = 10.0  # a connection that ends sooner is no success
log = logging.getLogger(__name__)


class Listener:
    """Listens until cancelled."""

    def __init__(self, slack: Slack, app_token: Callable[[], str], protocol: Protocol) -> None:
        self._slack, self._app_token, self._protocol = slack, app_token, protocol
        self._wait = FIRST_WAIT
        self._taking: set[asyncio.Task[None]] = set()
        self.connected = asyncio.Event()

    async def run(self, session: aiohttp.ClientSession) -> None:
        """Keep a connection; what comes by it is acknowledged once it is taken in."""
        async with asyncio.TaskGroup() as group:
            while True:
                socket = await self._socket(session)
                over = asyncio.Event()
                group.create_task(self._serve(socket, over))
                began = asyncio.get_running_loop().time()
                await over.wait()
                self.connected.clear()
                if asyncio.get_running_loop().time() - began > SOON:
                    self._wait = FIRST_WAIT
                else:
                    await self._pause()

    async def _socket(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        while True:
            try:
                return await session.ws_connect(await self._address(), heartbeat=HEARTBEAT, timeout=CLOSING)
            except (SlackError, TokenError) as error:
                await self._trouble(error)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                await self._trouble(LostError(type(error).__name__))  # its text holds the address, good for one try

    async def _address(self) -> str:
        """Ask where to connect to; each address is good once."""
        token = await asyncio.to_thread(secret, self._app_token, "app_token_file")
        told = await self._slack.ask("apps.connections.open", token)
        return word(told.data, "url", most=4000)

    async def _trouble(self, error: SlackError | TokenError) -> None:
        lasting = is_ours_to_mend(error) or _is_off(error)
        mend = "switch Socket Mode on in the app's settings" if _is_off(error) else ""
        log.warning("Slack cannot be listened to: %s", f"{error} -> {mend}" if mend else _told(error))
        after = error.after if isinstance(error, RefusedError) else None
        if lasting or after:
            await asyncio.sleep(after or SLOWLY)
            return
        await self._pause()

    async def _pause(self) -> None:
        await asyncio.sleep(self._wait * random.uniform(0.75, 1.25))  # all at once would be a blow
        self._wait = min(self._wait * 2, LONGEST_WAIT)

    async def _serve(self, socket: aiohttp.ClientWebSocketResponse, over: asyncio.Event) -> None:
        """Read a connection to its end; `over` is set as soon as another one is wanted."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None) as limit, asyncio.TaskGroup() as group:
                try:
                    async for frame in socket:
                        if frame.type is not aiohttp.WSMsgType.TEXT:
                            continue
                        told = _read(frame.data)
                        if word(told, "type") == "disconnect":
                            limit.reschedule(asyncio.get_running_loop().time() + LAST_WORDS)
                            over.set()
                        elif word(told, "type") == "hello":
                            self.connected.set()
                        elif (envelope := word(told, "envelope_id")) and self._has_room():
                            task = group.create_task(self._take(socket, envelope, told))
                            self._taking.add(task)
                            task.add_done_callback(self._taking.discard)
                finally:
                    over.set()
                    await socket.close()

    def _has_room(self) -> bool:
        """Whether one thing more may be held in memory: what is not acknowledged, Slack brings again."""
        if len(self._taking) >= MOST:
            log.error("Slack brings more than can be stored now: some of it has to come again")
        return len(self._taking) < MOST

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, envelope: str, told: Json) -> None:
        try:
            response = await self._protocol.answer(part(told, "payload"))
        except Exception as error:  # one thing that cannot be taken ends no connection
            log.error("Slack's envelope cannot be taken: %s", type(error).__name__)
            return
        if response.status != 200:
            return
        ack: Json = {"envelope_id": envelope}
        if response.body and told.get("accepts_response_payload") is True:
            ack["payload"] = json.loads(response.body)
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):  # then Slack brings it again: it is known
            await socket.send_json(ack)


def _read(data: str) -> Json:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _told(error: SlackError | TokenError) -> str:
    """What is wrong, said of the token that opens connections."""
    if isinstance(error, RefusedError) and is_ours_to_mend(error):
        return f"{error} -> channels.slack.app_token_file: an xapp- token with the scope connections:write"
    return story(error)


def _is_off(error: Exception) -> bool:
    return isinstance(error, RefusedError) and error.error in ("socket_mode_not_enabled", "link_disabled")
