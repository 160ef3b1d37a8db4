"""One owner at a time: from the handoff on people answer, and the bot sends notices only."""

import pytest

from bot.dialog.conversation import Ended, Owner
from bot.dialog.effects import ChangeTicket, Relay, Say
from bot.dialog.events import PersonEdited
from tests.support.talk import Talk, says


def handed_over(**known: object) -> Talk:
    """A conversation that was handed over, on ticket T-1."""
    talk = Talk(**known)  # type: ignore[arg-type]
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("human")
    return talk


def test_asking_for_a_human_hands_over_at_once_and_tells_the_key_and_that_nothing_needs_repeating() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert says(talk.say("human"), "utter_handoff")
    assert "T-1" in talk.says[-1].text and talk.says[-1].notice
    assert talk.opened[0].reason == "asked_for_human" and talk.owner is Owner.HUMAN


def test_while_the_ticketing_system_is_down_the_case_number_is_told_and_later_the_ticket_number() -> None:
    talk = Talk(tickets="delay")
    talk.say("human")
    assert says(talk.says[-1].text, "utter_handoff_delayed") and "G-1" in talk.says[-1].text
    handoff = talk.opened[0].handoff
    talk.tickets, talk.asked = "open", [talk.opened[0]]
    talk.open_tickets()
    assert says(talk.says[-1].text, "utter_ticket_number") and "T-1" in talk.says[-1].text
    assert talk.talk.cases[0].handoff == handoff and talk.talk.cases[0].confirmed


def test_a_ticket_that_is_confirmed_twice_is_told_once() -> None:
    talk = handed_over()
    before = len(talk.says)
    talk.asked = [talk.opened[0]]
    talk.open_tickets()
    assert len(talk.says) == before


def test_one_receipt_is_given_for_what_is_written_after_the_handoff() -> None:
    talk = handed_over()
    assert says(talk.say("it says error 809"), "utter_receipt")
    assert talk.say("and it is slow") == ""
    assert [note.text for note in talk.comments] == ["it says error 809", "and it is slow"]


def test_before_there_is_a_key_no_receipt_is_given_and_nothing_is_lost() -> None:
    talk = Talk(tickets="hold")
    talk.say("human")
    assert talk.say("it says error 809") == ""
    assert [note.text for note in talk.comments] == ["it says error 809"]
    talk.tickets = "open"
    talk.open_tickets()
    assert "T-1" in talk.says[-1].text


def test_a_new_problem_for_people_is_added_and_not_diagnosed() -> None:
    talk = handed_over()
    talk.say("my printer is jammed too", topic="printer")
    assert talk.rule == "receipt" and len(talk.opened) == 1 and len(talk.talk.requests) == 1


def test_where_is_my_request_is_answered_while_nobody_took_it() -> None:
    talk = handed_over()
    assert "T-1" in talk.say("where is my ticket?") and says(talk.says[-1].text, "utter_status_line")


@pytest.mark.parametrize(
    ("text", "response"), [("it works now", "utter_solved_plain"), ("never mind", "utter_cancelled")]
)
def test_who_needs_it_no_more_closes_the_ticket(text: str, response: str) -> None:
    talk = handed_over()
    assert says(talk.say(text), response)
    assert talk.owner is Owner.NOBODY and talk.talk.cases[0].state == "resolved"
    assert ChangeTicket("c1:1:1", "resolved") in list(talk.effects(ChangeTicket))


def test_it_works_but_something_else_does_not_leaves_the_ticket_open() -> None:
    talk = handed_over()
    talk.say("it works now, but my printer is jammed", topic="printer")
    assert talk.owner is Owner.HUMAN and talk.talk.cases[0].state == "new"
    assert talk.comments[-1].text == "it works now, but my printer is jammed"


def test_a_ticket_withdrawn_before_it_had_a_key_is_not_announced_afterwards() -> None:
    talk = Talk(tickets="hold")
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("human")
    talk.say("never mind")
    before = len(talk.says)
    talk.tickets = "open"
    talk.open_tickets()
    assert len(talk.says) == before and talk.talk.cases[0].key == "T-1"


def test_a_withdrawn_problem_that_comes_back_reopens_its_ticket() -> None:
    talk = handed_over()
    talk.say("it works now")
    assert says(talk.say("still broken"), "utter_reopened")
    assert len(talk.opened) == 1 and talk.owner is Owner.HUMAN


def test_who_answers_first_takes_it_and_the_person_is_told_by_name_once() -> None:
    talk = handed_over()
    assert says(talk.agent("Hello, I am looking at it"), "utter_taken") and "Lea" in talk.says[-1].text
    talk.agent("Which floor?")
    assert not talk.heard
    assert [one.text for one in talk.effects(Relay)] == ["Hello, I am looking at it", "Which floor?"]


