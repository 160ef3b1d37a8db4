"""Every channel alike: nothing is lost, nothing is done twice and all is in order, whatever the platform does."""

from datetime import timedelta

import pytest

from bot.dialog.conversation import Owner
from bot.dialog.events import PersonEdited
from tests.channels.contract.desk import LEASE, until
from tests.channels.contract.knowing import LONG, PIECES, QUESTION, mark
from tests.channels.contract.peer import Ability, Peer, needs

FIRST = f"Bonjour, j'ai un souci de {QUESTION}"
LINES = ("première réponse", "deuxième réponse", "troisième réponse")
TEN_MINUTES, AN_HOUR = timedelta(minutes=10), timedelta(hours=1)


@needs(Ability.REDELIVERIES)
async def test_the_same_event_delivered_again_is_answered_once(peer: Peer) -> None:
    ref = await peer.say(FIRST)
    await peer.redeliver(ref)
    await peer.desk.work()
    answered = await peer.seen()
    await peer.redeliver(ref)
    await peer.desk.work()
    assert len(answered) == 1
    assert await peer.seen() == answered
    assert len(peer.desk.heard) == 1


@needs(Ability.PATIENCE)
async def test_what_could_not_be_stored_is_delivered_again_and_answered_once(peer: Peer) -> None:
    async with peer.desk.full_disk() as refused:
        await peer.write(f"{FIRST} {'mot ' * 990}")
        await until(lambda: bool(refused), "a message that finds no room")
        assert peer.desk.arrived() == 0
    await until(lambda: peer.desk.arrived() > 0, "the message in the house")
    await peer.desk.work()
    assert len(await peer.seen()) == 1
    assert len(peer.desk.heard) == 1


@needs(Ability.ENDLESS_PATIENCE)
async def test_a_disk_that_stays_full_for_a_while_costs_nobody_a_message(peer: Peer) -> None:
    """A message that cannot be taken may be left out some day; one that finds no room may not."""
    async with peer.desk.full_disk() as refused:
        await peer.write(f"{FIRST} {'mot ' * 990}")
        await until(lambda: len(refused) >= 4, "a message that finds no room four times")
    await until(lambda: peer.desk.arrived() > 0, "the message in the house")
    await peer.desk.work()
    assert len(await peer.seen()) == 1


@needs(Ability.DISORDER)
async def test_events_that_overtake_one_another_are_all_taken(peer: Peer) -> None:
    await peer.deliver_out_of_order([FIRST, "c'est écrit en cramoisi"])
    await peer.desk.work()
    heard = "\n".join(peer.desk.heard)
    assert heard.count(FIRST) == heard.count("c'est écrit en cramoisi") == 1
    answered = await peer.seen()
    assert answered
    await peer.say("et encore ceci")
    await peer.desk.work()
    assert len(await peer.seen()) > len(answered)


@needs(Ability.EDITS)
async def test_an_edit_corrects_and_is_no_second_message(peer: Peer) -> None:
    await peer.say_and_hear(FIRST)
    ref = await peer.say("cramoisi")
    await peer.desk.work()
    assert peer.desk.value("contract_colour") == "crimson"
    before = await peer.seen()
    await peer.edit(ref, "azur")
    await peer.desk.work()
    assert peer.desk.value("contract_colour") == "azure"
    assert len(await peer.seen()) <= len(before) + 1
    assert len(peer.desk.talk.requests) == 1
    assert peer.desk.heard[-1] == "cramoisi"  # what was said stands in the log; the edit stands after it


@needs(Ability.EDITS)
async def test_an_edit_of_an_older_message_is_noted_and_not_answered(peer: Peer) -> None:
    ref = await peer.say(FIRST)
    await peer.desk.work()
    await peer.say_and_hear("cramoisi")
    before = await peer.seen()
    await peer.edit(ref, f"{FIRST}, couleur azur")
    await peer.desk.work()
    assert await peer.seen() == before
    assert peer.desk.value("contract_colour") == "crimson"
    edits = [event for event in peer.desk.log if isinstance(event, PersonEdited)]
    assert [edit.text for edit in edits] == [f"{FIRST}, couleur azur"]


@needs(Ability.DELETES)
async def test_a_deletion_is_noted_and_not_answered(peer: Peer) -> None:
    await peer.say_and_hear(FIRST)
    ref = await peer.say("cramoisi")
    await peer.desk.work()
    before = await peer.seen()
    await peer.delete(ref)
    await peer.desk.work()
    assert await peer.seen() == before
    assert peer.desk.value("contract_colour") == "crimson"
    edits = [event for event in peer.desk.log if isinstance(event, PersonEdited)]
    assert [(edit.ref, edit.text) for edit in edits] == [(ref, "")]


