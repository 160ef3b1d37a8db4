"""Files of an agent's answer: behind its words, as documents, byte for byte; and what the platform does not take."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app.web import FILES
from bot.channels.telegram.sending import MOST_SENT, parts_of
from bot.dialog.effects import Relay
from bot.dialog.events import File
from bot.ports.clock import SystemClock
from bot.ports.delivery import Failed
from bot.ports.inbound import Address, Inbound
from bot.store.files import FolderFiles
from tests.channels.telegram.bothouse import Desk, until
from tests.support.enclosed import CONTENTS, NAMES, WORDS, Answer, file
from tests.support.telegram import BotApi, Person

Asked = tuple[Person, Answer]


@pytest.fixture
def api() -> Iterator[BotApi]:
    """The platform."""
    with BotApi() as api:
        yield api


@pytest.fixture
def desk(api: BotApi, tmp_path: Path) -> Desk:
    """A desk with its bot, not yet at work."""
    return Desk(api, tmp_path / "home")


def received(person: Person) -> list[tuple[str, bytes | None]]:
    """Name and bytes of the files that somebody got, in their order."""
    return [(shown.file_name, shown.file) for shown in person.answers if shown.file is not None]


def told(person: Person) -> int:
    """How often the words of the answer came."""
    return sum(WORDS in shown.text for shown in person.answers)


@asynccontextmanager
async def answering(
    desk: Desk, api: BotApi, lacks: str = "", before: Callable[[], None] = lambda: None
) -> AsyncIterator[Asked]:
    """Somebody who has asked for a human, and an agent who answers."""
    ann = api.person("Ann Martin", "fr")
    async with desk.at_work() as house:
        ann.say("mon imprimante ne marche plus, je veux parler à un humain")
        await ann.soon_hears("T-1")
        before()
        answer = Answer(FolderFiles(desk.home / FILES))
        said = answer.said(SystemClock().now(), lacks=lacks)
        await house.inbox.receive(Inbound("agent:1", said, conversation=desk.conversations()[0]))
        yield ann, answer


async def test_two_files_follow_the_words_as_documents(desk: Desk, api: BotApi) -> None:
    async with answering(desk, api) as (ann, _):
        await api.until(lambda: len(received(ann)) == 2)
        assert received(ann) == list(CONTENTS.items())
        words = next(place for place, shown in enumerate(ann.answers) if WORDS in shown.text)
        assert all("document" in shown.raw and not shown.text for shown in ann.answers[words + 1 : words + 3])
        assert told(ann) == 1
        assert all(call.parameters["disable_content_type_detection"] == "true" for call in api.calls_of("sendDocument"))


async def test_a_try_that_fails_after_the_words_is_gone_on_with(desk: Desk, api: BotApi) -> None:
    async with answering(desk, api, before=lambda: api.flood(1, 2, "sendDocument")) as (ann, _):
        await api.until(lambda: len(received(ann)) == 2, most=20)
        assert received(ann) == list(CONTENTS.items())
        assert told(ann) == 1


async def test_a_file_that_is_not_there_yet_is_waited_for(desk: Desk, api: BotApi) -> None:
    async with answering(desk, api, lacks=NAMES[1]) as (ann, answer):
        await api.until(lambda: len(received(ann)) == 1)
        await until(lambda: desk.tries() > 0)
        answer.arrives(NAMES[1])
        await api.until(lambda: len(received(ann)) == 2, most=20)
        assert received(ann) == list(CONTENTS.items())
        assert told(ann) == 1


@pytest.mark.parametrize(
    ("lang", "named"),
    [("fr", "[Trop lourd pour Telegram\u00a0: film.mp4]"), ("en", "[Too large for Telegram: film.mp4]")],
)
async def test_a_file_that_is_too_large_is_named_and_the_others_go(
    desk: Desk, api: BotApi, lang: str, named: str
) -> None:
    ann = api.person("Ann Martin", "fr")
    async with desk.at_work():
        ann.start()
        await api.until(lambda: ann.answers)
        files = FolderFiles(desk.home / FILES)
        kept = tuple(file(name) for name in NAMES)
        Answer(files).said(SystemClock().now())
        film = File("film.mp4", "video/mp4", MOST_SENT + 1, "0" * 64)
        where = Address("telegram", api.token.partition(":")[0], str(ann.id))
        ended = await desk.bot.channel.send(where, Relay("person", "Zoé", WORDS, (film, *kept), lang), "k:1")
        assert isinstance(ended, Failed)  # so that the agents hear of it
        assert named in ann.answers[-3].text
        assert received(ann) == list(CONTENTS.items())


def test_files_without_words_come_under_the_agents_name() -> None:
    (part,) = parts_of(Relay("person", "Zoé <b>", "", (file(NAMES[0]),)))
    assert part.html == "<b>Zoé &lt;b&gt;</b>"
    assert parts_of(Relay("person", "", "", (file(NAMES[0]),))) == ()
