"""A workspace of Slack: the way in, the way out and what both know, put together."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter

from bot.channels.fetching import Fetcher
from bot.channels.parts import Parts
from bot.channels.slack.assistant import thumbs
from bot.channels.slack.calling import Slack
from bot.channels.slack.doctor import Finding, Inspector
from bot.channels.slack.doors import CHANNEL, Doors, Receive
from bot.channels.slack.emoji import FORCE, REFUSE, EmojiRoom
from bot.channels.slack.files import Store
from bot.channels.slack.hook import slack_routes
from bot.channels.slack.identity import Identity
from bot.channels.slack.later import Later
from bot.channels.slack.listening import Listener
from bot.channels.slack.people import People
from bot.channels.slack.pressing import PressRoom
from bot.channels.slack.protocol import Protocol
from bot.channels.slack.rooms import Rooms
from bot.channels.slack.sending import SlackChannel, no_blocks
from bot.channels.slack.sorting import Hear, SlackRoom, heard_by_nobody
from bot.channels.slack.taking import PostRoom
from bot.channels.slack.threads import Threads
from bot.channels.slack.tokens import FileToken, RotatedToken, Rotation, Tokens
from bot.channels.slack.uploading import Uploads
from bot.channels.slack.views import Shown, ViewRoom
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.notes import Notes

API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Options:
    """What the settings say. `help_channels`: names or ids; `force`, `refuse`: emoji without colons; `pages`: the
    address of the house's own pages, "" where people cannot open them."""

    help_channels: tuple[str, ...] = ()
    force: str = FORCE
    refuse: str = REFUSE
    socket_mode: bool = True
    api: str = API
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Reads secrets whenever they are needed; each may raise OSError. With a `rotation` no bot token is read.

    `kept`: where a renewed token is put.
    """

    bot_token: Callable[[], str] = field(repr=False)
    app_token: Callable[[], str] = field(repr=False)
    signing_secret: Callable[[], str] = field(repr=False)
    rotation: Rotation | None = None
    kept: Path = Path("slack.token")


@dataclass(frozen=True, slots=True)
class House:
    """What the channel needs of the house. `hear` takes the thumbs under answers; without it none are shown."""

    receive: Receive
    notes: Notes
    files: Files
    clock: Clock
    hear: Hear | None = None


class Workspace:
    """One workspace, or one organisation of several, in which the app is installed."""

    def __init__(self, options: Options, secrets: Secrets, house: House, shown: Shown) -> None:
        tokens = self._tokens(options, secrets, house.clock)
        self._options = options
        self._slack = Slack(options.api, tokens)
        self._later = Later()
        self._identity = Identity(self._slack)
        threads, rooms = Threads(house.notes), Rooms(self._slack, options.help_channels)
        self.fetcher = Fetcher(house.files, Store(self._slack, tokens, options.api).fetch)
        people = People(self._slack, self._later)
        doors = Doors(
            self._slack, people, rooms, threads, self.fetcher, house.clock, house.receive, self._later
        )  # fmt: skip
        posts = PostRoom(doors)
        room = SlackRoom(
            self._identity,
            posts,
            EmojiRoom(doors, posts, options.force, options.refuse),
            PressRoom(doors),
            ViewRoom(doors, shown),
            house.hear or heard_by_nobody,
        )
        protocol = Protocol(self._slack, room.take)
        self._listener = Listener(self._slack, secrets.app_token, protocol)
        self.router: APIRouter = slack_routes(protocol, secrets.signing_secret, house.clock)
        self.channel = SlackChannel(
            self._slack,
            Parts(house.notes, CHANNEL),
            threads,
            self._identity,
            Uploads(self._slack, house.files, house.notes, options.api),
            thumbs if house.hear else no_blocks,
            options.pages,
        )
        self._inspector = Inspector(self._slack, secrets.app_token, options.socket_mode, options.help_channels)

    async def run(self) -> None:
        """Listen, and fetch files, until cancelled; everything it opened is then closed."""
        try:
            async with self._slack.opened() as session, asyncio.TaskGroup() as group:
                group.create_task(self._identity.learn())
                group.create_task(self.fetcher.run())
                if self._options.socket_mode:
                    group.create_task(self._listener.run(session))
        finally:
            await self._later.end()

    async def listening(self) -> None:
        """Wait until Slack has greeted us: from then on nothing waits for a repetition."""
        await self._listener.connected.wait()

    async def examined(self) -> tuple[Finding, ...]:
        """Tell what hinders, with the mend. Raises nothing."""
        return await self._inspector.examined()

    def _tokens(self, options: Options, secrets: Secrets, clock: Clock) -> Tokens:
        if secrets.rotation is None:
            return FileToken(secrets.bot_token)

        async def renew(client_id: str, client_secret: str, refresh: str) -> dict[str, object]:
            return await self._slack.renewed(client_id, client_secret, refresh)

        return RotatedToken(secrets.rotation, secrets.kept, clock, renew)
