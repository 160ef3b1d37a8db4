"""What comes before everything else: threats, a wish for a human, anger."""

import pytest

from bot.dialog.conversation import Ended, Owner
from tests.support.talk import Talk, says

CLICKED = "I clicked the link and gave my password"
REPORTED = "I got a strange mail asking for my password"
ANGRY = "this is ridiculous, I am fed up with your useless bot"
HUMAN_WORDS = (
    "human",
    "un humain",
    "agent",
    "a person please",
    "parler à quelqu'un",
    "je veux un conseiller",
    "operator",
)


@pytest.mark.parametrize("word", HUMAN_WORDS)
@pytest.mark.parametrize("channel", ["web", "email", "slack", "telegram", "terminal"])
def test_a_human_is_asked_for_in_either_language_on_every_channel(word: str, channel: str) -> None:
    talk = Talk(channel=channel)
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(word)
    assert talk.opened[0].reason == "asked_for_human" and talk.opened[0].team == "network"


def test_a_human_may_be_asked_for_with_the_very_first_word() -> None:
    talk = Talk()
    text = talk.say("human")
    assert says(text, "utter_first_words") and says(text, "utter_handoff") and "T-1" in text


def test_a_human_asked_for_at_a_last_question_ends_the_questions() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.press_shown("several")
    assert talk.awaits == "work_meanwhile"
    talk.say("human")
    assert len(talk.opened) == 1 and talk.owner is Owner.HUMAN


@pytest.mark.parametrize("steps", range(5))
def test_a_threat_interrupts_whatever_is_going_on(steps: int) -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    for _ in range(steps):
        talk.press_shown("no" if "no" in talk.buttons else talk.buttons[0])
    if talk.owner is Owner.BOT:
        text = talk.say(CLICKED)
        assert talk.opened[0].reason == "security" and talk.opened[0].topic == "phishing_security"
        assert 1 in talk.opened[0].requests  # the interrupted request goes into the same ticket
        assert "T-1" in text


def test_the_first_answer_to_a_threat_is_first_aid_with_the_ticket() -> None:
    talk = Talk()
    text = talk.say(CLICKED)
    assert says(text, "utter_first_aid_password") and "T-1" in text


def test_the_same_threat_told_twice_is_one_ticket() -> None:
    talk = Talk()
    talk.say(CLICKED)
    talk.say(CLICKED)
    assert len(talk.opened) == 1 and talk.comments[-1].text == CLICKED


def test_a_threat_that_turns_out_graver_gets_its_own_first_aid_and_priority() -> None:
    talk = Talk()
    talk.say(REPORTED)
    talk.say(CLICKED)
    assert [ticket.priority for ticket in talk.opened] == ["P3", "P2"]
    assert not {1} & set(talk.opened[1].requests)


def test_a_threat_told_to_an_agent_is_the_agents() -> None:
    talk = Talk()
    talk.say("human")
    talk.act("take")
    assert talk.say(CLICKED) == "" and len(talk.opened) == 1


def test_anger_once_is_answered_and_the_question_stays() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    assert says(talk.say(ANGRY), "utter_sorry_frustrated")
    assert talk.owner is Owner.BOT


def test_anger_twice_hands_over() -> None:
    talk = Talk()
    talk.say("the VPN does not connect", topic="vpn")
    talk.say(ANGRY)
    text = talk.say(ANGRY)
    assert talk.opened[0].reason == "frustrated" and says(text, "utter_handoff_frustrated")


def test_anger_in_the_first_message_counts() -> None:
    talk = Talk()
    talk.say("this is ridiculous, the VPN is down again", topic="vpn", frustrated=True)
    talk.say(ANGRY)
    assert talk.opened and talk.opened[0].reason == "frustrated"


def test_anger_after_a_failed_fix_hands_over_at_once() -> None:
    talk = Talk()
    talk.say("my computer is slow", topic="slow_computer")
    talk.press_shown("always")
    talk.press_shown("no")
    talk.say(ANGRY)
    assert talk.opened[0].reason == "frustrated" and talk.last.ended is Ended.ESCALATED


def test_a_secret_is_told_to_be_hidden_and_to_be_still_visible_there() -> None:
    talk = Talk(channel="slack")
    text = talk.say("my password is ******", topic="password_account", secrets=("password",))
    assert says(text, "utter_secret_hidden") and "slack" in text.lower()


def test_a_secret_is_told_even_while_people_own() -> None:
    talk = Talk()
    talk.say("human")
    talk.act("take")
    assert says(talk.say("******", secrets=("password",)), "utter_secret_hidden") and talk.says[-1].notice
