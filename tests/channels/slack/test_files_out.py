"""Files of an agent's answer: behind its words, byte for byte and once, whatever Slack answers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.slack.uploading import MOST_SENT
from bot.dialog.effects import Relay
from bot.dialog.events import File
from bot.ports.clock import SystemClock
from bot.ports.delivery import Failed, Retry, Sent
from bot.ports.inbound import Inbound
from tests.channels.slack.office import Office, at_work, conversation, tries, until_all_sent
from tests.channels.slack.test_sending import Drawer, desk, direct
from tests.support.enclosed import CONTENTS, NAMES, WORDS, Answer
from tests.support.slack.rooms import Room
from tests.support.slack.seen import Seen
from tests.support.slack.workspace import Workspace as Slack


@pytest.fixture
def slack() -> Iterator[Slack]:
    """A workspace."""
    with Slack() as workspace:
        yield workspace


def shared(slack: Slack, room: Room | None = None) -> list[tuple[str, bytes]]:
    """Name and bytes of all files that the app has shared, in their order."""
    refs = [ref for seen in slack.written(room) for ref in seen.files]
    return [(slack.world.files[ref].name, slack.world.files[ref].content) for ref in refs]


def told(slack: Slack, words: str = WORDS) -> int:
    """How often words were said."""
    return sum(words in seen.words for seen in slack.written())


@asynccontextmanager
async def answering(
    slack: Slack, home: Path, lacks: str = "", before: Callable[[], None] = lambda: None
) -> AsyncIterator[tuple[Office, Room, Seen, Answer]]:
    """A house in which an agent answers a mention in a channel; gives the mention and the answer too."""
    ben = slack.person("Ben Roy", "ben@corp.test", locale="fr-FR")
    room = slack.channel("general", ben)
    async with at_work(slack, home) as office:
        root = ben.mention("mon imprimante ne marche plus, je veux parler à un humain", room)
        await slack.until(lambda: slack.written(room), most=15)
        await until_all_sent(office)
        before()
        answer = Answer(office.files)
        said = answer.said(SystemClock().now(), lacks=lacks)
        await office.house.inbox.receive(Inbound("agent:1", said, conversation=(await conversation(office)).id))
        yield office, room, root, answer


async def test_two_files_follow_the_words_into_the_thread(slack: Slack, tmp_path: Path) -> None:
    async with answering(slack, tmp_path / "home") as (office, room, root, _):
        await slack.until(lambda: len(shared(slack, room)) == 2, most=20)
        await until_all_sent(office)
        assert shared(slack) == list(CONTENTS.items())
        words = next(place for place, seen in enumerate(slack.written(room)) if WORDS in seen.words)
        assert [len(seen.files) for seen in slack.written(room)[words : words + 3]] == [0, 1, 1]
        assert {seen.thread for seen in slack.written(room)} == {root.ts}
        assert told(slack) == 1
        assert len(office.arrivals.taken) == 1  # what we share ourselves is nobody's message


@pytest.mark.parametrize(
    ("method", "refused"),
    [
        ("files.getUploadURLExternal", True),
        ("files.getUploadURLExternal", False),
        ("files.completeUploadExternal", True),
        ("files.completeUploadExternal", False),
    ],
)
async def test_a_try_that_fails_after_the_words_is_gone_on_with(
    slack: Slack, tmp_path: Path, method: str, refused: bool
) -> None:
    def trouble() -> None:
        if refused:
            slack.refuse(method, "internal_error")
        else:
            slack.lose_answer(method)

    async with answering(slack, tmp_path / "home", before=trouble) as (office, room, _, __):
        await slack.until(lambda: len(shared(slack, room)) == 2, most=20)
        await until_all_sent(office)
        assert shared(slack) == list(CONTENTS.items())
        assert told(slack) == 1
        assert len(slack.calls(method)) >= 2


async def test_a_file_that_is_not_there_yet_is_waited_for(slack: Slack, tmp_path: Path) -> None:
    async with answering(slack, tmp_path / "home", lacks=NAMES[1]) as (office, room, _, answer):
        await slack.until(lambda: len(shared(slack, room)) == 1, most=20)
        async with asyncio.timeout(15):
            while await tries(office) == 0:
                await asyncio.sleep(0.02)
        answer.arrives(NAMES[1])
        await slack.until(lambda: len(shared(slack, room)) == 2, most=20)
        await until_all_sent(office)
        assert shared(slack) == list(CONTENTS.items())
        assert told(slack) == 1


async def test_a_process_that_ended_between_upload_and_share_uploads_no_second_time(
    slack: Slack, tmp_path: Path
) -> None:
    ana, drawer = slack.person("Ana Li", "ana@corp.test"), Drawer()
    where = direct(slack, ana.direct.id)
    async with desk(slack, tmp_path, drawer) as made:
        answer = relay(made.channel.uploads.files)
        slack.refuse("files.completeUploadExternal", "internal_error")
        assert isinstance(await made.channel.send(where, answer, "k:1"), Retry)
    async with desk(slack, tmp_path, drawer) as made:
        assert await made.channel.look_up(where, "k:1") is None  # the words are there, the files are not
        sent = await made.channel.send(where, answer, "k:1")
        assert isinstance(sent, Sent) and len(sent.ref.split()) == 3
        assert await made.channel.send(where, answer, "k:1") == sent
    assert shared(slack) == list(CONTENTS.items())
    assert len(slack.calls("files.getUploadURLExternal")) == 2
    assert told(slack) == 1


def relay(files: object, text: str = WORDS, *more: File, lang: str = "fr") -> Relay:
    """The answer as a channel has it."""
    said = Answer(files).said(SystemClock().now())  # type: ignore[arg-type]
    return Relay("person", said.name, text, (*more, *said.files), lang)


@pytest.mark.parametrize(
    ("lang", "named"),
    [("fr", "[Trop lourd pour Slack\u00a0: film.mp4]"), ("en", "[Too large for Slack: film.mp4]")],
)
async def test_a_file_that_is_too_large_is_named_and_the_others_go(
    slack: Slack, tmp_path: Path, lang: str, named: str
) -> None:
    ana = slack.person("Ana Li", "ana@corp.test")
    async with desk(slack, tmp_path) as made:
        film = File("film.mp4", "video/mp4", MOST_SENT + 1, "0" * 64)
        answer = relay(made.channel.uploads.files, WORDS, film, lang=lang)
        ended = await made.channel.send(direct(slack, ana.direct.id), answer, "k:1")
        assert isinstance(ended, Failed)  # so that the agents hear of it
        assert named in slack.written()[0].words
        assert shared(slack) == list(CONTENTS.items())


async def test_files_without_words_come_under_the_agents_name(slack: Slack, tmp_path: Path) -> None:
    ana = slack.person("Ana Li", "ana@corp.test")
    async with desk(slack, tmp_path) as made:
        answer = relay(made.channel.uploads.files, "")
        assert isinstance(await made.channel.send(direct(slack, ana.direct.id), answer, "k:1"), Sent)
        assert [seen.words for seen in slack.written()] == ["Zoé", "", ""]


@pytest.mark.parametrize("error", ["file_uploads_disabled", "file_type_not_allowed", "missing_scope"])
async def test_each_refusal_is_told_for_what_it_is(slack: Slack, tmp_path: Path, error: str) -> None:
    ana = slack.person("Ana Li", "ana@corp.test")
    async with desk(slack, tmp_path) as made:
        slack.refuse("files.getUploadURLExternal", error)
        ended = await made.channel.send(direct(slack, ana.direct.id), relay(made.channel.uploads.files), "k:1")
        if error == "missing_scope":
            assert isinstance(ended, Retry) and "guichet slack manifest" in ended.why
        else:
            assert ended == Failed(error)