@needs(Ability.UNKNOWN_KINDS)
async def test_what_nobody_has_heard_of_stops_nothing(peer: Peer, caplog: pytest.LogCaptureFixture) -> None:
    await peer.unknown()
    await peer.desk.work()
    assert await peer.seen() == ()
    assert len(await peer.say_and_hear(FIRST)) == 1
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@needs(Ability.OLD_BUTTONS)
async def test_a_button_pressed_twice_counts_once(peer: Peer) -> None:
    await peer.say_and_hear(FIRST)
    asked = await peer.asked()
    await peer.press(asked, 3)
    await peer.desk.work()
    assert peer.desk.value("contract_colour") == "emerald"
    asks = peer.desk.talk.requests[-1].waiting
    await peer.press_again(asked, 3)
    await peer.desk.work()
    waits = peer.desk.talk.requests[-1].waiting
    assert asks and waits and (waits.what, waits.slot) == (asks.what, asks.slot)
    assert peer.desk.value("contract_size") is None


@needs(Ability.OLD_BUTTONS)
async def test_a_button_of_an_old_message_is_answered_politely_and_changes_nothing(peer: Peer) -> None:
    await peer.say_and_hear(FIRST)
    old = await peer.asked()
    await peer.say_and_hear("cramoisi")
    before = await peer.seen()
    await peer.press(old, 3)
    await peer.desk.work()
    assert (peer.desk.value("contract_colour"), peer.desk.value("contract_size")) == ("crimson", None)
    answer = "\n".join(one.text for one in (await peer.seen())[len(before) :])
    assert "De quelle taille" in answer


@needs(Ability.RESTARTS)
async def test_a_dialog_goes_on_where_it_was_when_the_house_is_opened_again(peer: Peer) -> None:
    await peer.say_and_hear(FIRST)
    asked = await peer.asked()
    await peer.restart()
    await peer.press(asked, 2)
    await peer.desk.work()
    assert peer.desk.value("contract_colour") == "azure"
    await peer.say("cramoisi, non, large")  # taken in, and not worked on before the house is gone
    await peer.restart()
    await peer.desk.wait(LEASE)
    assert len(peer.desk.house.records.headlines()) == 1
    assert [text for text in peer.desk.heard if "large" in text]


@needs(Ability.LOST_ANSWERS)
async def test_killed_in_mid_send_nothing_is_lost(peer: Peer) -> None:
    await peer.say(FIRST)
    await peer.die_in_mid_send()
    await peer.desk.wait(LEASE)
    shown = [one for one in await peer.seen() if "De quelle couleur" in one.text]
    assert len(shown) == 1 or (peer.repeats and len(shown) == 2), peer.repeats
    assert peer.desk.owed() == 0


@needs(Ability.LOST_ANSWERS)
async def test_an_answer_that_is_lost_doubles_nothing(peer: Peer) -> None:
    await peer.say(FIRST)
    await peer.lose_answer()
    await peer.desk.wait(LEASE)
    shown = [one for one in await peer.seen() if "De quelle couleur" in one.text]
    assert len(shown) == 1 or (peer.repeats and len(shown) == 2), peer.repeats


@needs(Ability.FLOODS)
async def test_who_is_asked_for_patience_waits_as_long_and_then_sends_once(peer: Peer) -> None:
    await peer.say(FIRST)
    await peer.flood(90)
    await peer.desk.work()
    assert await peer.seen() == ()
    assert peer.desk.owed() == 1
    await peer.desk.wait(timedelta(seconds=80))
    assert (await peer.seen(), peer.desk.owed(), peer.desk.tries()) == ((), 1, 0), "waiting one's turn is no try"
    await peer.desk.wait(timedelta(seconds=30))
    assert len(await peer.seen()) == 1


@needs(Ability.OUTAGES)
async def test_a_platform_that_is_away_for_ten_minutes_gets_all_of_it_in_order_once(peer: Peer) -> None:
    await peer.say_and_hear(FIRST)
    before = await peer.seen()
    async with peer.outage():
        for line in LINES:
            await peer.desk.agent(line)
        await peer.desk.wait(TEN_MINUTES)
        assert peer.desk.owed() >= len(LINES)
        assert peer.desk.tries() > 3
    await peer.desk.wait(TEN_MINUTES)
    texts = [one.text for one in (await peer.seen())[len(before) :]]
    assert [line for text in texts for line in LINES if line in text] == list(LINES)
    assert peer.desk.talk.owner is Owner.HUMAN


@needs(Ability.OUTAGES)
async def test_a_very_long_answer_that_waited_for_the_platform_arrives_whole(peer: Peer) -> None:
    """The tries of the outage are spent: what a platform takes bit by bit must not use up the rest."""
    await peer.say(f"Où est le {LONG} ?")
    async with peer.outage():
        await peer.desk.wait(AN_HOUR)
    await peer.desk.wait(AN_HOUR / 2)
    text = await peer.told()
    assert [number for number in range(PIECES) if mark(number) not in text] == []
