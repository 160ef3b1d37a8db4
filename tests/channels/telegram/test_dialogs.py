"""Conversations on Telegram, on a real house: from the first message to a solved problem and to a ticket."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialog.conversation import Owner
from bot.dialog.events import ButtonPressed, PersonEdited, PersonSaid
from bot.store.files import FolderFiles
from tests.channels.telegram.bothouse import Desk, until
from tests.support.telegram import PICTURE, BotApi, Person, Shown


@pytest.fixture
def api() -> Iterator[BotApi]:
    """The platform."""
    with BotApi() as api:
        yield api


@pytest.fixture
def desk(api: BotApi, tmp_path: Path) -> Desk:
    """A desk with its bot, not yet at work."""
    return Desk(api, tmp_path / "home")


async def presses(person: Person, shown: Shown, label: str) -> Shown:
    """Press a button, and read what the bot says to it."""
    person.press(shown, label)
    return await person.soon(lambda now: now[-1] if now[-1].by_bot and now[-1].id > shown.id else None)


async def test_a_problem_is_solved_in_french_over_a_restart(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann Martin", "fr")
    async with desk.at_work():
        ann.say("Bonjour, mon VPN ne marche plus depuis ce matin")
        question = await ann.soon_hears("autour de vous")
        assert "assistant automatique" in question.text
        where = await presses(ann, question, "Moi uniquement")
        assert "typing" in ann.actions
        await api.until(lambda: ann.answers[0].labels == ["✓ Moi uniquement"])
    ann.press(where, "Domicile")  # while nobody is there
    async with desk.at_work() as house:
        symptom = await ann.soon_hears("Que se passe-t-il")
        trial = await presses(ann, symptom, "Ne se connecte pas")
        fix = await presses(ann, trial, "Oui")
        assert "À essayer" in fix.text
        done = await presses(ann, fix, "Oui")
        assert "résolu" in done.text
        assert done.labels == []
        (conversation,) = desk.conversations()
        assert house.records.conversation(conversation).owner is Owner.NOBODY
    assert len(ann.answers) == 6


async def test_a_ticket_is_opened_and_answered_in_english(desk: Desk, api: BotApi) -> None:
    bob = api.person("Bob Ray", "en")
    async with desk.at_work() as house:
        bob.say("My printer prints blank pages")
        question = await bob.soon_hears("Who is stuck on this printer")
        told = await presses(bob, question, "A human")
        ticket = re.search(r"\bT-\d+\b", told.text)
        assert ticket
        long = "\n\n".join(f"Step {number}: <b>@guichet_bot</b> & **{'word ' * 150}**" for number in range(12))
        await house.work_on_ticket("Zoé <i>", ticket[0], "in_progress", long)
        first = await bob.soon_hears("Step 0:")
        last = await bob.soon_hears("Step 11:")
        assert first.id < last.id
        assert first.text.startswith("Zoé <i>\n")
        assert first.words("bold") == ["Zoé <i>"]
        assert "<b>@\u2060guichet_bot</b> & **word" in first.text
        assert not any(entity["type"] == "mention" for one in (first, last) for entity in one.entities)
    assert all(call.parameters["parse_mode"] == "HTML" for call in api.calls_of("sendMessage"))


async def test_what_was_written_while_nobody_was_there_is_answered_once(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    ann.say("Mon VPN ne marche plus")
    async with desk.at_work():
        await ann.soon_hears("assistant automatique")
        api.repeat()
        await until(lambda: not api.pending)
        ann.say("humain")
        await ann.soon_hears("demande T-1")
    assert len(ann.answers) == 2
    assert desk.heard() == ["Mon VPN ne marche plus", "humain"]


@pytest.mark.kill
async def test_who_ends_between_storing_and_confirming_hears_it_again_and_answers_once(
    desk: Desk, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = api.person("Ann", "fr")
    stored = asyncio.Event()
    receive = Desk.receive

    async def cut_off(desk: Desk, inbound: object) -> None:
        await receive(desk, inbound)  # type: ignore[arg-type]
        stored.set()
        await asyncio.Event().wait()  # and here the process ends

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "receive", cut_off)
        async with desk.at_work():
            ann.say("Mon VPN ne marche plus")
            await asyncio.wait_for(stored.wait(), 10)
    assert api.pending == 1
    async with desk.at_work():
        await until(lambda: not api.pending)
        api.person("Bob", "en").say("My printer prints blank pages")  # the house looks at once for what is due
        await ann.soon_hears("assistant automatique")
        ann.say("humain")
        await ann.soon_hears("demande T-1")
    assert len(ann.answers) == 2


async def test_an_album_is_one_turn_and_its_files_are_kept(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    contents = [PICTURE, PICTURE + b"2", PICTURE + b"3"]
    async with desk.at_work() as house:
        ann.send_album(contents, "Mon VPN affiche cette erreur")
        await ann.soon_hears("assistant automatique")
        (conversation,) = desk.conversations()
        (turn,) = house.records.turns(conversation)
        said = turn.recorded.event
        assert isinstance(said, PersonSaid)
        assert said.texts == ("Mon VPN affiche cette erreur",)
        assert [file.name for file in said.files] == ["photo.jpg"] * 3
        files = FolderFiles(desk.home / "files")
        await until(lambda: all(files.holds(file.ref) for file in said.files))
        assert [files.get(file.ref) for file in said.files] == contents
        ann.send_document(b"x", "film.mkv", size=30_000_000)
        await until(lambda: any("film.mkv" in line for line in desk.heard()))
    assert len(ann.answers) == 2


async def test_an_edit_of_the_last_message_corrects_it(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    async with desk.at_work() as house:
        first = ann.say("Mon imprimante n’imprime plus")
        await ann.soon_hears("imprimante")
        ann.edit(first, "Mon VPN ne marche plus")
        (conversation,) = desk.conversations()
        edited = await until(lambda: [one.event for one in house.records.events(conversation)][1:])
        assert isinstance(edited[0], PersonEdited)
        assert (edited[0].text, edited[0].ref) == ("Mon VPN ne marche plus", f"{ann.id}:{first.id}")
        api.repeat()
        await until(lambda: not api.pending)
        assert len(house.records.events(conversation)) == 2


async def test_a_press_twice_and_a_press_of_an_old_button_do_no_harm(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    async with desk.at_work() as house:
        ann.say("Mon VPN ne marche plus")
        question = await ann.soon_hears("assistant automatique")
        taps = [ann.press(question, "Moi uniquement") for _ in range(2)]
        await ann.soon_hears("Où êtes-vous")
        await api.until(lambda: all(tap.answer is not None for tap in taps))
        (conversation,) = desk.conversations()
        pressed = [one.event for one in house.records.events(conversation) if isinstance(one.event, ButtonPressed)]
        assert [(one.button, one.turn > 0) for one in pressed] == [("one", True)]
        await api.until(lambda: ann.answers[0].labels == ["✓ Moi uniquement"])
        shown = ann.press(ann.answers[0], "✓ Moi uniquement")
        await api.until(lambda: shown.answer is not None)
        late = ann.press(question, "Tout le site")  # a program that had not seen the edit yet
        where = await ann.soon_hears("question passée")
        ann.delete(where)
        gone = ann.press(where, "Domicile")  # of a message of which nothing is known any more
        await ann.soon_hears("Que se passe-t-il")
        await api.until(lambda: late.answer is not None and gone.answer is not None)


async def test_the_commands_are_listed_once_in_both_languages(desk: Desk, api: BotApi) -> None:
    async with desk.at_work():
        await api.until(lambda: api.count("getUpdates"))
    assert [call.parameters.get("language_code", "") for call in api.calls_of("setMyCommands")] == ["", "fr", "en"]
    async with desk.at_work():
        await api.until(lambda: api.count("getUpdates") > 1)
    assert api.count("setMyCommands") == 3
    assert all(
        "true" not in call.parameters.get("drop_pending_updates", "").lower() for call in api.calls_of("deleteWebhook")
    )


async def test_a_start_with_a_token_goes_to_the_house_as_it_is(desk: Desk, api: BotApi) -> None:
    ann = api.person("Ann", "fr")
    texts: list[str] = []
    desk.before.append(lambda inbound: texts.extend(getattr(inbound.event, "texts", ())))
    async with desk.at_work():
        ann.start("Abc_123-xyz")
        ann.say("/human@guichet_bot")
        await until(lambda: len(texts) == 2)
    assert texts == ["/start Abc_123-xyz", "/human"]
