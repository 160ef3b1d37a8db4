"""How well topics are understood: on phrases that the model had not seen, and without the sentence encoder."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.nlu.calibration import Costs
from bot.nlu.encoder import Encoder
from bot.nlu.gloss import glossed
from bot.nlu.learning import learn
from bot.nlu.phrases import Phrase, Phrases, read_phrases
from bot.nlu.pipeline import Pipeline
from bot.nlu.training import judge_unseen, schoolbook, solve
from bot.ports.understander import Hints
from tests.nlu.lists import listed


@pytest.fixture(scope="module")
def seed(shared: Path) -> tuple[Phrase, ...]:
    return read_phrases([shared / "data" / "nlu" / "helpdesk_seed.jsonl"]).phrases


@pytest.mark.shared
def test_the_seed_judges_itself_well_by_parts(seed: tuple[Phrase, ...], encoder: Encoder) -> None:
    book = schoolbook([replace(one, text=glossed(one.text)) for one in seed], [encoder])
    unseen = judge_unseen(book, solve(book))
    assert unseen.is_hit[unseen.of_ours].mean() >= 0.8  # eight phrases a topic and language, six of them to learn from


@pytest.mark.shared
def test_what_is_learned_in_english_is_understood_in_french(seed: tuple[Phrase, ...], encoder: Encoder) -> None:
    model = learn(Phrases(tuple(one for one in seed if one.lang == "en")), (encoder,), Costs())
    pipeline = Pipeline(model, (encoder,))
    french = [one for one in seed if one.lang == "fr"]
    right = sum(pipeline.topics(one.text)[one.intent] == max(pipeline.topics(one.text).values()) for one in french)
    assert right / len(french) >= 0.9


def rows() -> list[list[str]]:
    return listed("messages.txt", fields=2)


def test_messages_that_stand_in_no_training_file_are_understood(pipeline: Pipeline, hints: Hints) -> None:
    told = [(intent, pipeline.understand(text, hints)) for intent, text in rows()]
    tops = [[one.intent for one in each.ranking] for _, each in told]
    first = sum(intent in top[:1] for (intent, _), top in zip(told, tops, strict=True))
    among = sum(intent in top[:3] for (intent, _), top in zip(told, tops, strict=True))
    acted = [(intent, each.intent) for intent, each in told if each.intent]
    assert first / len(told) >= 0.92
    assert among / len(told) >= 0.97
    assert sum(intent == taken for intent, taken in acted) / len(acted) >= 0.95


@pytest.mark.parametrize(("lang", "first", "three"), [("fr", 0.9, 0.96), ("en", 0.96, 0.98)])
def test_messages_that_nobody_has_read_are_understood(
    lang: str, first: float, three: float, pipeline: Pipeline, hints: Hints
) -> None:
    unseen = [(topic, text) for topic, spoken, text in listed("unseen.txt") if spoken == lang]
    told = [(topic, pipeline.understand(text, replace(hints, lang=lang))) for topic, text in unseen]
    tops = [(topic, [one.intent for one in each.ranking[:3]] or [each.intent or ""]) for topic, each in told]
    assert sum(topic == top[0] for topic, top in tops) / len(tops) >= first
    assert sum(topic in top for topic, top in tops) / len(tops) >= three


def test_security_and_the_wish_for_a_human_are_never_missed(pipeline: Pipeline, hints: Hints) -> None:
    for intent, text in rows():
        told = pipeline.understand(text, hints)
        if intent == "phishing_security":
            assert told.intent == intent, text
        if intent == "human_request":
            assert told.wants_human, text


def test_without_the_encoder_most_topics_are_still_understood(training_files: list[Path], hints: Hints) -> None:
    read = read_phrases(training_files)
    pipeline = Pipeline(learn(read, (), Costs()))
    assert pipeline.degraded
    told = [(intent, pipeline.understand(text, hints).ranking) for intent, text in rows()]
    right = sum(bool(ranking) and ranking[0].intent == intent for intent, ranking in told)
    assert right / len(told) >= 0.75
