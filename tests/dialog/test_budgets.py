"""Questions, fixes, minutes and steps: no request costs more, and what is left over goes to people."""

from dataclasses import replace

import pytest

from bot.dialog.conversation import Owner
from bot.dialog.events import Facts
from bot.dialog.flow import Branch, Collect, Escalate, Flow, Noop, Propose, SetSlots, Step, Trigger, Utter
from bot.dialog.playbook import Playbook
from tests.support.talk import Talk, library, says


def with_flow(*steps: Step, minutes: int = 15) -> Playbook:
    """The library with a flow of our own, on the topic `ours`, and a budget of so many minutes."""
    named = {step.id: step for step in steps}
    flow = Flow("ours", "Ours.", {"en": "Ours", "fr": "Nôtre"}, "ours", triggers=(Trigger("ours"),), steps=named)
    book = library()
    own = {f"q{n}": replace(book.slots["changed"], name=f"q{n}", entities=("none",)) for n in range(9)}
    policy = replace(book.policy, minutes=minutes)
    return replace(book, slots={**book.slots, **own}, flows={**book.flows, "ours": flow}, policy=policy)


def questions(count: int) -> list[Step]:
    """Questions in a row, then people."""
    asked = [Collect(f"q{n}", f"q{n}", "utter_ask_changed", next=(Branch(f"q{n + 1}"),)) for n in range(count)]
    return [*asked, Escalate(f"q{count}", reason="no_fix")]


def fixes(*articles: str) -> list[Step]:
    """Fixes in a row, then people."""
    named = [*articles, "end"]
    return [
        *(Propose(one, one, unsolved=after) for one, after in zip(articles, named[1:], strict=True)),
        Escalate("end", reason="fix_failed"),
    ]


def test_no_sixth_question_is_asked() -> None:
    talk = Talk(with_flow(*questions(8)))
    talk.say("help", topic="ours")
    asked = 0
    while talk.waiting:
        asked += 1
        talk.say(f"answer {asked}")
    assert asked == 5
    assert talk.opened[0].reason == "time_limit"


def test_no_fourth_fix_is_proposed() -> None:
    talk = Talk(
        with_flow(*fixes("slow-restart", "vpn-quit-reopen", "vpn-airplane-mode", "vpn-lock-unlock"), minutes=99)
    )
    talk.say("help", topic="ours")
    shown = 0
    while talk.waiting and talk.waiting.what == "fix":
        shown += 1
        talk.press_shown("no")
    assert shown == 3
    assert talk.last.handoff and talk.last.handoff.reason == "time_limit"


def test_a_fix_that_takes_longer_than_is_left_is_passed_over_and_named_as_the_reason() -> None:
    talk = Talk(with_flow(*fixes("slow-restart", "vpn-quit-reopen"), minutes=3))
    talk.say("help", topic="ours")
    assert talk.awaits == "vpn-quit-reopen"
    talk.press_shown("no")
    assert talk.last.handoff and talk.last.handoff.reason == "time_limit"


def test_when_every_applicable_fix_was_tried_the_reason_is_that_they_failed() -> None:
    talk = Talk(with_flow(*fixes("vpn-quit-reopen")))
    talk.say("help", topic="ours")
    talk.press_shown("no")
    assert talk.last.handoff and talk.last.handoff.reason == "fix_failed"


def test_under_a_deadline_at_most_one_short_fix_is_tried() -> None:
    book = with_flow(*fixes("slow-restart", "vpn-quit-reopen", "vpn-airplane-mode"))
    talk = Talk(book)
    talk.say("help, I have a meeting in 10 minutes", topic="ours")
    shown = []
    while talk.waiting and talk.waiting.what == "fix":
        shown.append(talk.awaits)
        talk.press_shown("no")
    assert shown == ["vpn-quit-reopen"] and book.articles["vpn-quit-reopen"].minutes <= 2
    talk.wait(1)
    assert talk.opened[0].urgency == 1


