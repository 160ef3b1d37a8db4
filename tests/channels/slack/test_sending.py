"""What goes out to Slack: each message once, whatever its answer; nobody mentioned by anybody's words."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.slack import Workspace
from bot.channels.slack.calling import SlackError
from bot.dialog.effects import Button, Relay, Say
from bot.ports.delivery import Delivery, Failed, Retry, Sent, Unknown
from bot.ports.inbound import Address
from tests.channels.slack.office import Arrivals, at_work, tries, until_all_sent, workspace
from tests.support.slack.workspace import Workspace as Slack


class Drawer:
    """Notes in memory, with the ledger's rule about revisions."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, str]] = {}

    async def load(self, entry: str) -> str | None:
        """Give a note."""
        return self.held[entry][1] if entry in self.held else None

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep a note."""
        if self.held.get(entry, (0, ""))[0] != revision - 1:
            return False
        self.held[entry] = (revision, content)
        return True


@asynccontextmanager
async def desk(slack: Slack, home: Path, drawer: Drawer | None = None) -> AsyncIterator[Workspace]:
    """The channel alone, at work."""
    made = workspace(slack, home, drawer or Drawer(), Arrivals())
    task = asyncio.create_task(made.run())
    try:
        await asyncio.wait_for(made.listening(), 10)
        yield made
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def direct(slack: Slack, room: str) -> Address:
    """The address of a place in this workspace."""
    return Address("slack", slack.world.team, room)


NASTY = "Hello <!channel> <@U0000000010> @here <!everyone> <!subteam^S1> & *bold* :tada: <https://x.test|click>"


@pytest.mark.parametrize("say", [Say(text=NASTY), Relay("person", "<!channel> <@U0000000010>", NASTY)])
async def test_nobody_is_mentioned_by_anybodys_words(tmp_path: Path, say: Say | Relay) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with desk(slack, tmp_path) as made:
            assert isinstance(await made.channel.send(direct(slack, ana.direct.id), say, "k:1"), Sent)
            written = slack.written()[0]
            assert not written.pings
            assert "<!channel> <@U0000000010>" in written.words
            asked = slack.calls("chat.postMessage")[0]
            assert (asked["unfurl_links"], asked["unfurl_media"], asked["link_names"]) == (False, False, False)


async def test_a_flood_is_waited_out(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home"):
            slack.flood(seconds=1, times=1, method="chat.postMessage")
            ana.say("my printer prints blank pages")
            await slack.until(lambda: slack.written(), most=15)
            assert len(slack.calls("chat.postMessage")) == 2
            assert slack.calls("conversations.history") == ()  # surely not sent: there is nothing to look for


@pytest.mark.parametrize("refused", [True, False])
async def test_an_outage_is_waited_out(tmp_path: Path, refused: bool) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("my printer prints blank pages")
            await slack.until(lambda: office.arrivals.taken)
            with slack.outage(refused=refused):
                async with asyncio.timeout(15):
                    while await tries(office) == 0:
                        await asyncio.sleep(0.02)
            await slack.until(lambda: slack.written(), most=20)
            ana.say("it is the one on floor 3")
            await slack.until(lambda: len(office.arrivals.taken) == 2, most=20)
        assert len({message.text for message in slack.written()}) == len(slack.written())


async def test_a_lost_answer_doubles_nothing(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        async with at_work(slack, tmp_path / "home") as office:
            slack.lose_answer("chat.postMessage", times=2)
            ana.say("my printer prints blank pages")
            ana.mention("my VPN says error 809", room)
            await slack.until(lambda: slack.calls("conversations.history"), most=15)
            await slack.until(lambda: slack.calls("conversations.replies"), most=15)
            await until_all_sent(office)
            assert [len(slack.written()), len(slack.written(room))] == [2, 1]  # in all rooms, and in this one


async def test_the_parts_of_a_long_message_are_sent_once_and_in_order(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"{number:02}: " + "word " * 400 for number in range(20))
    say = Say(text=paragraphs, buttons=(Button("yes", "Yes"),), turn=7)
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        where, drawer = direct(slack, ana.direct.id), Drawer()
        async with desk(slack, tmp_path, drawer) as made:
            slack.lose_answer("chat.postMessage", times=1)
            assert isinstance(await made.channel.send(where, say, "k:1"), Unknown)
            assert await made.channel.look_up(where, "k:1") is None  # not all of it is there
        async with desk(slack, tmp_path, drawer) as made:
            sent = await made.channel.send(where, say, "k:1")
            assert isinstance(sent, Sent)
            assert await made.channel.look_up(where, "k:1") == sent
            assert len(sent.ref.split()) == len(slack.written()) > 2
        told = "\n".join(message.words for message in slack.written())
        assert [told.count(f"{number:02}: word") for number in range(20)] == [1] * 20
        assert [message.labels for message in slack.written()][-1] == ("Yes",)
        assert slack.written()[-1].buttons[0].value == "7:yes"
        assert slack.written()[0].metadata == {
            "event_type": "guichet_message",
            "event_payload": {"key": "k:1", "part": 0, "of": len(slack.written())},
        }


async def test_an_answer_is_found_among_many_others(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        room = slack.channel("general", ana)
        root = ana.say("hello", room)
        where = direct(slack, f"{room.id}:{root.ts}")
        async with desk(slack, tmp_path) as made:
            for number in range(120):
                ana.say(f"more {number}", room, thread=root)
            sent = await made.channel.send(where, Say(text="There you are."), "k:9")
            ana.say("thanks", room, thread=root)
            assert await made.channel.look_up(where, "k:9") == sent
            assert await made.channel.look_up(where, "k:8") is None


async def test_nothing_is_sent_again_while_it_cannot_be_looked_up(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        where = direct(slack, ana.direct.id)
        async with desk(slack, tmp_path) as made:
            slack.lose_answer("chat.postMessage")
            assert isinstance(await made.channel.send(where, Say(text="Hello"), "k:1"), Unknown)
            slack.refuse("conversations.history", "internal_error")
            with pytest.raises(SlackError):
                await made.channel.look_up(where, "k:1")
            assert isinstance(await made.channel.look_up(where, "k:1"), Sent)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        *((error, Failed(error)) for error in ("channel_not_found", "is_archived", "user_not_found", "msg_too_long")),
        *((error, Failed(error)) for error in ("not_in_channel", "account_inactive", "cannot_dm_bot", "user_disabled")),
        ("restricted_action", Failed("restricted_action")),
        ("internal_error", Retry(why="internal_error")),
    ],
)
async def test_each_refusal_is_told_for_what_it_is(tmp_path: Path, error: str, expected: Delivery) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with desk(slack, tmp_path) as made:
            slack.refuse("chat.postMessage", error)
            assert await made.channel.send(direct(slack, ana.direct.id), Say(text="Hello"), "k:1") == expected


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "missing_scope", "not_authed", "token_expired"])
async def test_what_somebody_has_to_mend_is_tried_again_with_the_mend(tmp_path: Path, error: str) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with desk(slack, tmp_path) as made:
            slack.refuse("chat.postMessage", error)
            ended = await made.channel.send(direct(slack, ana.direct.id), Say(text="Hello"), "k:1")
            assert isinstance(ended, Retry)
            assert error in ended.why and "->" in ended.why
            assert slack.app.bot_token not in json.dumps(ended.why)


async def test_more_messages_than_slack_takes_are_spread(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        where = direct(slack, ana.direct.id)
        async with desk(slack, tmp_path) as made:
            sends = (made.channel.send(where, Say(text=f"Line {number}"), f"k:{number}") for number in range(9))
            ends = await asyncio.gather(*sends)
            assert sum(isinstance(one, Sent) for one in ends) == len(slack.written())
            assert all(isinstance(one, Sent | Retry) for one in ends)
            waits = [one.after for one in ends if isinstance(one, Retry)]
            assert all(wait is not None and wait >= timedelta(seconds=1) for wait in waits)
