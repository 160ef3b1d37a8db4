"""The Slack workspace of a house, put together from the settings."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from bot.channels.slack import House as SlackHouse
from bot.channels.slack import Options, Secrets, Workspace
from bot.channels.slack.assistant import Feedback
from bot.channels.slack.doors import CHANNEL
from bot.channels.slack.home import Desk
from bot.channels.slack.tokens import Rotation
from bot.channels.slack.views import Shown
from bot.dialog.events import OpenRequest, PersonRated
from bot.ports.channel import Channel
from bot.ports.clock import Clock
from bot.ports.inbound import Address, Inbound
from bot.ports.notes import Notes
from bot.settings import Settings, read_token
from bot.store.files import FolderFiles

from .branches import Doorway, Hindrance, Work
from .house import House
from .telegram import NoNotes
from .web import FILES

TOKEN = "slack.token"
Topics = Mapping[str, Mapping[str, str]]  # language -> topic -> what people call it


class SlackBranch:
    """Implements bot.app.branches.Branch."""

    name = CHANNEL

    def __init__(self, settings: Settings, home: Path, clock: Clock, topics: Topics) -> None:
        self._settings, self._home, self._clock, self._topics = settings, home, clock, topics
        self._doorway = Doorway()
        self._workspace: Workspace | None = None

    @property
    def told(self) -> str:
        """How the app hears of messages."""
        return "Socket Mode" if self._settings.channels.slack.socket_mode else "Slack calls us"

    def channels(self, notes: Notes) -> Mapping[str, Channel]:
        """The way out."""
        self._workspace = self._made(notes)
        return {CHANNEL: self._workspace.channel}

    def works(self, house: House) -> Iterator[Work]:
        """Listen, and bring the files that came with messages, those of before a restart too."""
        workspace = self._held()
        self._doorway.house = house
        workspace.fetcher.want(house.records.files_of(CHANNEL))
        yield workspace.run()

    def routers(self) -> Iterator[APIRouter]:
        """Where Slack calls, if it shall."""
        if not self._settings.channels.slack.socket_mode:
            yield self._held().router

    async def close(self) -> None:
        """Nothing is left to hang up: the workspace closes what it opened."""

    def examined(self) -> Iterator[Hindrance]:
        """Ask Slack with our tokens."""
        for finding in asyncio.run(self._made(NoNotes()).examined()):
            yield Hindrance(finding.what, finding.mend)

    def _made(self, notes: Notes) -> Workspace:
        table, server, desk = self._settings.channels.slack, self._settings.server, self._settings.desk
        options = Options(
            table.help_channels, table.force_emoji, table.refuse_emoji, table.socket_mode, table.api, server.public_url
        )
        privacy = f"{server.public_url.rstrip('/')}/privacy" if server.public_url else ""
        shown = Desk(desk.name, desk.languages, desk.emergency_phone, privacy, ZoneInfo(desk.timezone))
        files = FolderFiles(self._home / FILES)
        house = SlackHouse(self._doorway.receive, notes, files, self._clock, self._rated)
        return Workspace(options, self._secrets(), house, Shown(shown, self._requests, self._topics))

    def _secrets(self) -> Secrets:
        table = self._settings.channels.slack
        read = partial(partial, read_token)
        rotation = None
        if table.refresh_token_file:
            rotation = Rotation(table.client_id, read(table.client_secret_file), read(table.refresh_token_file))
        return Secrets(
            read(table.bot_token_file),
            read(table.app_token_file),
            read(table.signing_secret_file),
            rotation,
            self._home / TOKEN,
        )

    async def _requests(self, email: str) -> Sequence[OpenRequest]:
        """What is open of a proven person, in the order of the list."""
        house = self._doorway.house
        if house is None:
            return ()
        return await asyncio.to_thread(house.records.open_requests, email)

    async def _rated(self, feedback: Feedback) -> None:
        """Keep a thumb in the conversation that it is about."""
        key = f"{feedback.channel}:{feedback.thread}" if feedback.thread else feedback.channel
        address = Address(CHANNEL, feedback.team, key)
        event = PersonRated(at=self._clock.now(), good=feedback.good, turn=feedback.turn)
        thumb = f"slack:{feedback.team}:thumb:{feedback.channel}:{feedback.message}:{feedback.user}:{feedback.good}"
        await self._doorway.receive(Inbound(thumb, event, address, thread=bool(feedback.thread)))

    def _held(self) -> Workspace:
        if self._workspace is None:
            raise RuntimeError("the house is not open yet")
        return self._workspace
