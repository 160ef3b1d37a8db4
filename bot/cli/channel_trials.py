"""What the channels are measured with: a typical message in each one's own shape, read, answered and taken in."""

import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import FastAPI

from bot.channels.email.correspondence import Correspondence, Letterbook
from bot.channels.email.mail import Ours
from bot.channels.email.reading import read_mail
from bot.channels.email.taking import MailRoom
from bot.channels.email.threads import Threads
from bot.channels.email.writing import Letterhead, letter
from bot.channels.render import slack_messages, web_html
from bot.channels.slack.calling import Slack
from bot.channels.slack.doors import Doors
from bot.channels.slack.later import Later
from bot.channels.slack.people import People, Person
from bot.channels.slack.reading import Own, Post, read_event
from bot.channels.slack.rooms import Rooms
from bot.channels.slack.taking import PostRoom
from bot.channels.slack.text import plain_text
from bot.channels.slack.threads import Threads as SlackThreads
from bot.channels.telegram.favours import Favours
from bot.channels.telegram.line import Line
from bot.channels.telegram.reading import Place, Pressed, read
from bot.channels.telegram.sending import parts_of
from bot.channels.telegram.spoken import Me
from bot.channels.telegram.taking import TelegramRoom
from bot.channels.web import ChatDoors, Sessions, chat_routes
from bot.ports.chat import ChatReader
from bot.ports.clock import Clock
from bot.ports.files import Files
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes

from .channel_samples import ANSWER, WORDS, envelope, mail, update

_DESK = "support@desk.example.org"
T = TypeVar("T")
Receive = Callable[[Inbound], Awaitable[Receipt | None]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a channel needs of a house."""

    clock: Clock
    notes: Notes
    files: Files
    reader: ChatReader
    receive: Receive


@dataclass(frozen=True, slots=True)
class Trial:
    """A channel on the bench. Numbers tell messages apart.

    `read` makes a value of one message as it comes; `render` writes one answer; `take` has one message stored, and
    `at_once` messages come in at a time, as the channel lets them.
    """

    read: Callable[[int], object]
    render: Callable[[], object]
    take: Callable[[int], Awaitable[object]]
    at_once: int = 1


def trials(ground: Ground) -> dict[str, Trial]:
    """Every channel that people write on."""
    return {"web": _web(ground), "email": _email(ground), "slack": _slack(ground), "telegram": _telegram(ground)}


def _web(ground: Ground) -> Trial:
    """A page that posts: the whole route, from the bytes of the request on, without the server before it."""
    at = ground.clock.now()
    sessions = Sessions(b"k" * 32)

    async def keeps_nothing(inbound: Inbound) -> None:
        return None

    def page(receive: Receive) -> Page:
        app = FastAPI()
        app.include_router(chat_routes(ChatDoors(receive, ground.reader, ground.files, ground.clock, sessions)))
        return Page(app, lambda number: sessions.begin(at))

    reading, taking = page(keeps_nothing), page(ground.receive)
    return Trial(lambda number: run(reading.post(number)), lambda: web_html(ANSWER.text), taking.post, at_once=16)


@dataclass(frozen=True, slots=True)
class Page:
    """Posts messages to an application, each from a place and in a chat of its own: nobody writes too fast."""

    app: FastAPI
    token: Callable[[int], str]

    async def post(self, number: int) -> int:
        """Post one message; gives the status."""
        body = json.dumps({"id": f"message-{number:06d}", "text": WORDS, "lang": "fr"}).encode()
        head = {"content-type": "application/json", "authorization": f"Bearer {self.token(number)}"}
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": "/chat/messages", "raw_path": b"/chat/messages", "root_path": "", "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in head.items()],
            "client": (f"place-{number}", 1), "server": ("bench", 80),
        }  # fmt: skip
        told: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        return int(told[0]["status"])


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run what never waits, without a loop."""
    try:
        work.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    raise RuntimeError("it waits for something")


def _email(ground: Ground) -> Trial:
    """A mail with both texts, a quote and a signature, as the mailbox gives it; the next is read once it is taken."""
    threads = Threads(_DESK, b"k" * 32)
    book, head = Letterbook(ground.notes, _DESK), Letterhead("Support", threads)
    ours = Ours(frozenset({_DESK}), "mx.example.org", threads.is_ours)
    told = Correspondence("ann1@example.org", "Ann Martin", "VPN en panne", last="<1@example.org>")
    room = MailRoom(
        threads, book, ground.files, ground.clock, ground.receive, lambda raw, last: read_mail(raw, ours, last)
    )

    def render() -> bytes:
        return letter(head, "a" * 16, told, ANSWER, "1:1:0", ground.clock.now()).as_bytes()

    return Trial(
        lambda number: read_mail(mail(number, _DESK, ground.clock.now()), ours),
        render,
        lambda number: room.take(mail(number, _DESK, ground.clock.now())),
    )


def _telegram(ground: Ground) -> Trial:
    """An update as the platform's JSON, in a private chat; the next is asked for once it is taken."""
    me = Me(4_200_000_042, "desk_bot")
    room = TelegramRoom(ground.notes, ground.clock, ground.receive, lambda refs: None, NoFavours(Line(lambda: "")))
    return Trial(
        lambda number: read(json.loads(update(number)), me),
        lambda: parts_of(ANSWER),
        lambda number: room.take(json.loads(update(number)), me),
    )


class NoFavours(Favours):
    """Shows nothing to anybody: there is no platform."""

    def type(self, place: Place) -> None:
        """Show nothing."""

    def answer(self, press: Pressed, ours: bool) -> None:
        """Show nothing."""

    def show(self, press: Pressed) -> None:
        """Show nothing."""


def _slack(ground: Ground) -> Trial:
    """A direct message as Slack's envelope holds it; many come at a time."""
    own, slack = Own("T1", "UBOT", "B1", "T1"), Slack("http://127.0.0.1:9/api/", NoToken())
    later, threads = Later(), SlackThreads(ground.notes)
    people, rooms, files = KnownPeople(slack, later), Rooms(slack), NoFiles()
    room = PostRoom(Doors(slack, people, rooms, threads, files, ground.clock, ground.receive, later))

    async def take(number: int) -> Receipt | None:
        post = read_event(json.loads(envelope(number))["event"], own)
        return await room.post(post, own) if isinstance(post, Post) else None

    return Trial(
        lambda number: _read_post(number, own), lambda: slack_messages(ANSWER.text, ANSWER.buttons), take, at_once=16
    )


def _read_post(number: int, own: Own) -> str:
    post = read_event(json.loads(envelope(number))["event"], own)
    return plain_text(post.text, own.user, {}) if isinstance(post, Post) else ""


class NoToken:
    """Holds no token: nobody is called."""

    async def token(self, refused: str = "") -> str:
        """Give none."""
        return ""


class NoFiles:
    """Fetches nothing."""

    def want(self, refs: Iterable[str]) -> None:
        """Fetch nothing."""


class KnownPeople(People):
    """Knows everybody, as after their first message."""

    async def person(self, user: str, own: Own) -> Person:
        """Tell who it is."""
        return Person(user, "Ann Martin", f"{user.lower()}@example.org", "fr", proven=True)
