"""What goes wrong on the way: each trouble is told once with its mend, nothing is lost, and nothing comes twice."""

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

from bot.app.house import EVERY_DAY
from bot.channels.render.telegram import telegram_plain
from bot.channels.telegram import sending
from bot.channels.telegram.line import TOKEN
from bot.channels.telegram.trying import TRIES
from bot.dialog.conversation import Owner
from bot.ports.inbound import Inbound
from tests.channels.telegram.bothouse import AT_ONCE, Desk, until
from tests.support.telegram import BotApi


@pytest.fixture
def api(caplog: pytest.LogCaptureFixture) -> Iterator[BotApi]:
    """The platform; whatever happens, no log tells the token."""
    caplog.set_level(logging.DEBUG)
    with BotApi() as api:
        assert TOKEN.fullmatch(api.token)
        yield api
    assert api.token.partition(":")[2] not in caplog.text


@pytest.fixture
def desk(api: BotApi, tmp_path: Path) -> Desk:
    """A desk with its bot, not yet at work."""
    return Desk(api, tmp_path / "home", manners=AT_ONCE)


async def test_another_reader_is_told_with_the_mend_and_outlasted(
    desk: Desk, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person("Ann", "fr")
    async with desk.at_work():
        await api.until(lambda: api.count("getUpdates"))
        async with httpx.AsyncClient() as other:
            for _ in range(2):  # each time the other one reads, and is ended when we read again
                answer = await other.post(f"{api.base_url}{api.token}/getUpdates", json={"timeout": 5})
                assert answer.status_code == 409
        ann.say("Mon VPN ne marche plus")
        await ann.soon_hears("assistant automatique")
    assert caplog.text.count("another program reads this bot: stop it, or revoke the token with @BotFather") == 1
    assert len(ann.answers) == 1


async def test_a_platform_that_is_away_is_waited_for(desk: Desk, api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    ann = api.person("Ann", "fr")
    async with desk.at_work():
        for kind in ("refused", "bad gateway"):
            await api.until(lambda: api.count("getUpdates"))
            with api.outage(kind):
                ann.say(f"Mon VPN ne marche plus ({kind})")
                await until(lambda: "tried on" in caplog.text)
            caplog.clear()
            await until(partial(heard, desk, kind))
        await ann.soon_hears("assistant automatique")


def heard(desk: Desk, words: str) -> bool:
    """Whether somebody has said this."""
    return any(words in line for line in desk.heard())


async def test_an_answer_waits_for_the_platform_and_comes_once(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    desk.manners = EVERY_DAY  # the bot waits a moment before it answers
    async with desk.at_work():
        ann.say("Mon VPN ne marche plus")
        await until(desk.conversations)
        with api.outage():
            await until(lambda: desk.tries() > 0)
        await ann.soon_hears("assistant automatique")
        api.flood(1, 1, "sendMessage")
        ann.say("humain")
        await ann.soon_hears("demande T-1")
    assert len(ann.answers) == 2


async def test_a_lost_answer_is_of_a_doubtful_end(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    api.lose_answer("sendMessage")
    async with desk.at_work():
        ann.say("Mon VPN ne marche plus")
        await ann.soon(lambda shown: len([one for one in shown if one.by_bot]) == 2)
    assert len({one.text for one in ann.answers}) == 1


async def test_lost_favours_harm_nothing(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    for method in ("answerCallbackQuery", "editMessageReplyMarkup", "sendChatAction"):
        api.flood(1, 9, method)
    async with desk.at_work():
        ann.say("Mon VPN ne marche plus")
        ann.press(await ann.soon_hears("assistant automatique"), "Moi uniquement")
        await ann.soon_hears("Où êtes-vous")


async def test_who_blocks_the_bot_is_an_agents_case(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    async with desk.at_work() as house:
        with api.held():
            ann.say("Mon VPN ne marche plus")
            ann.block()
        (conversation,) = await until(desk.conversations)
        await until(lambda: house.records.conversation(conversation).owner is Owner.HUMAN)
    assert ann.answers == []


async def test_nothing_is_left_out_while_nothing_can_be_stored(
    desk: Desk, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    ann, ben = api.person("Ann", "fr"), api.person("Ben", "fr")
    tried: list[str] = []

    def refuse(inbound: Inbound) -> None:
        tried.append(inbound.key)
        if len(set(tried)) < 2 or tried.count(tried[-1]) < 2 * TRIES:
            raise OSError("the disk is full")

    desk.before.append(refuse)
    async with desk.at_work():
        api.push("my_chat_member", {})  # needs no storing, and so says nothing about the disk
        ann.say("Mon VPN ne marche plus")
        ben.say("Mon écran est noir")
        await until(lambda: len(desk.heard()) == 2)
    assert "left out" not in caplog.text


async def test_an_update_that_alone_cannot_be_stored_holds_up_nobody_and_is_left_out(
    desk: Desk, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person("Ann", "fr")

    def refuse(inbound: Inbound) -> None:
        if getattr(inbound.event, "texts", ()) == ("poison",):
            raise OSError("said by Ann: poison")

    desk.before.append(refuse)
    async with desk.at_work():
        ann.say("poison")
        for number in range(TRIES):
            ann.say(f"Mon VPN ne marche plus ({number})")
            await until(lambda wanted=number + 1: len(desk.heard()) == wanted)  # type: ignore[misc]
        await until(lambda: not api.pending)
    number = api.updates[0]["update_id"]
    assert f"update {number} cannot be taken and is left out: OSError" in caplog.text
    assert "said by Ann" not in caplog.text


async def test_kinds_of_tomorrow_and_people_who_do_not_write_to_us_are_passed_over(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    api.push("kind_of_tomorrow", {"a": [1]})
    api.push("message", {"message_id": "none", "chat": {"id": None}})
    api.channel("News").post("hello")
    ann.answer_poll()
    async with desk.at_work():
        ann.say("Mon VPN ne marche plus")
        await ann.soon_hears("assistant automatique")
    assert desk.heard() == ["Mon VPN ne marche plus"]


async def test_a_refused_token_is_told_and_read_again(
    desk: Desk, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    ann = api.person("Ann", "fr")
    file = desk.home.parent / "bot.token"
    desk.token = file.read_text
    async with desk.at_work():
        await until(lambda: "the token cannot be read (No such file or directory)" in caplog.text)
        file.write_text("no token\n")
        await until(lambda: "the token is none -> channels.telegram.token_file" in caplog.text)
        file.write_text("4200000042:AAHother_bot_that_was_revoked_00000")
        await until(lambda: "the platform refused the token -> channels.telegram.token_file" in caplog.text)
        ann.say("Mon VPN ne marche plus")
        file.write_text(f"{api.token}\n")
        await ann.soon_hears("assistant automatique")
    assert "AAHother_bot" not in caplog.text


async def test_what_the_platform_cannot_parse_goes_as_plain_text(
    desk: Desk, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in takes all that our renderer writes: so let that write what the platform does not know."""
    ann = api.person("Ann", "fr")
    monkeypatch.setattr(sending, "telegram_parts", lambda text: tuple(f"<x>{one}</x>" for one in telegram_plain(text)))
    async with desk.at_work():
        ann.say("Mon VPN ne marche plus")
        shown = await ann.soon_hears("assistant automatique")
    assert shown.entities == () or all(one["type"] != "bold" for one in shown.entities)
    assert shown.labels[0] == "Moi uniquement"
    assert ["parse_mode" in call.parameters for call in api.calls_of("sendMessage")] == [True, False]
