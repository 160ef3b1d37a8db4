"""Silence: one reminder, "does it still hold?", coming back to what could not be tried, and closing without blame."""

from datetime import timedelta

import pytest

from bot.dialog.conversation import Ended, Owner
from bot.dialog.events import TimerFired
from tests.support.talk import START, Talk, says

KNOWN = "the VPN does not connect at home, error 809, Windows 11, just me"
DELAYS = [("web", 4, 24), ("email", 24, 72)]


def at_question(channel: str = "web") -> Talk:
    """A conversation with an open question."""
    talk = Talk(channel=channel)
    talk.say("the VPN does not connect", topic="vpn")
    return talk


def at_fix(channel: str = "web") -> Talk:
    """A conversation in which a fix was just proposed."""
    talk = Talk(channel=channel)
    talk.say("my computer is slow all the time, it is nothing special", topic="slow_computer")
    for _ in range(4):
        if talk.waiting and talk.waiting.what == "fix":
            break
        talk.say("all the time", "every day") if channel == "email" else talk.press_shown("always")
    assert talk.waiting and talk.waiting.what == "fix"
    return talk


@pytest.mark.parametrize(("channel", "reminder", "close"), DELAYS)
def test_an_open_question_gets_one_reminder_and_closes_later(channel: str, reminder: int, close: int) -> None:
    talk = at_question(channel)
    assert talk.wait(reminder - 0.1) == ""
    assert says(talk.wait(0.2), "utter_reminder")
    assert talk.wait(close - 0.3) == ""
    assert says(talk.wait(0.2), "utter_closed_silence")
    assert talk.last.ended is Ended.LEFT and talk.owner is Owner.NOBODY
    assert talk.wait(1000) == ""


def test_a_fix_in_a_chat_is_asked_about_after_a_day_and_closes_a_day_after_its_reminder() -> None:
    talk = at_fix()
    assert says(talk.wait(4), "utter_reminder")
    assert says(talk.wait(20), "utter_holding")
    assert says(talk.wait(4), "utter_closed_silence")
    assert talk.last.ended is Ended.LEFT


def test_on_mail_the_reminder_of_a_fix_is_whether_it_holds() -> None:
    talk = at_fix("email")
    text = talk.wait(24)
    assert says(text, "utter_holding") and not says(text, "utter_reminder")
    assert talk.wait(71) == ""
    assert says(talk.wait(1), "utter_closed_silence")


def test_a_yes_to_whether_it_holds_confirms() -> None:
    talk = at_fix()
    talk.wait(25)
    assert says(talk.press_shown("yes"), "utter_solved")
    assert talk.last.ended is Ended.SOLVED


def test_a_no_to_whether_it_holds_goes_on() -> None:
    talk = at_fix()
    fix = talk.awaits
    talk.wait(25)
    talk.press_shown("no")
    assert talk.last.ended is None and talk.awaits != fix
    assert talk.last.steps[0].result == "did_not_help"


def test_the_buttons_of_a_reminder_answer_the_question() -> None:
    talk = at_question()
    talk.wait(5)
    talk.press_shown("one")
    assert talk.value("affected") == "one"


def test_an_answer_stops_the_clock_and_the_next_question_starts_its_own() -> None:
    talk = at_question()
    talk.wait(5)
    talk.press_shown("one")
    assert talk.due == {"reminder": START + timedelta(hours=9)}


def test_what_cannot_be_tried_now_comes_back_a_day_later() -> None:
    talk = at_fix()
    fix = talk.awaits
    assert says(talk.press_shown("cannot_try"), "utter_later")
    assert talk.wait(23.9) == ""
    assert says(talk.wait(0.2), "utter_again")
    assert talk.waiting and talk.waiting.what == "fix" and talk.awaits == fix
    talk.press_shown("yes")
    assert talk.last.ended is Ended.SOLVED


def test_what_cannot_be_tried_now_may_be_answered_sooner() -> None:
    talk = at_fix()
    talk.say("I can't try it now")
    talk.wait(2)
    talk.say("it works now")
    assert talk.last.ended is Ended.SOLVED and talk.due == {}


def test_a_fix_that_comes_back_is_reminded_of_like_any_other() -> None:
    talk = at_fix()
    talk.press_shown("cannot_try")
    talk.wait(24)
    assert says(talk.wait(4), "utter_reminder")
    assert says(talk.wait(24), "utter_closed_silence")


def test_while_a_human_owns_no_timer_runs() -> None:
    talk = at_question()
    talk.say("human")
    assert talk.due == {}
    assert talk.wait(1000) == ""


def test_a_confirmation_that_people_asked_for_is_not_chased() -> None:
    talk = at_question()
    talk.say("human")
    talk.act("resolve")
    assert talk.wait(1000) == ""


@pytest.mark.parametrize("name", ["reminder", "holding", "retry", "handoff", "close", "no_such_timer"])
def test_a_timer_that_was_cancelled_and_fires_all_the_same_changes_nothing(name: str) -> None:
    talk = at_question()
    talk.press_shown("one")
    talk.due.clear()
    before = talk.talk
    late = name if name not in before.armed else "no_such_timer"
    talk.feed(TimerFired(at=talk.now, name=late))
    assert talk.heard == [] and talk.talk.requests == before.requests


def test_who_was_closed_by_silence_goes_on_where_it_stood() -> None:
    talk = at_fix()
    talk.wait(100)
    assert talk.last.ended is Ended.LEFT
    talk.say("still broken")
    assert talk.rule == "came_back" and talk.request and talk.request.topic == "slow_computer"


def test_a_word_in_between_does_not_start_the_silence_anew_or_twice() -> None:
    talk = at_fix()
    talk.say("thanks")
    assert sorted(talk.due) == ["holding", "reminder"]
    assert says(talk.wait(4), "utter_reminder")
    assert talk.wait(1) == ""


def test_a_question_that_cannot_be_answered_now_comes_back_too() -> None:
    talk = at_question()
    assert says(talk.say("not now please"), "utter_later")
    assert talk.talk.requests[0].misses == 0
    assert says(talk.wait(24), "utter_ask_affected")
    talk.press_shown("one")
    assert talk.value("affected") == "one"


def test_a_question_put_off_may_be_answered_sooner() -> None:
    talk = at_question()
    talk.say("later")
    talk.wait(1)
    talk.say("just me")
    assert talk.value("affected") == "one" and "retry" not in talk.due


def test_not_now_comes_back_at_the_time_named() -> None:
    talk = Talk()
    talk.say("the VPN does not connect at home, error 809, Windows 11, just me", topic="vpn")
    talk.say("not now, in 2 hours")
    assert talk.due["retry"] - talk.now == timedelta(hours=2)
