"""What a Rasa server answers is read strictly: names and values as ours, anything odd as no answer."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.understanding import Ranked
from bot.nlu.composed import Found
from bot.nlu.rasa_answer import Names, OddError, question, read_answer
from tests.nlu.rasa_server import dumped, meaning, recorded


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
