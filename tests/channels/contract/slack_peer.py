"""Somebody in a direct message on the stand-in of Slack; the app reaches its Web API through a tap."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from pathlib import Path
from urllib.parse import urlsplit

from bot.channels.render.splitting import units
from bot.channels.slack import House, Options, Secrets, Workspace
from bot.channels.slack.home import Desk as Shop
from bot.channels.slack.views import Shown
from bot.ports.channel import Channel
from bot.ports.notes import Notes
from bot.store.files import FolderFiles
from tests.channels.contract.desk import Desk, secret_file, until
from tests.channels.contract.peer import Ability, Seen
from tests.channels.contract.tap import Tap
from tests.channels.contract.tapped import TappedPeer
from tests.support.daemon import HOST
from tests.support.slack.parcels import Parcel
from tests.support.slack.seen import Seen as InSlack
from tests.support.slack.workspace import Workspace as Slack

_LACKS = {Ability.ENDLESS_PATIENCE: "Slack brings an event four times, the last time after six minutes"}


class SlackPeer(TappedPeer):
    """Writes in the app's direct message, over Socket Mode."""

    name = "slack"
    longest = 40_000
    lacks = _LACKS

    def __init__(self, home: Path) -> None:
        self.slack = Slack().start()
        address = urlsplit(self.slack.url)
        self.tap = Tap(str(address.hostname), int(address.port or 0), lambda sent: b"chat.postMessage" in sent)
        name = "Ann <!channel> @everyone <b>Li</b>"
        self.person = self.slack.person(name, "ann@corp.test", locale="fr-FR")
        self.home, self.files = home, FolderFiles(home / "files")
        self.desk = Desk(home, self._channels)
        self._said: dict[str, InSlack] = {}
        self._shown: dict[str, InSlack] = {}
        self._press: Parcel | None = None

    @property
    def channel(self) -> Channel:
        """The channel as the house has it."""
        return self.workspace.channel

    def _channels(self, notes: Notes) -> Mapping[str, Channel]:
        app = self.slack.app
        options = Options(api=f"http://{HOST}:{self.tap.listens_at}/api/")
        secrets = Secrets(
            lambda: app.bot_token, lambda: app.app_token, lambda: app.signing_secret, kept=self.home / "slack.token"
        )
        house = House(self.desk.take, notes, self.files, self.desk.clock)
        self.workspace = Workspace(options, secrets, house, Shown(Shop("Support")))
        return {"slack": self.workspace.channel}

    async def open(self) -> None:
        """Open the house, and wait until Slack has greeted it."""
        await self.tap.open()
        await self.desk.open()
        self.desk.beside(self.workspace.run())
        await self.workspace.listening()

    async def close(self) -> None:
        """Break what goes through the tap, and close the house."""
        self.tap.cut()
        await self.desk.close()

    async def end(self) -> None:
        """Close the house, the tap and the platform."""
        await self.close()
        await self.tap.close()
        self.slack.stop()

    async def say(self, text: str) -> str:
        """Write a message."""
        said: list[InSlack] = []
        await self._taken(lambda: said.append(self.person.say(text)))
        self._said[said[0].ts] = said[0]
        return said[0].ts

    async def write(self, text: str) -> None:
        """Write a message."""
        self.person.say(text)

    def settings(self) -> str:
        """The table of the workspace."""
        app = self.slack.app
        kept = {"bot_token_file": app.bot_token, "app_token_file": app.app_token}
        files = {name: secret_file(self.home.parent / name, text) for name, text in kept.items()}
        lines = [f'{name} = "{file}"' for name, file in files.items()]
        return "\n".join(["[channels.slack]", f'api = "http://{HOST}:{self.tap.listens_at}/api/"', *lines])

    async def edit(self, ref: str, text: str) -> None:
        """Change a message."""
        await self._taken(lambda: self.person.edit(self._said[ref], text))

    async def delete(self, ref: str) -> None:
        """Take a message back."""
        await self._taken(lambda: self.person.delete(self._said[ref]))

    async def press(self, message: Seen, place: int) -> None:
        """Press a button."""
        shown = self._shown[message.ref]
        before = self.desk.arrived()
        self._press = self.person.press(shown.labels[place - 1], shown)
        await until(lambda: self.desk.arrived() > before, "the press in the house")

    async def press_again(self, message: Seen, place: int) -> None:
        """Press once more before the screen has changed: the platform tells of another click."""
        assert self._press is not None
        again = Parcel(self._press.kind, deepcopy(self._press.payload))
        again.payload["actions"][0]["action_ts"] = self.slack.world.clock.stamp()
        self.slack.courier.post(again)
        await until(lambda: again.is_delivered, "the acknowledgement")

    async def redeliver(self, ref: str) -> None:
        """Deliver the event again, as after an acknowledgement that did not arrive."""
        first = next(one for one in self.slack.events("message") if one.payload["event"].get("ts") == ref)
        again = self.slack.deliver_again(first)
        await until(lambda: again.is_delivered, "the acknowledgement")

    async def deliver_out_of_order(self, texts: Sequence[str]) -> None:
        """Deliver the later event first."""
        before = self.desk.arrived()
        with self.slack.out_of_order():
            for text in texts:
                self.person.say(text)
        await until(lambda: self.desk.arrived() >= before + len(texts), "all messages in the house")

    async def unknown(self) -> None:
        """Send events that no app knows yet."""
        room = self.person.direct.id
        odd = {"type": "message", "subtype": "of_tomorrow", "channel": room, "user": self.person.id, "new": [{}]}
        for event in ({"type": "brand_new", "user": {"a": 1}}, odd):
            parcel = self.slack.send_event(event)
            await until(lambda: parcel.is_delivered, "the acknowledgement")  # noqa: B023 - waited for at once

    async def seen(self) -> tuple[Seen, ...]:
        """Look at the direct message."""
        return tuple(self._seen(one) for one in self.slack.written(self.person.direct))

    async def flood(self, seconds: int) -> None:
        """Answer the next message with 429."""
        self.slack.flood(seconds, 1, "chat.postMessage")

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Answer 503 to everything, and break the sockets."""
        with self.slack.outage():
            yield

    def _seen(self, one: InSlack) -> Seen:
        self._shown.setdefault(one.ts, one)
        labels = tuple(label for label in one.labels if label)
        pinged = tuple(sorted(one.pings))
        return Seen(one.ts, one.words, units(one.words), labels, pinged, tuple(_links(one.blocks)))


def _links(piece: object) -> Iterator[str]:
    """Every address in blocks."""
    if isinstance(piece, Mapping):
        yield from (str(piece[name]) for name in ("url", "image_url") if name in piece)
        for value in piece.values():
            yield from _links(value)
    elif isinstance(piece, Sequence) and not isinstance(piece, str):
        for value in piece:
            yield from _links(value)
