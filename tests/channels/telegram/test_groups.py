"""In groups the bot speaks only when spoken to, to one person at a time, and follows a group that moves."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.app.house import EVERY_DAY
from bot.ports.inbound import Inbound
from tests.channels.telegram.bothouse import AT_ONCE, Desk, until
from tests.support.telegram import PICTURE, BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    """The platform; the bot hears everything in its groups, as an administrator would let it."""
    with BotApi() as api:
        api.can_read_all_group_messages()
        yield api


@pytest.fixture
def desk(api: BotApi, tmp_path: Path) -> Desk:
    """A desk with its bot, not yet at work."""
    return Desk(api, tmp_path / "home", manners=AT_ONCE)


async def test_only_who_turns_to_the_bot_is_answered_and_each_alone(desk: Desk, api: BotApi) -> None:
    ann, bob = api.person("Ann", "fr"), api.person("Bob", "en")
    group = api.group("Everyone", ann, bob)
    seen: list[Inbound] = []
    desk.before.append(seen.append)
    async with desk.at_work():
        ann.say("Qui vient manger ?", to=group)
        asked = ann.say("@guichet_bot, mon VPN ne marche plus", to=group)
        question = await group.soon_hears("autour de vous")
        assert question.reply_to == asked.id
        other = bob.say("@guichet_bot my printer prints blank pages", to=group)
        assert (await group.soon_hears("printer")).reply_to == other.id
        stranger = bob.press(question, "Moi uniquement")
        await api.until(lambda: stranger.answer is not None)
        assert stranger.answer == "These buttons answer somebody else."
        ann.press(question, "Moi uniquement")
        where = await group.soon_hears("Où êtes-vous")
        ann.say("à la maison", to=group, reply_to=where)
        await group.soon_hears("Que se passe-t-il")
        ann.send_album([PICTURE, PICTURE + b"2"], "@guichet_bot voilà", to=group)
        await until(lambda: sum(len(getattr(one.event, "files", ())) for one in seen) == 2)
    assert {one.address.key for one in seen if one.address} == {f"{group.id}:{ann.id}", f"{group.id}:{bob.id}"}
    assert all(one.sender.public for one in seen)
    assert "Qui vient manger ?" not in desk_texts(seen)
    assert "mon VPN ne marche plus" in desk_texts(seen)


def desk_texts(seen: list[Inbound]) -> list[str]:
    """Whatever words came in."""
    return [text for one in seen for text in getattr(one.event, "texts", ())]


async def test_in_a_forum_the_answer_stays_in_its_topic(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    group = api.group("Forum", ann, forum=True, admin=True)
    async with desk.at_work(), httpx.AsyncClient() as client:
        opened = {"chat_id": group.id, "name": "VPN"}
        answer = await client.post(f"{api.base_url}{api.token}/createForumTopic", json=opened)
        topic = answer.json()["result"]["message_thread_id"]
        ann.say("personne ?", to=group, topic=topic)  # seems to answer the bot, which opened the topic
        ann.say("@guichet_bot mon VPN ne marche plus", to=group, topic=topic)
        assert (await group.soon_hears("autour de vous")).topic == topic
        assert desk.heard() == ["mon VPN ne marche plus"]


async def test_an_answer_follows_a_group_that_moved_meanwhile(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    group = api.group("Everyone", ann)
    desk.manners = EVERY_DAY  # the bot waits a moment before it answers
    async with desk.at_work():
        ann.say("@guichet_bot mon VPN ne marche plus", to=group)
        await until(desk.conversations)
        with api.held():  # the bot hears of it by the refusal of its answer
            new = group.upgrade()
            question = await new.soon_hears("autour de vous")
        assert question.reply_to == 0
        press = ann.press(question, "Moi uniquement")  # whose it is cannot be seen, but she spoke to us
        await new.soon_hears("Où êtes-vous")
        await api.until(lambda: press.answer is not None)
    assert len(desk.conversations()) == 1


async def test_a_group_that_moves_keeps_its_conversations(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    group = api.group("Everyone", ann)
    async with desk.at_work():
        ann.say("@guichet_bot mon VPN ne marche plus", to=group)
        question = await group.soon_hears("autour de vous")
        await until(lambda: not api.pending)
    with api.held():
        new = group.upgrade()
        async with desk.at_work():
            (conversation,) = desk.conversations()
            ann.press(question, "Un humain")
    async with desk.at_work():
        told = await new.soon_hears("demande T-1")
        assert told.reply_to == 0  # what is to be answered did not move along
        asked = ann.say("@guichet_bot où en est ma demande ?", to=new)
        assert (
            await new.soon(lambda shown: shown[-1] if shown[-1].by_bot and shown[-1].id > asked.id else None)
        ).reply_to == asked.id
    assert desk.conversations() == [conversation]


async def test_a_matter_of_accounts_goes_on_in_private_once_the_person_has_opened_the_chat(
    desk: Desk, api: BotApi
) -> None:
    ann = api.person("Ann", "fr")
    group = api.group("Everyone", ann)
    async with desk.at_work():
        ann.say("@guichet_bot mon compte est bloqué, mot de passe expiré", to=group)
        await group.soon_hears("je vous écris en privé")
        await until(lambda: desk.tries() > 0)
        ann.start()
        private = await ann.soon(
            lambda shown: [one for one in shown if one.by_bot and "mot de passe" in one.text], most=20
        )
        assert private
    assert not any("mot de passe" in one.text for one in group.answers)