def test_a_vip_is_asked_one_question_and_shown_one_fix() -> None:
    vip = Facts(proof="sso", vip=True)
    talk, other = (
        Talk(with_flow(*questions(8)), facts=vip),
        Talk(with_flow(*fixes("slow-restart", "vpn-steady")), facts=vip),
    )
    talk.say("help", topic="ours")
    talk.say("an answer")
    assert talk.last.handoff and talk.last.handoff.reason == "vip"
    other.say("help", topic="ours")
    other.press_shown("no")
    assert other.last.fixes == 1 and other.last.handoff and other.last.handoff.reason == "vip"


def test_with_the_third_question_comes_something_useful() -> None:
    book = with_flow(*questions(4))
    book = replace(book, flows={**book.flows, "ours": replace(book.flows["ours"], meanwhile="vpn-work-without")})
    talk = Talk(book)
    talk.say("help", topic="ours")
    talk.say("one answer")
    text = talk.say("another answer")
    assert says(text, "utter_meanwhile") and talk.says[-1].sources[0].article == "vpn-work-without"
    assert not says(talk.say("a third answer"), "utter_meanwhile")


def test_a_flow_with_nothing_to_offer_hands_over_with_its_third_message() -> None:
    talk = Talk(with_flow(*questions(2)))
    talk.say("help", topic="ours")
    talk.say("one answer")
    talk.say("another answer")
    assert len(talk.opened) == 1


def test_steps_that_never_wait_hand_over_rather_than_run_for_ever() -> None:
    talk = Talk(with_flow(Noop("a", next=(Branch("b"),)), SetSlots("b", {"q1": 1}, next=(Branch("a"),))))
    talk.say("help", topic="ours")
    assert talk.opened[0].reason == "bot_failed" and talk.owner is Owner.HUMAN


def test_an_answer_that_ends_the_flow_closes_the_request_as_answered() -> None:
    talk = Talk(with_flow(Utter("a", "utter_thanks")))
    assert says(talk.say("help", topic="ours"), "utter_thanks")
    assert talk.last.ended == "answered" and talk.owner is Owner.NOBODY


@pytest.mark.parametrize("known", ["windows", "macos"])
def test_what_the_profile_knows_is_not_asked_and_says_where_it_is_from(known: str) -> None:
    ask = Collect("os", "os", "utter_ask_os", next=(Branch("q0"),))
    talk = Talk(with_flow(ask, *questions(1)), facts=Facts(proof="sso", slots={"os": known}))
    talk.say("help", topic="ours")
    assert talk.awaits == "q0"
    assert talk.last.slots["os"].value == known and talk.last.slots["os"].origin == "profile"


def test_what_the_message_says_is_believed_before_the_profile() -> None:
    talk = Talk(with_flow(*questions(1)), facts=Facts(slots={"os": "windows", "os_version": "10"}))
    talk.say("help, I am on macOS", topic="ours")
    assert talk.value("os") == "macos" and talk.value("os_version") is None


def test_who_is_handed_over_because_it_took_too_long_is_told_so() -> None:
    talk = Talk(with_flow(*fixes("slow-restart"), minutes=1))
    assert says(talk.say("help", topic="ours"), "utter_time_limit")


def test_under_a_deadline_the_way_to_be_there_comes_first_and_says_so() -> None:
    talk = Talk()
    text = talk.say("the VPN does not connect, I have a meeting in 10 minutes", topic="vpn")
    assert says(text, "utter_deadline") and talk.awaits == "vpn-meeting-without"


def test_a_flow_that_ends_without_a_word_is_given_one() -> None:
    silent = Talk(with_flow(Noop("a", next=(Branch("END"),))))
    assert says(silent.say("help", topic="ours"), "utter_anything_else")
    fixed = Talk(with_flow(Propose("a", "vpn-quit-reopen", solved="b"), Noop("b", next=(Branch("END"),))))
    fixed.say("help", topic="ours")
    assert says(fixed.press_shown("yes"), "utter_solved_plain") and fixed.last.ended == "solved"
