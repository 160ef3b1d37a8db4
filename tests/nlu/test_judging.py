"""What is done with a guess follows from what the ways out are expected to cost."""

import numpy as np
import pytest

from bot.nlu.calibration import Costs
from bot.nlu.judging import Guess, Way, cheapest

INTENTS = ("mail", "out_of_scope", "printer", "vpn")


def guess(mail: float = 0.0, out: float = 0.0, printer: float = 0.0, vpn: float = 0.0) -> Guess:
    return Guess(INTENTS, np.array([mail, out, printer, vpn], dtype=np.float32), 1.0)


@pytest.mark.parametrize(
    ("read", "way"),
    [
        (guess(vpn=0.97), Way.ACT),
        (guess(vpn=0.92, printer=0.05), Way.ACT),
        (guess(vpn=0.6, printer=0.1, mail=0.1), Way.ACT),  # no rival: the flow's first question asks as well
        (guess(vpn=0.8, printer=0.16), Way.ACT),
        (guess(vpn=0.7, printer=0.25), Way.ASK),  # 5 x 0.3 is more than a question
        (guess(vpn=0.4, printer=0.3, mail=0.25), Way.ASK),
        (guess(out=0.9, vpn=0.1), Way.REFUSE),
        (guess(out=0.5, vpn=0.2, printer=0.2, mail=0.1), Way.REFUSE),
        (guess(out=0.3, vpn=0.6, printer=0.1), Way.ACT),
        (guess(out=0.3, vpn=0.4, printer=0.3), Way.ASK),
    ],
)
def test_the_cheapest_way_is_taken(read: Guess, way: Way) -> None:
    assert cheapest(read, Costs()) is way


def test_nothing_plausible_is_acted_on() -> None:
    flat = Guess(tuple("abcdefgh"), np.full(8, 0.125, dtype=np.float32), 1.0)
    assert cheapest(flat, Costs()) is Way.ASK


def test_a_desk_that_minds_questions_more_acts_sooner() -> None:
    read = guess(vpn=0.7, printer=0.25)
    assert cheapest(read, Costs()) is Way.ASK
    assert cheapest(read, Costs(question=2.0)) is Way.ACT


def test_what_the_rules_read_is_left_out_so_that_the_rest_is_seen() -> None:
    read = guess(vpn=0.3, mail=0.6)
    assert read.without(["mail"]).ranking[0].intent == "vpn"
    assert read.without(["mail"]).ranking[0].confidence == pytest.approx(1.0)
    assert guess(vpn=0.02, mail=0.97).without(["mail"], unless=0.9).ranking[0].intent == "mail"
    assert read.without(["unknown"]) is read


def test_what_is_handed_over_without_a_question_must_be_sure() -> None:
    lone = Guess(("human_request", "vpn"), np.array([0.6, 0.1], dtype=np.float32), 1.0)
    assert cheapest(lone, Costs()) is Way.ASK


def test_another_topic_must_be_sure_while_one_is_talked_about() -> None:
    assert cheapest(guess(printer=0.6), Costs()) is Way.ACT
    assert cheapest(guess(printer=0.6), Costs(), talked_about="printer") is Way.ACT
    assert cheapest(guess(printer=0.6), Costs(), talked_about="vpn") is Way.ASK
