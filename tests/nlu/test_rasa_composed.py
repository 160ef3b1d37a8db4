"""Understanders in order: rules always win, a Rasa server names what they leave open, the own model steps in for it."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.plain import from_plain, to_plain
from bot.dialog.understanding import Understanding
from bot.nlu.composed import Composed
from bot.nlu.pipeline import Pipeline
from bot.nlu.rasa import FAILURES, RasaUnderstander, Server
from bot.ports.clock import VirtualClock
from bot.ports.understander import Hints
from bot.store.codec import decode, encode
from tests.nlu.rasa_server import RasaServer

PRINTER = "mon imprimante IMP-RH-02 ne répond plus"


@pytest.fixture
def server() -> Iterator[RasaServer]:
    with RasaServer() as running:
        yield running


@pytest.fixture
def rasa(server: RasaServer) -> Iterator[RasaUnderstander]:
    clock = VirtualClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
    with RasaUnderstander(Server(server.url), clock) as understander:
        yield understander


@pytest.fixture
def composed(pipeline: Pipeline, rasa: RasaUnderstander) -> Composed:
    """["rasa", "own"]."""
    return Composed(pipeline, (rasa,))


@pytest.fixture
def alone(pipeline: Pipeline, rasa: RasaUnderstander) -> Composed:
    """["rasa"]."""
    return Composed(pipeline, (rasa,), falls_back=False)


def test_rasa_names_the_topic(server: RasaServer, composed: Composed, hints: Hints) -> None:
    server.knows(PRINTER, ("hardware_broken", 0.95), ("printer", 0.04))
    told = composed.understand(f"Bonjour,\n{PRINTER}\n\nMerci d'avance", replace(hints, channel="email"))
    assert server.texts == [PRINTER]
    assert (told.intent, round(told.confidence, 2), told.by) == ("hardware_broken", 0.95, "rasa")
    assert [one.intent for one in told.ranking] == ["hardware_broken", "printer"]
    assert composed.parse(PRINTER, hints)["by"] == "rasa"


@pytest.mark.parametrize("fault", ["error", "no_model", "broken", "another_text"])
def test_where_rasa_fails_the_own_model_answers_that_message(
    server: RasaServer, composed: Composed, pipeline: Pipeline, hints: Hints, fault: str
) -> None:
    server.fault = fault
    told = composed.understand(PRINTER, hints)
    assert told == pipeline.understand(PRINTER, hints)
    assert (told.intent, told.by) == ("printer", "model")


def test_where_rasa_is_alone_and_fails_the_topic_stays_open(server: RasaServer, alone: Composed, hints: Hints) -> None:
    server.stop()
    told = alone.understand(PRINTER, hints)
    assert (told.intent, told.ranking, told.by, told.out_of_scope) == (None, (), "rules", False)
    assert [one.value for one in told.entities] == ["printer", "IMP-RH-02"]


def test_what_rasa_would_not_act_on_is_left_to_the_own_model(
    server: RasaServer, composed: Composed, hints: Hints
) -> None:
    server.knows(PRINTER, ("vpn", 0.5), ("printer", 0.3))  # below its threshold: nlu_fallback leads
    assert (composed.understand(PRINTER, hints).intent, composed.understand(PRINTER, hints).by) == ("printer", "model")
    server.knows(PRINTER, ("satisfied", 0.9), ("vpn", 0.1))  # a mood is no topic
    assert composed.understand(PRINTER, hints).by == "model"


def test_where_rasa_is_alone_its_fallback_is_asked_about(server: RasaServer, alone: Composed, hints: Hints) -> None:
    server.knows(PRINTER, ("printer", 0.5), ("hardware_broken", 0.3))
    told = alone.understand(PRINTER, hints)
    assert (told.intent, told.by, told.out_of_scope) == (None, "rasa", False)
    assert [one.intent for one in told.ranking] == ["printer", "hardware_broken"]


def test_the_same_costs_decide(server: RasaServer, composed: Composed, hints: Hints) -> None:
    server.knows(PRINTER, ("printer", 0.61), ("hardware_broken", 0.35), ("vpn", 0.02))
    assert composed.understand(PRINTER, hints).intent is None  # a rival: ask
    server.knows(PRINTER, ("printer", 0.61), ("hardware_broken", 0.05))
    assert composed.understand(PRINTER, hints).intent == "printer"  # what is left unnamed is no rival


def test_what_rasa_takes_for_no_business_of_ours_is_refused(
    server: RasaServer, composed: Composed, hints: Hints
) -> None:
    server.knows(PRINTER, ("out_of_scope", 0.97), ("printer", 0.02))
    told = composed.understand(PRINTER, hints)
    assert (told.out_of_scope, told.intent, told.by) == (True, "out_of_scope", "rasa")
    assert composed.understand(PRINTER, replace(hints, topic="printer")).intent != "printer"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("j'ai cliqué sur un lien de phishing et donné mon mot de passe", ""),
        ("humain", ""),
        ("oui", "vpn"),
        ("toujours pas", "vpn"),
        ("Hola, mi ordenador no funciona desde hoy", ""),
        ("123 456", ""),
    ],
)
def test_what_rules_are_sure_of_is_not_asked(
    server: RasaServer, composed: Composed, pipeline: Pipeline, hints: Hints, text: str, topic: str
) -> None:
    told = composed.understand(text, replace(hints, topic=topic))
    assert told == pipeline.understand(text, replace(hints, topic=topic))
    assert (server.asked, told.by) == ([], "rules")


def test_what_rules_read_stands_whatever_rasa_says(server: RasaServer, composed: Composed, hints: Hints) -> None:
    text = "je veux parler à un humain, mon vpn ne marche pas !!! c'est inadmissible, putain"
    server.knows(text, ("greeting", 0.99))
    told = composed.understand(text, hints)
    assert (told.wants_human, told.frustrated, told.lang) == (True, True, "fr")


@pytest.mark.parametrize(
    ("text", "threat"),
    [
        ("my charger melted a bit and it smells weird", "danger"),
        ("somebody logged into my mailbox from Nigeria and it was not me", "acted"),
    ],
)
def test_the_models_signals_listen_when_rasa_names_the_topic(
    server: RasaServer, composed: Composed, hints: Hints, text: str, threat: str
) -> None:
    server.knows(text, ("email_outlook", 0.99))
    told = composed.understand(text, replace(hints, lang="en"))
    assert told.threat == threat
    heard = threat != "danger"
    assert (told.intent, told.by) == (("phishing_security", "model") if heard else ("email_outlook", "rasa"))


def test_entities_of_both_are_merged_the_rules_first(server: RasaServer, composed: Composed, hints: Hints) -> None:
    text = "mon  imprimante IMP-RH-02\nest bloquée sur le Mac du labo Curie"
    sent = " ".join(text.split())
    entities = [
        {"entity": "asset", "text": "bloquée"},
        {"entity": "site", "text": "labo Curie"},
        {"entity": "colour", "text": "Mac"},
    ]
    server.knows(sent, ("printer", 0.99), entities=entities)
    told = composed.understand(f"Bonjour, {text}", hints)
    assert [(one.name, one.value) for one in told.entities] == [
        ("device", "printer"),
        ("asset", "IMP-RH-02"),
        ("os", "macos"),
        ("site", "labo Curie"),
    ]
    site = told.entities[-1]
    assert f"Bonjour, {text}"[site.start : site.end] == "labo Curie"


def test_entities_keep_their_places_where_accents_stand_apart(
    server: RasaServer, composed: Composed, hints: Hints
) -> None:
    text = unicodedata.normalize("NFD", "l'imprimante est bloquée à l'étage du pôle média")
    sent = unicodedata.normalize("NFC", text)
    server.knows(sent, ("printer", 0.99), entities=[{"entity": "site", "text": "pôle média"}])
    told = composed.understand(text, hints)
    (site,) = (one for one in told.entities if one.name == "site")
    assert unicodedata.normalize("NFC", text[site.start : site.end]) == site.value == "pôle média"


def test_several_problems_are_named_by_rasa_too(server: RasaServer, composed: Composed, hints: Hints) -> None:
    text = "Mon VPN affiche l'erreur 809. L'imprimante IMP-RH-02 est bloquée"
    server.knows(text, ("vpn", 0.7), ("printer", 0.3), entities=[{"entity": "site", "text": "IMP-RH-02"}])
    server.knows("Mon VPN affiche l'erreur 809", ("remote_access", 0.9))
    server.knows("L'imprimante IMP-RH-02 est bloquée", ("printer", 0.9))
    told = composed.understand(text, hints)
    assert [one.intent for one in told.problems] == ["remote_access", "printer"]
    assert [one.name for one in told.problems[1].entities] == ["device", "asset", "site"]
    assert told.by == "rasa"


def test_parts_that_rasa_cannot_name_are_not_told_apart(server: RasaServer, composed: Composed, hints: Hints) -> None:
    text = "Mon VPN affiche l'erreur 809. L'imprimante IMP-RH-02 est bloquée"
    server.knows(text, ("vpn", 0.95), ("printer", 0.03))
    told = composed.understand(text, hints)
    assert (told.problems, told.intent) == ((), "vpn")


def test_only_masked_text_leaves_the_house(server: RasaServer, composed: Composed, hints: Hints) -> None:
    told = composed.parse("mon mot de passe est Soleil2024! et mon vpn le refuse", hints)
    assert told["secrets"]
    assert len(server.texts) == 1
    composed.understand("mon mot de passe est\nSoleil2024!", hints)  # masked one by one, a burst can still hold it
    assert "Soleil" not in json.dumps([str(one) for one in server.asked])


def test_while_it_is_left_alone_messages_are_answered_without_it(
    server: RasaServer, composed: Composed, hints: Hints
) -> None:
    server.fault = "error"
    told = [composed.understand(PRINTER, hints) for _ in range(FAILURES + 3)]
    assert {one.by for one in told} == {"model"}
    assert len(server.asked) == FAILURES


@pytest.fixture(scope="module")
def answering() -> Iterator[RasaUnderstander]:
    clock = VirtualClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
    with RasaServer() as running, RasaUnderstander(Server(running.url), clock) as understander:
        yield understander


@given(st.text(max_size=200) | st.text(alphabet="/ .,\nmonvpé", max_size=60))
def test_any_text_is_understood(pipeline: Pipeline, answering: RasaUnderstander, text: str) -> None:
    hints = Hints(datetime(2026, 1, 5, 9, tzinfo=UTC), lang="fr")
    told = Composed(pipeline, (answering,)).understand(text, hints)
    assert from_plain(Understanding, to_plain(told)) == told
    assert answering.standing.failures == 0


def test_who_named_the_topic_is_stored_and_old_events_read_without_it() -> None:
    told = Understanding(intent="vpn", by="rasa")
    assert decode(Understanding, *encode(told)) == told
    assert decode(Understanding, '{"v":1,"intent":"vpn"}', None) == Understanding(intent="vpn")
