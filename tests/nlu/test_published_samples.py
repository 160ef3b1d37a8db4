"""Small fixed parts of published data sets: accuracy may not drop. `make bench-nlu` measures them whole."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.calibration import Costs
from bot.nlu.encoder import Encoder
from bot.nlu.examination import Examiner
from bot.nlu.phrases import Phrase
from tests.bench.material import OOS, rows

INTENTS = 30  # the first ones, by name
EACH = 10  # phrases learned, and messages asked, of each

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def examiner(encoder: Encoder, shared: Path) -> Examiner:
    return Examiner((encoder,), Costs())


def sample(told: Iterable[dict[str, Any]], intents: list[str]) -> list[Phrase]:
    """The first phrases of each intent."""
    held: dict[str, list[Phrase]] = {intent: [] for intent in intents}
    for row in told:
        if row["intent"] in held and len(held[row["intent"]]) < EACH:
            held[row["intent"]].append(Phrase(row["text"], row["intent"]))
    return [phrase for phrases in held.values() for phrase in phrases]


def first(file: str) -> list[str]:
    return sorted({row["intent"] for row in rows(file)})[:INTENTS]


def test_bank_customers(examiner: Examiner) -> None:
    intents = first("banking77_train.jsonl")
    few = sample((row for row in rows("banking77_train.jsonl") if row["shot10"]), intents)
    asked = sample((row for row in rows("banking77_train.jsonl") if not row["shot10"]), intents)
    told = examiner.by_test(few, asked, ())
    assert told["accuracy_no_threshold"] >= 0.875  # 0.89
    assert told["ece"] <= 0.07


def test_many_domains_and_strangers(examiner: Examiner) -> None:
    intents = first("clinc150_train.jsonl")
    strangers = [row for row in rows("clinc150_oos_train_val.jsonl") if row["split"] == "val"]
    asked = sample(rows("clinc150_val.jsonl"), intents)
    told = examiner.by_test(
        sample(rows("clinc150_train.jsonl"), intents), [*asked, *(Phrase(row["text"], OOS) for row in strangers)], ()
    )
    assert told["accuracy_no_threshold"] >= 0.93  # 0.94
    assert told["in_scope_at_oos_recall"]["0.87"] >= 0.92  # 0.93


def test_questions_about_ubuntu(examiner: Examiner) -> None:
    own = [row for row in rows("nlu_evaluation_corpora_train.jsonl") if row["corpus"] == "AskUbuntu"]
    told = examiner.by_folds([Phrase(row["text"], row["intent"]) for row in own])
    assert told["accuracy_no_threshold"] >= 0.92  # 0.94
