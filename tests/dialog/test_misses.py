"""Messages that bring nothing: asked again once, a human offered, then handed over; never a wall of "rephrase"."""

import pytest

from bot.dialog.conversation import Ended, Owner
from bot.dialog.understanding import Ranked
from tests.support.talk import Talk, says

NONSENSE = "blorp grmbl"


def test_two_misses_offer_a_human_and_the_third_hands_over() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert says(talk.say(NONSENSE), "utter_not_understood")
    assert says(talk.say(NONSENSE), "utter_offer_human")
    talk.say(NONSENSE)
    assert talk.request and talk.request.handoff and talk.request.handoff.reason == "not_understood"


def test_misses_count_from_the_very_first_message() -> None:
    talk = Talk()
    assert says(talk.say(NONSENSE), "utter_not_understood")
    assert says(talk.say(NONSENSE), "utter_offer_human")
    talk.say(NONSENSE)
    assert talk.talk.requests[-1].misses == 3


def test_progress_forgives_the_misses_before_it() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(NONSENSE)
    talk.say("just me")
    assert says(talk.say(NONSENSE), "utter_not_understood")


def test_the_question_is_put_again_after_a_miss_and_costs_nothing() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    before = talk.request
    talk.say(NONSENSE)
    assert before and talk.request and talk.request.questions == before.questions
    assert talk.awaits == "affected" and "one" in talk.buttons


@pytest.mark.parametrize("word", ["rephrase", "Rephrase", "no"])
def test_who_would_rather_rephrase_is_asked_the_question_again(word: str) -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(NONSENSE)
    talk.say(NONSENSE)
    talk.say(word)
    assert talk.awaits == "affected" and talk.owner is Owner.BOT


def test_who_takes_the_offer_is_handed_over_because_they_asked_for_it() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(NONSENSE)
    talk.say(NONSENSE)
    talk.press_shown("yes")
    assert talk.opened[-1].reason == "asked_for_human"


def test_an_answer_to_the_offer_of_a_human_may_be_the_answer_to_the_question_before() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(NONSENSE)
    talk.say(NONSENSE)
    talk.say("just me")
    assert talk.value("affected") == "one"


@pytest.mark.parametrize("text", ["hello", "thanks", "how are you?", "in English please", "where is my ticket?"])
def test_politeness_language_and_status_are_no_misses(text: str) -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(text)
    assert talk.request and talk.request.misses == 0
    assert talk.awaits == "affected"
    assert "affected" in str(talk.waiting) and "human" in talk.buttons


def test_out_of_scope_is_no_miss_and_the_second_time_a_human_is_offered() -> None:
    talk = Talk()
    assert says(talk.say("what is the capital of Peru?", topic=None, out_of_scope=True), "utter_scope")
    assert talk.last.ended is Ended.OUT_OF_SCOPE
    assert says(talk.say("and of Chile?", out_of_scope=True), "utter_offer_human_scope")
    talk.press_shown("yes")
    assert talk.owner is Owner.HUMAN


def test_a_real_problem_after_out_of_scope_is_taken_up() -> None:
    talk = Talk()
    talk.say("what is the capital of Peru?", out_of_scope=True)
    talk.say("and of Chile?", out_of_scope=True)
    talk.say("all right, then the VPN does not connect", topic="vpn")
    assert talk.request and talk.request.topic == "vpn" and talk.awaits == "affected"
    assert not says(talk.says[-1].text, "utter_aside")


def test_out_of_scope_in_the_middle_says_the_scope_and_asks_again() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    text = talk.say("what is the capital of Peru?", out_of_scope=True)
    assert says(text, "utter_scope") and talk.awaits == "affected"
    assert talk.request and talk.request.misses == 0


def test_likely_topics_are_listed_before_anything_else_is_asked() -> None:
    talk = Talk()
    talk.say("something with the connection", ranking=(Ranked("vpn", 0.3), Ranked("network_wifi", 0.25)))
    assert talk.waiting and talk.waiting.what == "clarify"
    assert talk.buttons == ("vpn", "network_wifi", "human")
    talk.press_shown("network_wifi")
    assert talk.request and talk.request.topic == "network_wifi"


def test_what_tells_something_but_not_the_problem_is_no_miss() -> None:
    talk = Talk()
    talk.say(NONSENSE)
    talk.say("I am on Windows 11")
    assert talk.request and talk.request.misses == 1 and talk.value("os") == "windows"
    assert talk.waiting and talk.waiting.what == "problem"
