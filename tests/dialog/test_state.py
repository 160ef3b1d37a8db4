"""The state stays small and plain over any number of turns."""

import json
import random

import pytest

from bot.dialog.conversation import Conversation
from bot.dialog.events import WorkFailed
from bot.dialog.plain import from_plain, to_plain
from tests.dialog.moves import LINES, PROBLEMS, TO_PEOPLE, with_drive
from tests.support.talk import Talk, library

TURNS = 10_000
LIMIT = 64 * 1024
WORDS = ("é😀" * 1_000, "it is broken and nobody knows why " * 40, "short")


def talked(turns: int, seed: int, odd_words: float) -> Talk:
    """One conversation of very many turns: problems, answers, presses, people, days that pass."""
    chance, talk = random.Random(seed), Talk(with_drive(library()))
    lines = (*PROBLEMS, *LINES, *TO_PEOPLE[:4])
    largest = 0
    while talk.talk.turn < turns:
        dice = chance.random()
        if dice < odd_words:
            talk.say(chance.choice(WORDS) + str(talk.talk.turn % 10))
        elif dice < 0.45 and talk.buttons:
            talk.press(chance.choice(talk.buttons), talk.says[-1].turn)
        elif dice < 0.85:
            text, topic = chance.choice(lines)
            talk.say(text, topic=topic)
        elif dice < 0.9:
            talk.act(chance.choice(["take", "resolve", "hand_back", "resolve"]))
        elif dice < 0.93:
            talk.change(chance.choice(["resolved", "in_progress", "closed"]))
        elif dice < 0.96:
            talk.finish({"changed": "x" * 900}) if talk.running else talk.wait(30)
        else:
            talk.feed(WorkFailed(at=talk.now, what="sending")) if dice > 0.995 else talk.wait(6)
        talk.turns = talk.turns[-40:]
        if talk.talk.turn % 50 == 0:
            largest = max(largest, len(json.dumps(to_plain(talk.talk), ensure_ascii=False).encode()))
    assert largest <= LIMIT, largest
    return talk


def test_the_state_is_small_after_ten_thousand_turns() -> None:
    talk = talked(TURNS, seed=1, odd_words=0.05)
    plain = json.loads(json.dumps(to_plain(talk.talk)))
    assert from_plain(Conversation, plain) == talk.talk


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_state_is_small_whatever_is_written(seed: int) -> None:
    talked(TURNS, seed, odd_words=0.4)


def test_a_person_who_comes_and_goes_for_years_leaves_no_trail() -> None:
    talk = Talk()
    for _ in range(300):
        talk.say("human")
        talk.say("it works now")
    assert len(talk.talk.requests) <= 12 and len(talk.talk.cases) <= 8
    for _ in range(300):
        talk.act("take")
        talk.act("resolve")
    assert len(talk.talk.requests) <= 12
