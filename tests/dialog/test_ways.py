"""The ways through every flow that ships: a human in reach, something useful by the third message, an end to each."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from bot.dialog.conversation import Ended, Owner
from bot.dialog.effects import Say
from bot.dialog.engine import decide
from bot.dialog.events import ButtonPressed, PersonSaid
from bot.dialog.texts import HUMAN, YES
from bot.dialog.tries import DID_NOT_HELP
from tests.dialog.walking import Place, openings, places, topics
from tests.support.talk import START, Talk, reading

TOPICS = topics(Talk())
CHANNELS = ("web", "email")


@cache
def walked(topic: str, channel: str) -> tuple[Place, ...]:
    """All places of a flow, walked once for all tests: with time, and with a meeting in ten minutes."""
    openings = ("It does not work", "It does not work, I have a meeting in 10 minutes")
    return tuple(place for text in openings for place in places(Talk(channel=channel), topic, text))


def each(test: Callable) -> Callable:
    """Run a test for every topic, in a chat and by mail."""
    return pytest.mark.parametrize("channel", CHANNELS)(pytest.mark.parametrize("topic", TOPICS)(test))


def waiting(topic: str, channel: str) -> Iterator[Place]:
    """The places where the bot waits for the person."""
    return (place for place in walked(topic, channel) if place.waiting)


@each
def test_something_useful_comes_by_the_third_message(topic: str, channel: str) -> None:
    ways = openings(Talk(channel=channel), topic)
    late = [place.way for place in ways if place.messages >= 3 and not place.useful]
    assert not late, late[:3]


@each
def test_no_way_ends_without_an_answer_or_people(topic: str, channel: str) -> None:
    for place in walked(topic, channel):
        assert place.waiting or place.handed_over or place.request.ended in (Ended.SOLVED, Ended.ANSWERED), place.way
        assert any(isinstance(effect, Say) for effect in place.turn.effects) or place.handed_over, place.way


@each
def test_a_human_is_one_word_away_everywhere(topic: str, channel: str) -> None:
    words = ("un humain", "human", "agent", "parler à quelqu'un")
    for number, place in enumerate(waiting(topic, channel)):
        text = words[number % len(words)]
        meant = reading(text, "en", topic, channel)
        turn = decide(place.talk, PersonSaid(at=START, texts=(text,), understanding=meant), Talk().book)
        assert turn.conversation.owner is Owner.HUMAN, (*place.way, text)


@each
def test_every_question_and_fix_has_a_button_to_a_human_that_works(topic: str, channel: str) -> None:
    for place in waiting(topic, channel):
        said = [effect for effect in place.turn.effects if isinstance(effect, Say)][-1]
        if place.waiting and place.waiting.what == "later":
            continue  # nothing is asked
        human = YES if place.waiting and place.waiting.what == "offer_human" else HUMAN
        assert human in [button.id for button in said.buttons], place.way
        press = ButtonPressed(at=START, button=human, turn=said.turn)
        assert decide(place.talk, press, Talk().book).conversation.owner is Owner.HUMAN, place.way


@each
def test_nothing_is_asked_twice_on_any_way(topic: str, channel: str) -> None:
    for place in walked(topic, channel):
        if channel == "web":
            assert len(place.asked) == len(set(place.asked)), (place.way, place.asked)


@each
def test_no_way_costs_more_than_the_budgets(topic: str, channel: str) -> None:
    policy = Talk().book.policy
    for place in walked(topic, channel):
        request = place.request
        assert request.questions <= policy.questions, place.way
        assert request.fixes <= policy.fixes, place.way
        assert request.minutes <= policy.minutes, place.way


@each
def test_no_failed_fix_comes_again_on_any_way(topic: str, channel: str) -> None:
    for place in waiting(topic, channel):
        failed = [step.what.partition("@")[0] for step in place.request.steps if step.result == DID_NOT_HELP]
        assert place.waiting and place.waiting.article not in failed, place.way
        assert len(failed) == len(set(failed)), place.way
