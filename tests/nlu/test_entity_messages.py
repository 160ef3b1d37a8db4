"""Entities are read in whole messages as a person reads them, and in time that grows with the text alone."""

from collections import Counter
from time import process_time

import pytest

from bot.nlu.acts import read_acts
from bot.nlu.done import done_before
from bot.nlu.entities import read_entities
from bot.nlu.fold import fold
from bot.nlu.moods import denied, frustrated, how_to, threat
from bot.nlu.split import parts
from tests.nlu.entity_measure import DEVELOPMENT, FINAL, NOW, count, messages

LANGUAGES = ("fr", "en")


def test_entities_are_read_in_whole_messages() -> None:
    report = count().report()
    assert report["overall"]["f1"] >= 0.95
    assert min(one["f1"] for one in report["entities"].values()) >= 0.85


@pytest.mark.parametrize("half", [DEVELOPMENT, FINAL])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_neither_language_nor_half_falls_behind(half: str, lang: str) -> None:
    assert count(half, lang).report()["overall"]["f1"] >= 0.95


def test_each_entity_is_asked_for_often_enough_to_count() -> None:
    told = list(messages())
    asked = Counter((one.lang, "deadline" if name == "due" else name) for one in told for name, _ in one.meant)
    assert Counter(one.lang for one in told) == {"fr": 130, "en": 130}
    assert min(asked[lang, name] for lang in LANGUAGES for _, name in asked) >= 15
    assert sum(not one.meant for one in told) == 60


def _read(text: str) -> None:
    plain = fold(text)
    read_entities(text, plain, NOW)
    read_acts(plain)
    done_before(plain)
    frustrated(text)
    for reader in (threat, how_to, denied, parts):
        reader(plain)


def _seconds(text: str) -> float:
    """The processor's time for reading a text, of the best of three runs: another process takes none of it."""
    taken = []
    for _ in range(3):
        start = process_time()
        _read(text)
        taken.append(process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "pc",
        "erreur ",
        "depuis ",
        "mes collègues ",
        "facture la ",
        "0",
        "12 ",
        "A",
        "AB-",
        "a@b.co ",
        "? ",
        "\n",
        "1 an ",
    ],
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    short, long = (_seconds((unit * length)[:length]) for length in (5_000, 20_000))
    assert long / short < 8  # four times as long; what grows with the square would take sixteen times
