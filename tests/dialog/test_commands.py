"""Commands written as text are answered wherever the conversation stands, and are part of no request."""

from collections.abc import Callable

import pytest

from bot.dialog.commands import command_in, told
from bot.dialog.conversation import Owner
from bot.dialog.effects import Relay
from bot.dialog.events import ButtonPressed, Facts, PersonEdited
from tests.support.talk import Talk, library, says


def idle(**known: object) -> Talk:
    return Talk(**known)  # type: ignore[arg-type]


def asked(**known: object) -> Talk:
    talk = idle(**known)
    talk.say("the VPN does not connect", topic="vpn")
    return talk


def before_a_fix(**known: object) -> Talk:
    talk = asked(**known)
    while talk.waiting and talk.waiting.what != "fix":
        talk.press_shown(talk.buttons[0])
    return talk


def last_question(**known: object) -> Talk:
    talk = asked(**known)
    talk.press_shown("several")
    talk.press_shown("no")
    assert talk.awaits == "contact"
    return talk


def with_people(**known: object) -> Talk:
    talk = asked(**known)
    talk.say("a human please")
    assert talk.owner is Owner.HUMAN
    return talk


def taken(**known: object) -> Talk:
    talk = with_people(**known)
    talk.agent("Hello, I am looking into it.")
    return talk


def resolved(**known: object) -> Talk:
    talk = taken(**known)
    talk.act("resolve")
    return talk


STATES = [idle, asked, before_a_fix, last_question, with_people, taken, resolved]
OF_THE_BOT = [idle, asked, before_a_fix, last_question, resolved]
Begin = Callable[..., Talk]


def untouched(talk: Talk, text: str) -> str:
    """What a command is answered, where it moves and tells nothing."""
    requests, comments = talk.talk.requests, len(talk.comments)
    relays = len(list(talk.effects(Relay)))
    said = talk.say(text)
    assert [one.slots for one in talk.talk.requests] == [one.slots for one in requests]
    assert [(one.misses, one.symptom, one.ended) for one in talk.talk.requests] == [
        (one.misses, one.symptom, one.ended) for one in requests
    ]
    assert len(talk.comments) == comments and len(list(talk.effects(Relay))) == relays
    return said


@pytest.mark.parametrize("text", ["/help", "/aide", "/help@guichet_bot", " /HELP ", "/help?"])
@pytest.mark.parametrize("begin", STATES)
def test_help_says_what_can_be_written_and_moves_nothing(begin: Begin, text: str) -> None:
    talk = begin()
    waiting = talk.waiting
    said = untouched(talk, text)
    assert says(said, "utter_help_people" if talk.owner is Owner.HUMAN else "utter_help"), said
    assert not says(said, "utter_greeting_again") and talk.waiting == waiting


@pytest.mark.parametrize("text", ["/lang", "/lang de", "/langue xx", "/lang@guichet_bot"])
@pytest.mark.parametrize("begin", STATES)
def test_a_language_that_is_not_named_is_asked_for_with_the_two_as_buttons(begin: Begin, text: str) -> None:
    talk = begin()
    assert says(untouched(talk, text), "utter_which_language")
    assert talk.buttons == ("lang:fr", "lang:en")
    talk.press("lang:fr")
    assert talk.talk.lang == "fr"


def test_by_mail_the_languages_are_words() -> None:
    talk = asked(channel="email")
    assert says(untouched(talk, "/lang"), "utter_which_language") and talk.buttons == ()


@pytest.mark.parametrize("text", ["/lang fr", "/langue français", "/lang French", "/lang@guichet_bot fr"])
@pytest.mark.parametrize("begin", STATES)
def test_a_language_that_is_named_is_spoken_from_there_on(begin: Begin, text: str) -> None:
    talk = begin()
    awaited = talk.awaits
    untouched(talk, text)
    assert talk.talk.lang == "fr" and talk.says[-1].lang == "fr" and talk.awaits == awaited


@pytest.mark.parametrize("begin", [with_people, taken])
def test_a_human_asked_for_again_hears_where_the_request_stands(begin: Begin) -> None:
    assert says(untouched(begin(), "/human"), "utter_status_line")


def test_a_human_who_is_asked_for_by_command_gets_no_command_as_the_symptom() -> None:
    talk = idle()
    talk.say("/human")
    assert talk.owner is Owner.HUMAN and "/human" not in talk.opened[0].summary


def test_a_command_after_all_is_resolved_is_no_note_on_the_ticket() -> None:
    talk = resolved()
    talk.say("/human")
    assert not [one for one in talk.comments if "/human" in one.text]


@pytest.mark.parametrize("text", ["/link nonsense", "/link claire exemple", "/link claire@"])
def test_how_an_address_is_written_is_told_where_it_was_written_otherwise(text: str) -> None:
    talk = asked(book=library(links=True))
    assert says(untouched(talk, text), "utter_link_how")


def test_where_no_code_can_be_sent_a_link_is_no_request_either() -> None:
    assert says(untouched(asked(), "/link nonsense"), "utter_help")
    assert says(untouched(with_people(channel="email"), "/link nonsense"), "utter_help_people")
    talk = asked(facts=Facts(public=True), book=library(links=True))
    assert says(untouched(talk, "/link nonsense"), "utter_link_not_here")


@pytest.mark.parametrize(("facts", "links", "told_how"), [
    (Facts(), True, True), (Facts(), False, False),
    (Facts(proof="sso"), True, False), (Facts(public=True), True, False),
])  # fmt: skip
def test_help_names_the_link_where_it_can_be_done_and_is_needed(facts: Facts, links: bool, told_how: bool) -> None:
    talk = Talk(facts=facts, book=library(links=links))
    assert says(talk.say("/help"), "utter_link_how") is told_how


@pytest.mark.parametrize("channel", ["email"])
def test_by_mail_help_names_no_link(channel: str) -> None:
    talk = Talk(channel=channel, book=library(links=True))
    assert not says(talk.say("/help"), "utter_link_how")


def test_a_command_of_a_colleague_reaches_nobody() -> None:
    talk = taken()
    talk.facts = Facts(colleague="Bob")
    untouched(talk, "/help")


def test_a_message_changed_into_a_command_is_no_note() -> None:
    talk = with_people()
    comments = len(talk.comments)
    talk.feed(PersonEdited(at=talk.now, facts=talk.facts, ref="m1", text="/help"))
    assert len(talk.comments) == comments


def test_the_question_keeps_its_numbers_after_a_command() -> None:
    talk = asked()
    talk.say("/help")
    talk.say("2")
    assert talk.value("affected") == "several"


def test_begin_greets_where_nothing_is_open_and_helps_where_something_is() -> None:
    talk = idle()
    assert says(talk.say("/start"), "utter_ask_problem")
    assert says(asked().say("/start"), "utter_help")
    assert says(untouched(with_people(), "/start abc"), "utter_help_people")


def test_an_old_button_still_answers_after_help() -> None:
    talk = asked()
    turn = talk.says[-1].turn
    talk.say("/help")
    talk.feed(ButtonPressed(at=talk.now, facts=talk.facts, button="several", turn=turn))
    assert talk.value("affected") == "several"


@pytest.mark.parametrize(
    "text", ["/help my VPN is down", "/human resources site is down", "/vpn", "help", "lang fr", "", "/", "/ help"]
)
def test_more_than_a_command_is_a_message(text: str) -> None:
    assert command_in(text) is None and told(text) == text
