"""Buttons: by id, label or number; of this question, of an older one, of none."""

import pytest

from bot.dialog.conversation import Owner
from tests.support.talk import Talk, says


def asked() -> Talk:
    """A conversation with an open question."""
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    return talk


@pytest.mark.parametrize("pressed", ["several", "Some colleagues", "some colleagues", "2"])
def test_a_button_is_known_by_id_label_and_number(pressed: str) -> None:
    talk = asked()
    talk.press(pressed)
    assert talk.value("affected") == "several"


@pytest.mark.parametrize("typed", ["2", "2.", "Some colleagues", "option 2", "colleagues too"])
def test_a_choice_is_known_by_typed_number_label_or_words(typed: str) -> None:
    talk = asked()
    talk.say(typed)
    assert talk.value("affected") == "several"


def test_a_button_of_an_older_question_changes_nothing_and_shows_where_we_are() -> None:
    talk = asked()
    old = talk.says[-1].turn
    talk.press_shown("one")
    text = talk.press("several", old)
    assert says(text, "utter_old_button") and says(text, "utter_ask_place")
    assert talk.value("affected") == "one"


def test_a_button_shown_again_later_answers_the_same_question() -> None:
    talk = asked()
    talk.wait(5)
    assert talk.says[-1].turn > 1
    talk.press("one", talk.says[-1].turn)
    assert talk.value("affected") == "one"


def test_a_button_that_nobody_showed_asks_the_question_again() -> None:
    talk = asked()
    assert says(talk.press("nonsense"), "utter_ask_affected")


def test_a_button_after_everything_is_closed_is_answered() -> None:
    talk = asked()
    old = talk.says[-1].turn
    talk.say("never mind")
    assert talk.press("one", old)
    assert talk.owner is Owner.NOBODY


def test_a_human_by_button_works_even_from_an_old_message() -> None:
    talk = asked()
    old = talk.says[-1].turn
    talk.press_shown("one")
    talk.press("human", old)
    assert talk.owner is Owner.HUMAN


def test_a_button_pressed_while_people_own_tells_where_the_request_is() -> None:
    talk = asked()
    turn = talk.says[-1].turn
    talk.say("human")
    text = talk.press("one", turn)
    assert says(text, "utter_old_button") and says(text, "utter_status_line") and "T-1" in text
    assert talk.says[-1].notice


@pytest.mark.parametrize(("pressed", "kept"), [("yes", True), ("no", False), ("1", True), ("dont_know", "unknown")])
def test_a_yes_or_no_question_is_answered_by_its_buttons(pressed: str, kept: object) -> None:
    talk = Talk()
    talk.say("Outlook is broken", topic="email_outlook")
    assert talk.awaits == "webmail_works"
    talk.press(pressed)
    assert talk.value("webmail_works") == kept


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("no", False), ("I don't know", "unknown")])
def test_a_yes_or_no_question_is_answered_by_words(typed: str, kept: object) -> None:
    talk = Talk()
    talk.say("Outlook is broken", topic="email_outlook")
    talk.say(typed)
    assert talk.value("webmail_works") == kept


@pytest.mark.parametrize(("typed", "result"), [("2", "did_not_help"), ("No", "did_not_help"), ("1", "helped")])
def test_a_fix_is_answered_by_typed_number_or_label(typed: str, result: str) -> None:
    talk = Talk()
    talk.say("my computer is slow", topic="slow_computer")
    talk.press_shown("always")
    talk.say(typed)
    assert talk.last.steps[0].result == result


@pytest.mark.parametrize("typed", ["4", "A human"])
def test_the_humans_button_may_be_typed(typed: str) -> None:
    talk = Talk()
    talk.say("my computer is slow", topic="slow_computer")
    talk.press_shown("always")
    talk.say(typed)
    assert talk.owner is Owner.HUMAN
