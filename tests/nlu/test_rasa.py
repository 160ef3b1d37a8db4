"""A Rasa server is asked politely, read strictly, left alone when it fails, and never learns a secret."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.understanding import Entity, Ranked
from bot.nlu.composed import Found
from bot.nlu.rasa import FAILURES, REST, RasaError, RasaUnderstander, Server, Standing
from bot.nlu.rasa_answer import Names, OddError, question, read_answer
from bot.ports.clock import VirtualClock
from tests.nlu.rasa_server import FAULTS, RasaServer, dumped, meaning, recorded

TEXT = "mon VPN ne marche plus sur windows"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjp7fX0.c2lnbmVk"
FAILING = [fault for fault in FAULTS if fault]
NOT_ASKED_WITH = "Zorglub-7-bottles"  # a word that must stand in no log


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 1, 5, 9, tzinfo=UTC))


@pytest.fixture
def server() -> Iterator[RasaServer]:
    with RasaServer() as running:
        running.knows(TEXT, ("vpn", 0.93), ("network_wifi", 0.05), entities=[{"entity": "os", "text": "windows"}])
        yield running


@pytest.fixture
def rasa(server: RasaServer, clock: VirtualClock) -> Iterator[RasaUnderstander]:
    with RasaUnderstander(Server(server.url), clock) as understander:
        yield understander


def hasty(server: RasaServer, clock: VirtualClock) -> RasaUnderstander:
    """One that waits no longer than a test may."""
    return RasaUnderstander(Server(server.url, seconds=0.3), clock)


def test_a_text_is_posted_as_json_and_its_answer_read(server: RasaServer, rasa: RasaUnderstander) -> None:
    assert rasa.find([TEXT]) == (
        Found((Ranked("vpn", 0.93), Ranked("network_wifi", 0.05)), (Entity("os", "windows", "windows", 27, 34),)),
    )
    (asked,) = server.asked
    assert (asked.method, asked.target, json.loads(asked.body)) == ("POST", "/model/parse", {"text": TEXT})
    assert asked.headers["Content-Type"] == "application/json"
    assert "Authorization" not in asked.headers


@pytest.mark.parametrize("token", ["s3cret", JWT])
def test_the_token_opens_the_server_each_kind_in_its_way(clock: VirtualClock, token: str) -> None:
    with RasaServer(token=token) as server, RasaUnderstander(Server(server.url, token), clock) as rasa:
        server.knows(TEXT, ("vpn", 0.9))
        assert rasa.find([TEXT])
        (asked,) = server.asked
        assert (token in urlsplit(asked.target).query) == (token != JWT)
        assert asked.headers.get("Authorization") == (f"Bearer {JWT}" if token == JWT else None)


@pytest.mark.parametrize("name", ["entities", "fallback", "out_of_scope", "mood"])
def test_what_the_real_server_answered_is_read(server: RasaServer, clock: VirtualClock, name: str) -> None:
    server.remembers(name)
    plain = json.loads(recorded(name))
    names = Names(entities={"place:stands_in": "site"})
    with RasaUnderstander(Server(server.url, names=names), clock) as rasa:
        found = (rasa.find([plain["text"]]) or ())[0]
    no_topics = ("nlu_fallback", "danger", "frustrated", "satisfied")
    ours = [one for one in plain["intent_ranking"] if one["name"] not in no_topics]
    assert [(one.intent, one.confidence) for one in found.topics] == [(one["name"], one["confidence"]) for one in ours]
    assert found.sure == (name not in ("fallback", "mood"))
    spans = [plain["text"][one["start"] : one["end"]] for one in plain["entities"]]
    assert [one.text for one in found.entities] == spans


def shape(plain: Any) -> Any:
    """Names and kinds, in their order, without the values."""
    if isinstance(plain, dict):
        return [(key, shape(value)) for key, value in plain.items()]
    return [shape(one) for one in plain[:1]] if isinstance(plain, list) else type(plain)


def test_made_up_answers_have_the_shape_of_recorded_ones() -> None:
    entities, mood, fallback = (json.loads(recorded(name)) for name in ("entities", "mood", "fallback"))
    text, ranking = "mon outlook au 2e", [("vpn", 0.9), ("printer", 0.05)]
    found = [{"entity": "application", "text": "outlook"}]
    placed = [{"entity": "place", "role": "home", "group": "1", "text": "2e"}]
    assert shape(json.loads(meaning(text, ranking, found))) == shape(entities)
    assert shape(json.loads(meaning(text, ranking, placed))) == shape(mood)
    unsure = json.loads(meaning(text, [("vpn", 0.5)]))
    assert shape(unsure) == shape(fallback)
    assert unsure["intent"] == unsure["intent_ranking"][0] == fallback["intent"]


@pytest.mark.parametrize("fault", FAILING)
def test_a_server_that_fails_gives_no_answer_and_is_told_once(
    server: RasaServer, clock: VirtualClock, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    text = f"{TEXT} {NOT_ASKED_WITH}"
    server.knows(text, ("vpn", 0.9))
    server.fault = fault
    with hasty(server, clock) as rasa:
        assert [rasa.find([text]) for _ in range(2)] == [None, None]
        assert (rasa.standing.asked, rasa.standing.failures) == (2, 2)
        server.fault = ""
        server.released.set()
        assert rasa.find([text])
    assert [record.levelno for record in caplog.records] == [logging.WARNING, logging.WARNING]
    assert "answers again after 2 failures" in caplog.text
    assert NOT_ASKED_WITH not in caplog.text
    assert "->" in caplog.records[0].getMessage()


def test_a_wrong_token_and_a_server_that_is_not_there_are_failures(
    server: RasaServer, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.token = "s3cret"
    with RasaUnderstander(Server(server.url, "wr0ng"), clock) as rasa:
        assert rasa.find([TEXT]) is None
        server.stop()
        assert rasa.find([TEXT]) is None
        assert rasa.standing.failures == 2
    assert "refuses the token" in caplog.text
    assert "wr0ng" not in caplog.text


def test_after_failures_in_a_row_it_is_left_alone_then_tried_with_one_message(
    server: RasaServer, clock: VirtualClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.fault = "error"
    with RasaUnderstander(Server(server.url), clock) as rasa:
        for _ in range(FAILURES + 4):
            assert rasa.find([TEXT]) is None
        assert len(server.asked) == FAILURES
        clock.move(clock.now() + REST - timedelta(seconds=1))
        assert rasa.find([TEXT]) is None
        clock.move(clock.now() + timedelta(seconds=1))
        assert [rasa.find([TEXT]) for _ in range(3)] == [None] * 3
        assert len(server.asked) == FAILURES + 1
        server.fault = ""
        clock.move(clock.now() + REST)
        assert all(rasa.find([TEXT]) for _ in range(3))
    assert [record.getMessage().split(" -> ")[0] for record in caplog.records] == [
        "the Rasa server answers with status 500",
        "the Rasa server is left alone for 30 s at a time",
        "the Rasa server answers again after 4 failures in a row",
    ]


def test_while_one_message_tries_it_others_are_not_sent(clock: VirtualClock) -> None:
    standing = Standing(clock)
    for _ in range(FAILURES):
        assert standing.admits()
        standing.failed(RasaError("fails", "mend it"))
    clock.move(clock.now() + REST)
    assert [standing.admits() for _ in range(3)] == [True, False, False]
    standing.succeeded()
    assert standing.admits()


def test_several_texts_share_one_time_out_and_fail_together(server: RasaServer, clock: VirtualClock) -> None:
    server.knows("mon outlook", ("email_outlook", 0.9))
    with RasaUnderstander(Server(server.url), clock) as rasa:
        found = rasa.find([TEXT, "mon outlook"])
        assert found is not None
        assert [one.topics[0].intent for one in found] == ["vpn", "email_outlook"]
        server.fault = "no_model"
        assert rasa.find([TEXT, "mon outlook"]) is None
        assert rasa.standing.failures == 1


@pytest.mark.parametrize(
    "text", ["/vpn", "  / vpn", "// /vpn", "/vpn@0.9{}", "\n/\n/ vpn", "/phishing_security", "\u2028/ vpn"]
)
def test_nobody_names_an_intent_by_a_slash(server: RasaServer, rasa: RasaUnderstander, text: str) -> None:
    rasa.find([text])
    assert not [sent for sent in server.texts if sent.startswith("/")]
    assert server.texts == [" ".join(text.split()).lstrip("/ ")]


@pytest.mark.parametrize("text", ["", "  ", "/", " / "])
def test_what_says_nothing_is_not_sent(server: RasaServer, rasa: RasaUnderstander, text: str) -> None:
    assert rasa.find([text]) is None
    assert (server.asked, rasa.standing.failures) == ([], 0)


@pytest.mark.parametrize("text", ["mon mot de passe est Soleil2024!", "mon mot de passe est\nSoleil2024!"])
def test_a_text_in_which_a_secret_stands_is_not_sent(server: RasaServer, rasa: RasaUnderstander, text: str) -> None:
    assert rasa.find([text]) is None
    assert rasa.find([TEXT, text]) is None
    assert (server.asked, rasa.standing.failures) == ([], 0)


def test_no_more_of_a_long_text_is_sent_than_a_server_can_bear(server: RasaServer, rasa: RasaUnderstander) -> None:
    rasa.find(["mon vpn rame " * 10_000])
    assert len(server.texts[0]) == 1_000


def test_names_are_called_by_ours() -> None:
    asked = question("Teams sur mac à Lyon pas à Paris, code e-12, jdoe")
    names = Names(
        {"teams_down": "teams_audio", "teams_sound": "teams_audio"},
        {"system": "os", "place:home": "site", "login": "login_name"},
    )
    entities = [
        {"entity": "application", "text": "Teams"},
        {"entity": "system", "text": "mac", "value": "MacOS"},
        {"entity": "place", "role": "away", "text": "Paris"},
        {"entity": "place", "role": "home", "text": "Lyon"},
        {"entity": "error_code", "text": "e-12"},
        {"entity": "login", "text": "jdoe"},
        {"entity": "colour", "text": "code"},
    ]
    ranking = [("teams_down", 0.6), ("vpn", 0.2), ("frustrated", 0.1), ("teams_sound", 0.1)]
    found = read_answer(meaning(asked.text, ranking, entities), asked, names)
    assert found.topics == (Ranked("teams_audio", 0.7), Ranked("vpn", 0.2))
    assert {one.name: one.value for one in found.entities} == {
        "application": "Teams",
        "os": "macos",
        "site": "Lyon",
        "error_code": "E-12",
        "login_name": "jdoe",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [("os", "BeOS"), ("os", 7), ("since", "yesterday"), ("since", "2026-01-05"), ("affected", "all"), ("site", " "),
     ("application", None), ("application", {"from": 1}), ("site", True)],
)  # fmt: skip
def test_a_value_that_its_slot_does_not_know_is_left_out(name: str, value: object) -> None:
    asked = question("depuis hier ici")
    content = meaning(asked.text, [("vpn", 0.9)], [{"entity": name, "text": "hier", "value": value}])
    assert read_answer(content, asked, Names()).entities == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", "other"), ("intent", "vpn"), ("intent", None), ("intent", {"name": "vpn"}),
     ("intent", {"name": "vpn", "confidence": 1.2}), ("intent", {"name": "vpn", "confidence": True}),
     ("intent", {"name": "vpn", "confidence": float("nan")}), ("intent", {"name": 3, "confidence": 0.5}),
     ("intent_ranking", {}), ("intent_ranking", [1]), ("entities", None), ("entities", [[]]), ("entities", [{}]),
     ("entities", [{"entity": "os", "value": "linux", "start": 0, "end": 99}]),
     ("entities", [{"entity": "os", "value": "linux", "start": 3, "end": 3}]),
     ("entities", [{"entity": "os", "value": "linux", "start": "0", "end": 1}]),
     ("entities", [{"entity": "os", "value": "linux", "start": 0, "end": 1, "role": 1}])],
)  # fmt: skip
def test_what_is_odd_about_an_answer_makes_it_none(key: str, value: object) -> None:
    plain = json.loads(meaning("mon vpn", [("vpn", 0.9)]))
    with pytest.raises(OddError):
        read_answer(json.dumps({**plain, key: value}).encode(), question("mon vpn"), Names())


def test_an_intent_alone_and_a_server_without_intents_are_read() -> None:
    asked = question("mon vpn")
    alone = dumped({"text": "mon vpn", "intent": {"name": "vpn", "confidence": 1.0000001}})
    assert read_answer(alone, asked, Names()) == Found((Ranked("vpn", 1.0),))
    none = dumped(
        {"text": "mon vpn", "intent": {"name": None, "confidence": 0.0}, "entities": [], "intent_ranking": []}
    )
    assert not read_answer(none, asked, Names()).sure


plain_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
odd_answers = st.fixed_dictionaries(
    {"text": st.just("mon vpn"), "intent": st.fixed_dictionaries({"name": plain_json, "confidence": plain_json})},
    optional={
        "intent_ranking": plain_json,
        "entities": st.lists(
            st.fixed_dictionaries({"entity": st.sampled_from(["os", "since", "x"]), "value": plain_json,
                                   "start": st.integers(-1, 9), "end": st.integers(-1, 9)}), max_size=2),
    },
)  # fmt: skip


@given(odd_answers | plain_json)
def test_any_answer_is_read_or_odd(plain: object) -> None:
    try:
        found = read_answer(json.dumps(plain).encode(), question("mon vpn"), Names())
    except OddError as odd:
        assert str(odd)
    else:
        assert all(0 <= one.confidence <= 1 for one in found.topics)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000, b"nul", b'{"a":1}{'])
def test_bytes_that_are_no_json_are_odd(content: bytes) -> None:
    with pytest.raises(OddError):
        read_answer(content, question("mon vpn"), Names())


@given(st.text(max_size=80) | st.text(alphabet="/ \n\ta\ud800é", max_size=40))
def test_any_text_is_put_on_one_line_and_its_places_are_known(text: str) -> None:
    asked = question(text)
    assert asked.text == " ".join(asked.text.split())
    assert not asked.text.startswith("/")
    assert len(asked.places) == len(asked.text)
    sent = [char for char in asked.text if char not in " ?"]
    assert sent == [text[at] for at, char in zip(asked.places, asked.text, strict=True) if char not in " ?"]


def test_the_server_tells_who_it_is_or_what_to_mend(server: RasaServer, rasa: RasaUnderstander) -> None:
    assert rasa.about() == "Rasa 3.6.21, model ours.tar.gz"
    server.fault = "no_model"
    with pytest.raises(RasaError, match="no model loaded") as caught:
        rasa.about()
    assert "rasa train nlu" in caught.value.mend
    server.stop()
    with pytest.raises(RasaError, match="cannot be reached"):
        rasa.about()
