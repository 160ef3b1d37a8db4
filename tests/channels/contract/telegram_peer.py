"""Somebody in a private chat on the stand-in of Telegram; the bot reaches it through a tap."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bot.channels.render.splitting import units
from bot.channels.telegram import TelegramBot, Waits
from bot.ports.channel import Channel
from bot.ports.notes import Notes
from bot.store.files import FolderFiles
from tests.channels.contract.desk import Desk, secret_file, until
from tests.channels.contract.peer import Ability, Seen
from tests.channels.contract.tap import Tap
from tests.channels.contract.tapped import TappedPeer
from tests.support.daemon import HOST
from tests.support.telegram import BotApi
from tests.support.telegram.seen import Shown

QUICK = Waits(poll=5, slow=0.2, first=0.05, longest=0.2)  # seconds: a test does not wait as a bot may
PINGS = ("mention", "text_mention")
_LACKS = {Ability.DELETES: "Telegram tells bots of no deletion"}


class TelegramPeer(TappedPeer):
    """Writes on a phone."""

    name = "telegram"
    longest = 4_096
    repeats = "Telegram takes no key with a message and does not tell a bot what it has shown"
    lacks = _LACKS

    def __init__(self, home: Path) -> None:
        self.api = BotApi()
        self.api.__enter__()
        address = urlsplit(self.api.url)
        self.tap = Tap(str(address.hostname), int(address.port or 0), lambda sent: b"/sendMessage" in sent)
        self.person = self.api.person("Ann <!channel> @everyone <b>Smith</b>", language="fr", username="ann")
        self.desk = Desk(home, self._channels)
        self.home, self.files = home, FolderFiles(home / "files")
        self._said: dict[str, Shown] = {}
        self._shown: dict[str, Shown] = {}

    @property
    def channel(self) -> Channel:
        """The channel as the house has it."""
        return self.bot.channel

    def _channels(self, notes: Notes) -> Mapping[str, Channel]:
        api = f"http://{HOST}:{self.tap.listens_at}"
        clock, take = self.desk.clock, self.desk.take
        self.bot = TelegramBot(lambda: self.api.token, notes, self.files, clock, take, api=api, waits=QUICK)
        return {"telegram": self.bot.channel}

    async def open(self) -> None:
        """Open the house, and let the bot ask for updates."""
        await self.tap.open()
        await self.desk.open()
        self.desk.beside(self.bot.run())
        self.desk.beside(self.bot.fetcher.run())

    async def close(self) -> None:
        """Break what goes through the tap, and close the house."""
        if self.desk.held is None:
            return
        self.tap.cut()
        await self.desk.close()
        await self.bot.close()

    async def end(self) -> None:
        """Close the house, the tap and the platform."""
        await self.close()
        await self.tap.close()
        self.api.__exit__(None, None, None)

    async def say(self, text: str) -> str:
        """Write a message."""
        shown: list[Shown] = []
        await self._taken(lambda: shown.append(self.person.say(text)))
        ref = f"{shown[0].chat}:{shown[0].id}"
        self._said[ref] = shown[0]
        return ref

    async def write(self, text: str) -> None:
        """Write a message."""
        self.person.say(text)

    def settings(self) -> str:
        """The table of the bot."""
        file = secret_file(self.home.parent / "token_file", self.api.token)
        return f'[channels.telegram]\napi = "http://{HOST}:{self.tap.listens_at}"\ntoken_file = "{file}"'

    async def edit(self, ref: str, text: str) -> None:
        """Change a message."""
        await self._taken(lambda: self.person.edit(self._said[ref], text))

    async def press(self, message: Seen, place: int) -> None:
        """Press a button, as it stood when the message came."""
        await self._taken(lambda: self.person.press(self._shown[message.ref], place))

    async def press_again(self, message: Seen, place: int) -> None:
        """Tap twice: the platform tells each of them."""
        self.person.press(self._shown[message.ref], place)
        await self._confirmed()

    async def redeliver(self, ref: str) -> None:
        """Deliver the update again, as after an answer that did not arrive."""
        number = self._said[ref].id
        found = (one for one in self.api.updates if one.get("message", {}).get("message_id") == number)
        self.api.repeat(next(found)["update_id"])
        await self._confirmed()

    async def deliver_out_of_order(self, texts: Sequence[str]) -> None:
        """Deliver the later update first."""
        before = self.desk.arrived()
        with self.api.held(backwards=True):
            for text in texts:
                self.person.say(text)
        await until(lambda: self.desk.arrived() >= before + len(texts), "all messages in the house")

    async def unknown(self) -> None:
        """Tell the bot of things that no bot knows yet."""
        self.api.push("kind_of_tomorrow", {"message_id": 7, "text": "x"})
        self.api.push("message", {"message_id": 999, "chat": {"id": self.person.id, "type": "private"}, "new": {}})
        await self._confirmed()

    async def seen(self) -> tuple[Seen, ...]:
        """Look at the chat."""
        return tuple(self._seen(shown) for shown in self.person.answers)

    async def flood(self, seconds: int) -> None:
        """Answer the next message with 429."""
        self.api.flood(seconds, 1, "sendMessage")

    async def _confirmed(self) -> None:
        await until(lambda: self.api.pending == 0, "every update confirmed")

    def _seen(self, shown: Shown) -> Seen:
        ref = f"{shown.chat}:{shown.id}"
        self._shown.setdefault(ref, shown)
        pinged = tuple(word for kind in PINGS for word in shown.words(kind))
        links = (*shown.words("url"), *(str(one["url"]) for one in shown.entities if one["type"] == "text_link"))
        return Seen(ref, shown.text, units(shown.text), tuple(shown.labels), pinged, links)
