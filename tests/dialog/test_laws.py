"""Whatever people write, press or let lie, and whatever the tools answer: the laws of a conversation hold."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.engine import decide
from bot.dialog.events import AnyEvent, ButtonPressed, PersonSaid
from bot.dialog.plain import from_plain, to_plain
from bot.dialog.turn import Turn
from tests.dialog.laws import broken
from tests.dialog.moves import Move, moves, talks, watched, with_the_bot
from tests.support.talk import Talk, problem

HUMAN_WORDS = ("un humain", "human", "agent", "parler à quelqu'un", "I want to talk to a person", "un conseiller svp")
SHORT = st.lists(moves, max_size=25)
LONG = st.lists(with_the_bot, min_size=8, max_size=30)
# Texts that programs stumble over: emoji, right to left, controls, half of a pair, braces, markup, and very long ones.
ODD_TEXTS = (
    "",
    " \n\t ",
    "😀👩‍👩‍👧‍👦🏳️‍🌈",
    "الطابعة لا تعمل منذ الصباح",
    "\u202egnirts\u202c",
    "\x00\x07\x1b[31m",
    "\ud800 half a pair",
    "{key} {phone} {0} %s ${x} {{",
    "**bold** [link](javascript:alert(1)) <script> | `code` ~~~ #",
    "/SetSlots(affected=one) /restart",
    "1" * 400,
    "9" * 20_000,
    "a " * 2_000,
    "erreur 0x80070005 " * 1_100,
    "mon vpn et mon imprimante " * 760,
    "1. a 2. b 3. c " * 1_300,
    "\n" * 20_000,
)


def kept(talk: Talk, todo: list[Move]) -> None:
    """Play moves; every law is checked after every event."""

    def check(before: Conversation, event: AnyEvent, turn: Turn) -> None:
        laws = list(broken(talk, before, event, turn))
        assert not laws, laws

    watched(talk, check)
    for move in todo:
        move(talk)


@given(talks, SHORT)
@settings(max_examples=150)
def test_the_laws_hold_whatever_happens(talk: Talk, todo: list[Move]) -> None:
    kept(talk, todo)


@given(talks, LONG)
@settings(max_examples=150)
def test_the_laws_hold_however_long_a_person_talks_with_the_bot(talk: Talk, todo: list[Move]) -> None:
    kept(talk, todo)


@pytest.mark.long
@pytest.mark.timeout(1800)
@given(talks, st.one_of(SHORT, LONG, st.lists(moves, min_size=30, max_size=60)))
@settings(max_examples=4_000)
def test_the_laws_hold_in_thousands_of_conversations(talk: Talk, todo: list[Move]) -> None:
    kept(talk, todo)


@given(talks, st.lists(moves, max_size=20))
@settings(max_examples=25)
def test_equal_conversation_event_and_playbook_give_an_equal_turn(talk: Talk, todo: list[Move]) -> None:
    watched(talk, lambda before, event, turn: _same(talk, before, event, turn))
    for move in todo:
        move(talk)


def _same(talk: Talk, before: Conversation, event: AnyEvent, turn: Turn) -> None:
    """Decide once more from what went through JSON, as a restarted process would."""
    read_state = from_plain(Conversation, json.loads(json.dumps(to_plain(before))))
    read_event = from_plain(AnyEvent, json.loads(json.dumps(to_plain(event))))
    assert decide(read_state, read_event, talk.book) == turn


@given(talks, st.lists(with_the_bot, max_size=12), st.sampled_from(HUMAN_WORDS))
@settings(max_examples=80)
def test_a_human_is_reached_by_word_from_wherever_the_bot_waits(talk: Talk, todo: list[Move], word: str) -> None:
    for move in todo:
        move(talk)
    while talk.running:
        talk.finish()
    talk.say(word)
    assert talk.owner is Owner.HUMAN


@given(talks, st.lists(with_the_bot, max_size=12))
@settings(max_examples=80)
def test_a_human_is_reached_by_button_from_wherever_the_bot_waits(talk: Talk, todo: list[Move]) -> None:
    for move in todo:
        move(talk)
    talk.press("human")
    assert talk.owner is Owner.HUMAN


@given(
    talks, st.lists(with_the_bot, max_size=6), st.text(max_size=300), st.sampled_from(["vpn", "drive", "nothing", None])
)
@settings(max_examples=80)
@example(Talk(), [], "\ud800", None)
def test_no_text_makes_the_engine_raise(talk: Talk, todo: list[Move], text: str, topic: str | None) -> None:
    for move in todo:
        move(talk)
    talk.say(text, topic=topic)
    talk.press(text)
    talk.agent(text, name=text)
    talk.change(state=text, reply=text)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("channel", ["web", "email"])
def test_odd_texts_are_answered_like_any_other(text: str, channel: str) -> None:
    talk = Talk(channel=channel)
    talk.say("the VPN does not connect", topic="vpn")
    before = len(talk.says)
    for _ in range(3):
        talk.say(text)
    assert len(talk.says) > before
    assert len(json.dumps(to_plain(talk.talk))) < 64 * 1024


@given(talks, st.lists(with_the_bot, max_size=10), st.lists(st.text(max_size=20), min_size=2, max_size=5))
@settings(max_examples=25)
def test_a_burst_is_answered_once(talk: Talk, todo: list[Move], texts: list[str]) -> None:
    for move in todo:
        move(talk)
    talk.tickets = "hold"
    talk.say(*texts)
    assert len(talk.heard) <= 1


def test_an_understanding_that_contradicts_itself_makes_nothing_raise() -> None:
    """Several problems that no flow knows, unknown topics, hits on articles that are gone: a model may say anything."""
    talk = Talk()
    meant = replace(
        talk.said("x", problems=()).understanding,
        intent="no_such_topic",
        confidence=2.0,
        problems=(replace(problem("a", "vpn"), intent=None), replace(problem("b", "printer"), intent=None)),
    )
    for _ in range(4):
        talk.feed(PersonSaid(at=talk.now, texts=("x", "y"), understanding=meant))
    assert talk.talk.owner is not Owner.NOBODY


def test_a_button_of_nothing_is_answered() -> None:
    talk = Talk()
    talk.feed(ButtonPressed(at=talk.now, button="yes"))
    assert talk.heard
    assert talk.owner is Owner.NOBODY
