"""Nothing is said of an account, or of requests made elsewhere, without proof of who writes."""

from dataclasses import replace

import pytest

from bot.dialog.events import Facts, OpenRequest
from tests.dialog.walking import places
from tests.support.talk import Talk, says

ELSEWHERE = OpenRequest("T-77", "password_account", "in_progress", "2026-01-04T10:00:00+00:00", "c9")
STRANGER = Facts()
STRANGER_WITH_REQUESTS = Facts(open_requests=(ELSEWHERE,))
KNOWN = Facts(proof="sso", name="Ada Martin", open_requests=(ELSEWHERE,))


def everything_said(facts: Facts, topic: str, text: str) -> list[list[str]]:
    """All that is said on every way of a topic."""
    talk = Talk(facts=facts)
    return [
        [effect.text for effect in place.turn.effects if effect.kind == "say"]  # type: ignore[union-attr]
        for place in places(talk, topic, text)
    ]


@pytest.mark.parametrize("topic", ["password_account", "ticket_status", "order_status", "billing"])
@pytest.mark.parametrize("text", ["I am locked out", "where is it?"])
def test_an_unproven_person_is_told_the_same_whether_there_is_something_or_not(topic: str, text: str) -> None:
    assert everything_said(STRANGER, topic, text) == everything_said(STRANGER_WITH_REQUESTS, topic, text)


@pytest.mark.parametrize("text", ["where is my ticket?", "what about T-77?", "T-77", "status of my request please"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_key_from_elsewhere_is_told_without_proof(text: str, lang: str) -> None:
    talk = Talk(lang=lang, facts=STRANGER_WITH_REQUESTS)
    for topic in ("ticket_status", "password_account", None):
        talk.say(text, topic=topic)
    assert not [say for say in talk.says if "77" in say.text.replace(text, "")]


def test_an_unproven_person_is_told_of_the_requests_of_this_conversation() -> None:
    talk = Talk(facts=STRANGER_WITH_REQUESTS)
    assert says(talk.say("where is my ticket?"), "utter_status_unproven")
    talk.say("human")
    text = talk.say("where is my ticket?")
    assert "T-1" in text and "T-77" not in text


def test_a_proven_person_is_told_of_all_their_requests() -> None:
    talk = Talk(facts=KNOWN)
    assert "T-77" in talk.say("where is my ticket?")


def test_a_proven_person_without_any_request_is_told_so() -> None:
    talk = Talk(facts=replace(KNOWN, open_requests=()))
    assert says(talk.say("where is my ticket?"), "utter_status_none")


def test_asking_where_a_request_is_does_not_lose_the_open_question() -> None:
    talk = Talk(facts=KNOWN)
    talk.say("the VPN does not connect", topic="vpn")
    text = talk.say("where is my ticket?")
    assert "T-77" in text and says(text, "utter_ask_affected") and talk.awaits == "affected"


def test_a_ticket_tells_whether_the_person_is_proven() -> None:
    talk, known = Talk(), Talk(facts=KNOWN)
    for one in (talk, known):
        one.say("I am locked out of my account", topic="password_account")
        one.say("human")
    assert "not verified" in talk.opened[0].summary and "not verified" not in known.opened[0].summary
