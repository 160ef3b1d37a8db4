"""By mail the questions that stand together are asked at once, and answered shortly, by labels or in prose."""

import pytest

from bot.dialog.conversation import Owner
from bot.dialog.flow import Collect
from bot.dialog.texts import in_language
from bot.dialog.together import LETTERS
from tests.support.talk import Talk, says

PROSE = {"affected": "only me", "place": "at home", "os": "Windows"}


def mail(text: str = "the VPN does not connect", topic: str = "vpn") -> Talk:
    """A mail that reports a problem."""
    talk = Talk(channel="email")
    talk.say(text, topic=topic)
    return talk


def choices(talk: Talk) -> list[tuple[str, list[str]]]:
    """The questions of the last mail: slot and values, in order."""
    assert talk.waiting
    steps = [step for flow in talk.book.flows.values() for step in flow.steps.values() if isinstance(step, Collect)]
    found = []
    for slot in talk.waiting.slots:
        step = next(step for step in steps if step.slot == slot)
        found.append((slot, [one.value for one in talk.book.responses[step.utter][0].buttons]))
    return found


def test_questions_that_stand_together_are_asked_in_one_numbered_list() -> None:
    talk = mail()
    text = talk.says[-1].text
    assert talk.waiting and talk.waiting.what == "together" and len(talk.waiting.slots) > 1
    assert all(f"\n{number}. " in text for number in range(1, len(talk.waiting.slots) + 1))
    assert "a) " in text and says(text, "utter_together_help")


def test_a_chat_asks_one_question_a_message() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert talk.waiting and talk.waiting.what == "collect"


@pytest.mark.parametrize("form", ["{n}{l}", "{n}. {l}", "{n}) {l})", "{n}: {l}", "{n}{L}"])
@pytest.mark.parametrize("between", [" ", ", ", "\n"])
def test_numbers_and_letters_answer(form: str, between: str) -> None:
    talk = mail()
    asked = [(number, slot, values) for number, (slot, values) in enumerate(choices(talk), 1) if values]
    parts = [
        form.format(n=number, l=LETTERS[-1 + len(values)], L=LETTERS[-1 + len(values)].upper())
        for number, _, values in asked
    ]
    talk.say(between.join(parts))
    assert {slot: talk.value(slot) for _, slot, _ in asked} == {slot: values[-1] for _, slot, values in asked}


def test_labels_answer() -> None:
    talk = mail()
    asked = choices(talk)
    first = next(iter(talk.book.responses["utter_ask_affected"])).buttons[0]
    talk.say(f"1. {in_language(first.title, 'en')}")
    assert talk.value(asked[0][0]) == first.value


def test_prose_answers() -> None:
    talk = mail()
    asked = [slot for slot, _ in choices(talk) if slot in PROSE]
    talk.say(". ".join(PROSE[slot] for slot in asked))
    told = {"affected": "one", "place": "home", "os": "windows"}
    assert {slot: talk.value(slot) for slot in asked} == {slot: told[slot] for slot in asked}


def test_what_is_known_is_not_in_the_list() -> None:
    talk = mail("the VPN does not connect at home on Windows 11, only me")
    assert talk.waiting is None or not {"os", "place", "affected"} & {talk.waiting.slot, *talk.waiting.slots}


def test_what_was_answered_is_not_asked_by_the_second_mail() -> None:
    talk = mail()
    first = [slot for slot, _ in choices(talk)]
    talk.say("1a")
    assert talk.waiting
    assert first[0] not in (talk.waiting.slot, *talk.waiting.slots)


def test_after_two_mails_with_questions_people_take_over() -> None:
    talk = mail()
    talk.say("I do not see what you mean by that")
    talk.say("I still do not see what you mean")
    talk.press("human") if not talk.request or not talk.request.handoff else talk.wait(1)
    assert talk.opened[0].reason == "not_understood" and talk.owner is Owner.HUMAN


def test_one_i_dont_know_answers_them_all() -> None:
    talk = mail()
    asked = [slot for slot, _ in choices(talk)]
    talk.say("I don't know")
    assert {talk.value(slot) for slot in asked} == {"unknown"}


def test_a_list_never_asks_more_than_the_budget_allows() -> None:
    for topic in ("vpn", "printer", "network_wifi", "email_outlook"):
        talk = mail("it does not work", topic)
        assert talk.last.questions <= talk.book.policy.questions


def test_a_human_is_one_word_away() -> None:
    talk = mail()
    talk.say("a human please")
    assert talk.owner is Owner.HUMAN
