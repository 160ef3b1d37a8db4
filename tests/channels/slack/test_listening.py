"""Socket Mode: connections end and begin anew, tokens are wrong, and nothing that people write is lost or doubled."""

import asyncio
from pathlib import Path

import pytest

from bot.app import House
from bot.channels.slack.calling import RefusedError
from bot.channels.slack.calling import Slack as Api
from bot.channels.slack.identity import Identity
from bot.channels.slack.tokens import FileToken
from tests.channels.slack.office import at_work
from tests.support.slack.workspace import Workspace as Slack


def told(house: House) -> str:
    """All that is written in the only conversation of a house."""
    lines = house.records.transcript(house.records.headlines()[0].conversation)
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_the_next_connection_begins_before_the_last_one_ends(tmp_path: Path, reason: str) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("my printer prints blank pages")
            slack.refresh(reason)
            ana.say("it is the one on floor 3")
            await slack.until(lambda: len(slack.calls("apps.connections.open")) == 2)
            ana.say("since this morning")
            await slack.until(lambda: len(office.arrivals.taken) == 3)
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")))


async def test_a_connection_that_breaks_without_a_word_is_replaced(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            for number in range(3):
                slack.drop_sockets()
                ana.say(f"my printer prints blank pages, number {number}")
            await slack.until(lambda: len(office.arrivals.taken) == 3, most=15)


async def test_a_wrong_token_is_told_with_the_mend_and_nothing_is_given_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.listening.SLOWLY", 0.2)
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        slack.refuse("apps.connections.open", "invalid_auth")
        async with at_work(slack, tmp_path / "home") as office:
            ana.say("my printer prints blank pages")
            await slack.until(lambda: office.arrivals.taken)
            assert "invalid_auth -> channels.slack.app_token_file" in caplog.text
            assert slack.app.app_token not in caplog.text
            assert slack.app.bot_token not in caplog.text


async def test_a_switched_off_socket_mode_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.listening.SLOWLY", 0.2)
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            slack.refresh("link_disabled")
            await slack.until(lambda: "switch Socket Mode on" in caplog.text)
            slack.server.sockets.disabled = False
            ana.say("my printer prints blank pages")
            await slack.until(lambda: office.arrivals.taken)


async def test_what_is_under_way_when_the_house_ends_comes_again(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        slack.acknowledge_within(0.5)
        async with at_work(slack, tmp_path / "home"):
            slack.slow(0.1)
            for number in range(5):
                ana.say(f"my printer prints blank pages, number {number}")
        slack.slow(0)
        async with at_work(slack, tmp_path / "home") as office:
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")), most=15)
            numbers = [f"number {number}" for number in range(5)]
            await slack.until(lambda: all(number in told(office.house) for number in numbers))
            assert [told(office.house).count(number) for number in numbers] == [1] * 5


async def test_a_platform_that_hangs_holds_up_no_channel_for_long(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        help, chat = slack.channel("help", ana), slack.channel("chat", ana)
        slack.acknowledge_within(0.3)
        slack.courier.pauses = (3.0,) * 3
        async with at_work(slack, tmp_path / "home", help_channels=("help",)) as office:
            slack.slow(15)
            ana.say("my printer prints blank pages", help)
            ana.say("hello", chat)
            await slack.until(lambda: caplog.text.count("could not be taken and will come again: TimeoutError") > 1, 8)
            slack.slow(0)
            await slack.until(lambda: office.arrivals.taken, most=20)
            await slack.until(lambda: all(parcel.is_delivered for parcel in slack.events("message")), most=20)
            assert len(office.arrivals.taken) == 1


async def test_more_than_can_be_held_comes_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.listening.MOST", 2)
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        slack.acknowledge_within(0.3)
        slack.courier.pauses = (3.0,) * 3
        async with at_work(slack, tmp_path / "home") as office:
            slack.slow(0.5)  # who Ana is takes so long
            for number in range(5):
                ana.say(f"my printer prints blank pages, number {number}")
            await slack.until(lambda: "some of it has to come again" in caplog.text)
            slack.slow(0)
            await slack.until(lambda: len(office.arrivals.taken) == 5, most=20)


async def test_who_waits_for_a_platform_that_fails_shares_its_failure(tmp_path: Path) -> None:
    with Slack() as slack:
        api = Api(f"{slack.url}/api/", FileToken(lambda: slack.app.bot_token))
        identity = Identity(api)
        slack.slow(0.3)
        slack.refuse("auth.test", *["internal_error"] * 9)
        async with api.opened():
            failures = await asyncio.gather(*(identity.own() for _ in range(9)), return_exceptions=True)
        assert all(isinstance(failure, RefusedError) for failure in failures)
        assert len(slack.calls("auth.test")) == 1