def test_after_a_takeover_the_bot_answers_nothing_and_the_agent_hears_everything() -> None:
    talk = handed_over()
    talk.act("take")
    for text in ("thanks", "where is my ticket?", "it works now", "human", "my printer is jammed", "blorp"):
        assert talk.say(text) == ""
    assert [one.text for one in talk.effects(Relay)][-1] == "blorp"
    assert talk.comments[-1].text == "blorp"
    assert talk.owner is Owner.HUMAN and talk.talk.taken


def test_an_agent_may_take_what_was_never_handed_over() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert says(talk.act("take"), "utter_taken")
    assert talk.owner is Owner.HUMAN and talk.last.ended is Ended.ESCALATED
    assert talk.due == {}
    assert talk.say("just me") == ""


def test_what_is_resolved_is_confirmed_with_the_person_once() -> None:
    talk = handed_over()
    talk.act("take")
    assert says(talk.act("resolve"), "utter_resolved_check")
    assert talk.act("resolve") == ""
    assert talk.buttons == ("yes", "no", "human")
    assert says(talk.press_shown("yes"), "utter_solved_plain")
    assert talk.talk.cases[0].state == "closed" and talk.owner is Owner.NOBODY


def test_what_is_not_solved_goes_back_to_people_on_the_same_ticket() -> None:
    talk = handed_over()
    talk.act("resolve")
    assert says(talk.press_shown("no"), "utter_reopened")
    assert len(talk.opened) == 1 and talk.owner is Owner.HUMAN
    assert ChangeTicket("c1:1:1", "reopened") in list(talk.effects(ChangeTicket))


def test_asking_for_a_human_when_it_is_said_to_be_solved_reopens_the_ticket() -> None:
    talk = handed_over()
    talk.act("resolve")
    talk.say("no, I want to talk to a human")
    assert len(talk.opened) == 1 and talk.owner is Owner.HUMAN
    assert "T-1" in talk.says[-1].text


def test_thanks_confirm_nothing_and_leave_the_question_open() -> None:
    talk = handed_over()
    talk.act("resolve")
    talk.say("thanks")
    assert talk.waiting and talk.waiting.what == "solved_check"
    talk.say("it still does not work")
    assert talk.owner is Owner.HUMAN


def test_another_problem_after_people_resolved_one_is_taken_up_by_the_bot() -> None:
    talk = handed_over()
    talk.act("resolve")
    talk.say("my printer is jammed", topic="printer")
    assert talk.request and talk.request.topic == "printer" and talk.owner is Owner.BOT


def test_a_bot_that_gets_it_back_asks_whether_it_is_solved() -> None:
    talk = handed_over()
    talk.act("take")
    assert says(talk.act("hand_back"), "utter_handed_back")
    assert talk.owner == "bot"
    talk.press_shown("no")
    assert talk.owner is Owner.HUMAN and len(talk.opened) == 1


def test_what_an_agent_took_without_a_ticket_gets_one_when_it_is_not_solved() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.act("take")
    talk.act("hand_back")
    talk.press_shown("no")
    assert len(talk.opened) == 1 and talk.owner is Owner.HUMAN and "T-1" in talk.says[-1].text


def test_nothing_is_handed_back_that_people_do_not_have() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert talk.act("hand_back") == "" and talk.awaits == "affected"


def test_an_agent_may_resolve_what_has_no_ticket() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.act("resolve")
    assert talk.owner is Owner.NOBODY and talk.last.ended is Ended.ESCALATED


def test_news_of_the_ticket_reaches_the_person() -> None:
    talk = handed_over()
    talk.change(reply="Please restart it")
    assert [(one.to, one.text) for one in talk.effects(Relay)] == [("person", "Please restart it")]
    assert says(talk.change("resolved"), "utter_resolved_check")


def test_news_of_an_old_ticket_does_not_disturb_the_question_of_a_new_request() -> None:
    talk = handed_over()
    talk.act("hand_back")
    talk.say("my printer is jammed", topic="printer")
    question = talk.waiting
    assert says(talk.change("resolved", key="T-1"), "utter_ticket_state")
    assert talk.waiting == question and talk.request and talk.request.topic == "printer"


def test_a_ticket_that_is_reopened_in_its_own_system_is_with_people_again() -> None:
    talk = handed_over()
    talk.change("resolved")
    assert says(talk.change("in_progress"), "utter_reopened")
    assert talk.owner is Owner.HUMAN and talk.waiting is None


def test_a_handoff_takes_every_open_request_in_one_ticket() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say("my printer is jammed, the big one on the second floor", topic="printer")
    talk.say("human")
    assert talk.opened[0].requests == (2, 1) and len(talk.opened) == 1
    assert {one.ended for one in talk.talk.requests} == {Ended.ESCALATED}


def test_an_edit_is_noted_for_those_who_own_the_ticket() -> None:
    talk = handed_over()
    talk.feed(PersonEdited(at=talk.now, ref="m1", text="error 800, sorry"))
    assert talk.comments[-1].text == "error 800, sorry" and not talk.heard


def test_no_turn_says_more_than_one_message() -> None:
    talk = handed_over()
    talk.act("resolve")
    assert all(sum(isinstance(one, Say) for one in turn.effects) <= 1 for _, turn in talk.turns)
