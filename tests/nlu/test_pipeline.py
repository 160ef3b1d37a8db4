"""A message is understood whole: topic, several problems, acts that are none, threats, any text."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.plain import from_plain, to_plain
from bot.dialog.understanding import Act, Understanding
from bot.nlu.model import load
from bot.nlu.phrases import TrainingError
from bot.nlu.pipeline import Pipeline, build
from bot.ports.understander import Hints


def test_a_first_message_is_understood(pipeline: Pipeline, hints: Hints) -> None:
    told = pipeline.parse("Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11", hints)
    assert (told["intent"], told["lang"]) == ("vpn", "fr")
    assert told["confidence"] > 0.9
    assert {one["name"]: one["value"] for one in told["entities"]} == {
        "os": "windows",
        "os_version": "11",
        "error_code": "809",
        "since": "2026-01-05T08:00+01:00",
    }


def test_parsing_tells_all_that_the_contract_names_and_no_secret(pipeline: Pipeline, hints: Hints) -> None:
    told = pipeline.parse("mon mot de passe est Soleil2024! et il est refusé", hints)
    named = "text lang intent confidence ranking entities out_of_scope wants_human frustrated secrets"
    assert set(re.findall(r"\w+", named)) <= told.keys()
    assert told["secrets"] == [{"start": 21, "end": 32, "kind": "password"}]
    assert "Soleil" not in json.dumps(told)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("mon VPN ne marche plus et l'imprimante est bloquée", ["vpn", "printer"]),
        ("My printer is jammed. Also, Outlook does not open since yesterday", ["printer", "email_outlook"]),
        ("J'ai redémarré mon PC et changé de mot de passe mais le VPN ne marche pas", []),
        ("Outlook demande mon mot de passe en boucle", []),
        ("bonjour, mon wifi ne marche pas, merci", []),
    ],
)
def test_several_problems_are_told_apart_and_one_stays_one(
    pipeline: Pipeline, hints: Hints, text: str, intents: list[str]
) -> None:
    assert [one.intent for one in pipeline.understand(text, hints).problems] == intents


def test_each_problem_keeps_its_own_entities(pipeline: Pipeline, hints: Hints) -> None:
    text = "Mon VPN affiche l'erreur 809. L'imprimante IMP-RH-02 est bloquée."
    told = pipeline.understand(text, hints)
    assert [[one.value for one in problem.entities] for problem in told.problems] == [["809"], ["printer", "IMP-RH-02"]]


def test_a_message_that_is_only_an_act_names_no_problem(pipeline: Pipeline, hints: Hints) -> None:
    during = replace(hints, topic="vpn")
    for text in (
        "oui",
        "merci",
        "je ne sais pas",
        "ça marche",
        "toujours pas",
        "annuler",
        "non merci",
        "pas maintenant",
    ):
        assert pipeline.understand(text, during).intent is None, text


def test_it_does_not_work_is_unclear_before_anything_is_talked_about(pipeline: Pipeline, hints: Hints) -> None:
    assert pipeline.understand("ça ne marche pas", hints).intent == "unclear"


@pytest.mark.parametrize("text", ["humain", "I want to talk to a person", "passez-moi un technicien"])
def test_a_human_is_asked_for(pipeline: Pipeline, hints: Hints, text: str) -> None:
    told = pipeline.understand(text, hints)
    assert (told.wants_human, told.intent) == (True, "human_request")


def test_a_problem_told_with_an_act_keeps_both(pipeline: Pipeline, hints: Hints) -> None:
    told = pipeline.understand("bonjour, je veux parler à un humain, mon vpn ne marche pas", hints)
    assert (told.intent, told.wants_human) == ("vpn", True)
    assert Act.GREETING in told.acts


@pytest.mark.parametrize(
    "text",
    [
        "quelle est la capitale de l'Espagne",
        "what is the weather in London tomorrow",
        "recette de gâteau au chocolat",
        "tell me a story",
    ],
)
def test_what_is_no_business_of_the_desk_is_out_of_scope(pipeline: Pipeline, hints: Hints, text: str) -> None:
    assert pipeline.understand(text, hints).out_of_scope


@pytest.mark.parametrize(
    "text", ["asdkjh qsd", "zzz", "??", "🤷🤷", "123 456 789", "Hola, mi ordenador no funciona desde hoy"]
)
def test_what_says_nothing_to_us_is_left_open(pipeline: Pipeline, hints: Hints, text: str) -> None:
    told = pipeline.understand(text, hints)
    assert (told.intent, told.out_of_scope) == (None, False)


def test_a_threat_is_the_topic_whatever_the_words_of_the_scam(pipeline: Pipeline, hints: Hints) -> None:
    text = "J'ai reçu ce mail suspect : « votre mot de passe a expiré, cliquez ici pour garder votre compte VPN »"
    told = pipeline.understand(text, hints)
    assert (told.intent, told.threat) == ("phishing_security", "received")


def test_a_short_answer_does_not_change_the_subject(pipeline: Pipeline, hints: Hints) -> None:
    during = replace(hints, topic="vpn")
    for text in ("windows", "Cisco", "depuis hier", "macOS Sonoma", "tout le monde", "le wifi", "à la maison"):
        assert pipeline.understand(text, during).intent in (None, "vpn"), text


@given(st.text(max_size=300))
def test_any_text_is_understood_and_survives_json(pipeline: Pipeline, text: str) -> None:
    from datetime import datetime

    told = pipeline.understand(text, Hints(datetime.fromisoformat("2026-01-05T09:00+01:00")))
    assert from_plain(Understanding, to_plain(told)) == told


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\x00\ud800\u202e" * 2_000, "مرحبا حاسوبي لا يعمل", "🙂" * 10_000])
def test_odd_texts_are_understood_too(pipeline: Pipeline, hints: Hints, text: str) -> None:
    assert pipeline.understand(text, hints).threat is None


def test_the_model_is_learned_once_and_then_read(training_files: list[Path], home: Path, pipeline: Pipeline) -> None:
    told: list[str] = []
    again = build(training_files, home, pipeline.encoders, progress=told.append)
    assert told == []
    assert again.model.calibration == pipeline.model.calibration
    assert np.array_equal(again.model.words, pipeline.model.words)


def test_a_spoiled_cache_is_made_again(
    training_files: list[Path], tmp_path: Path, pipeline: Pipeline, home: Path
) -> None:
    (held,) = (home / "cache").glob("nlu-*.npz")
    spoiled = tmp_path / "cache" / held.name
    spoiled.parent.mkdir()
    spoiled.write_bytes(b"not a model")
    told: list[str] = []
    build(training_files, tmp_path, pipeline.encoders, progress=told.append)
    assert "cannot be read" in told[0]
    assert np.array_equal(load(spoiled).words, pipeline.model.words)  # learned twice, the same to the last bit


def test_training_files_that_cannot_be_used_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("nlu: [", encoding="utf-8")
    with pytest.raises(TrainingError) as caught:
        build([tmp_path / "a.yml", tmp_path / "b.yml"], tmp_path, ())
    assert len(caught.value.faults) == 2


def test_serving_does_not_load_the_learning_library(training_files: list[Path], home: Path, pipeline: Pipeline) -> None:
    code = (
        "import sys; from pathlib import Path;"
        "from bot.nlu.encoders import load_encoders; from bot.nlu.pipeline import build;"
        "home = Path(sys.argv[1]); encoders = load_encoders(cache=home / 'cache').found;"
        "build([Path(p) for p in sys.argv[2:]], home, encoders);"
        "sys.exit('scipy' in sys.modules)"
    )
    files = [str(file) for file in training_files]
    assert subprocess.run([sys.executable, "-c", code, str(home), *files], check=False).returncode == 0
