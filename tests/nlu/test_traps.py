"""Signals that may not be missed, and messages that only seem to give them: tests/nlu/traps.txt."""

from datetime import datetime

import pytest

from bot.nlu.pipeline import Pipeline
from bot.ports.understander import Hints
from tests.nlu.lists import listed, signals_of

NOW = datetime.fromisoformat("2026-01-05T09:00+01:00")
SIGNALS = ("human", "security", "danger", "frustrated", "other")
Heard = list[tuple[list[str], str, set[str]]]  # the flags of a trap, its text, and the signals that were heard


def signals(pipeline: Pipeline, text: str, lang: str) -> set[str]:
    told = pipeline.understand(text, Hints(NOW, lang=lang if lang in ("fr", "en") else "fr"))
    return signals_of(told)


@pytest.fixture(scope="module")
def heard(pipeline: Pipeline) -> Heard:
    return [(flags.split(), text, signals(pipeline, text, lang)) for flags, lang, text in listed("traps.txt")]


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_signal_is_heard_however_it_is_given(heard: Heard, signal: str) -> None:
    given = [(text, signal in told) for flags, text, told in heard if signal in flags]
    missed = [text for text, is_heard in given if not is_heard]
    assert len(given) >= 30
    assert len(missed) <= (0 if signal in ("human", "security") else 1), missed


@pytest.mark.parametrize("signal", SIGNALS)
def test_what_only_seems_a_signal_is_none(heard: Heard, signal: str) -> None:
    traps = [(text, signal in told) for flags, text, told in heard if f"-{signal}" in flags]
    wrong = [text for text, is_heard in traps if is_heard]
    assert len(traps) >= 40
    assert len(wrong) <= 1, wrong


def test_ordinary_messages_give_no_signal(pipeline: Pipeline) -> None:
    told = [(text, signals(pipeline, text, lang)) for lang, text in listed("ordinary.txt", fields=2)]
    wrong = [(text, given) for text, given in told if given]
    assert len(wrong) / len(told) <= 0.01, wrong
