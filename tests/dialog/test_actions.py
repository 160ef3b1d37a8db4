"""Custom actions, for whose end flow and messages wait; and failures of ours, which hand over."""

import json

from bot.dialog.conversation import Owner
from bot.dialog.effects import RunAction
from bot.dialog.events import ActionFinished, File, WorkFailed
from bot.dialog.plain import to_plain
from tests.dialog.moves import with_drive
from tests.support.talk import Talk, library, says


def running() -> Talk:
    """A conversation in which an action runs."""
    talk = Talk(with_drive(library()))
    talk.say("check the drive of my Windows 11", topic="drive")
    assert talk.running and talk.waiting and talk.waiting.what == "action"
    return talk


def test_an_action_gets_what_is_known_and_a_name_of_its_own() -> None:
    talk = running()
    run = talk.running[0]
    assert run.action == "action_check_drive" and run.slots["os"] == "windows" and run.call


def test_its_end_fills_slots_says_what_it_said_and_goes_on() -> None:
    talk = running()
    text = talk.finish({"size": 5}, {"text": "I checked it."}, {"response": "utter_ask_problem"})
    assert text.startswith("Hello") or "I checked it." in text
    assert talk.value("size") == 5 and talk.last.slots["size"].origin == "action"
    assert talk.awaits == "changed"


def test_the_end_of_another_action_changes_nothing() -> None:
    talk = running()
    before = talk.talk.requests
    talk.feed(ActionFinished(at=talk.now, call="c9:9:check", slots={"os": "beos"}))
    assert talk.talk.requests == before and talk.heard == []


def test_an_end_that_comes_twice_counts_once() -> None:
    talk = running()
    run = talk.running[0]
    talk.finish({"size": 5})
    talk.feed(ActionFinished(at=talk.now, call=run.call, slots={"size": 9}))
    assert talk.value("size") == 5


def test_what_is_written_meanwhile_is_answered_once_it_ends() -> None:
    talk = running()
    assert talk.say("thanks") == ""
    assert talk.say("it is a laptop, it changed nothing special") == ""
    text = talk.finish()
    assert says(text, "utter_thanks")
    assert talk.talk.held == () and talk.value("changed") == "it is a laptop, it changed nothing special"


def test_a_failed_action_hands_over_and_what_was_written_is_in_the_ticket() -> None:
    talk = running()
    talk.say("by the way it makes a noise", files=(File("noise.wav", "audio/wav", 10, "f1"),))
    talk.fail("timeout")
    assert talk.opened[0].reason == "bot_failed" and talk.owner is Owner.HUMAN
    assert talk.comments[0].text == "by the way it makes a noise" and talk.comments[0].files == ("f1",)
    assert talk.last.asked == ()


def test_a_wish_for_a_human_meanwhile_is_granted_when_it_ends() -> None:
    talk = running()
    talk.say("human")
    talk.finish()
    assert talk.owner is Owner.HUMAN and talk.opened[0].reason == "asked_for_human"


def test_the_humans_button_does_not_wait_for_the_action() -> None:
    talk = running()
    talk.say("hello?")
    talk.press("human")
    assert talk.owner is Owner.HUMAN and talk.talk.held == ()
    assert talk.comments[0].text == "hello?"


def test_an_agent_who_takes_over_meanwhile_hears_what_was_written() -> None:
    talk = running()
    talk.say("hello?")
    talk.act("take")
    assert talk.talk.held == ()
    assert "hello?" in [relay.text for _, turn in talk.turns for relay in turn.effects if relay.kind == "relay"]  # type: ignore[union-attr]


def test_the_action_is_not_run_again_after_a_correction() -> None:
    talk = running()
    talk.finish()
    talk.say("no, I meant macOS")
    assert len(list(talk.effects(RunAction))) == 1 and talk.value("os") == "macos"


def test_however_much_is_written_meanwhile_the_state_stays_small_and_the_last_words_are_heard() -> None:
    talk = running()
    for number in range(40):
        talk.say(f"{number} " + "é😀" * 1_000)
    assert len(json.dumps(to_plain(talk.talk), ensure_ascii=False).encode()) < 64 * 1024
    talk.say("human")
    talk.finish()
    assert talk.talk.held == () and talk.owner is Owner.HUMAN


def test_a_failure_of_ours_hands_over_with_an_open_request() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.feed(WorkFailed(at=talk.now, what="deciding"))
    assert talk.opened[0].reason == "bot_failed"


def test_a_failure_of_ours_while_people_own_opens_no_second_ticket() -> None:
    talk = Talk()
    talk.say("human")
    talk.feed(WorkFailed(at=talk.now, what="sending"))
    assert len(talk.opened) == 1 and "sending" in talk.comments[-1].text
