"""Which choice a person's words mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.choices import answer, by_number, chosen, hinted, plainly, typed
from bot.dialog.flow import Choice, SlotSpec
from bot.dialog.understanding import Act, Entity, Understanding

SCOPE = SlotSpec(
    "affected",
    "categorical",
    ("one", "several", "everyone"),
    {"one": ("just me",), "several": ("my team", "tout le service"), "everyone": ("the whole site",)},
)
CHOICES = (Choice({"en": "Just me"}, "one"), Choice({"en": "Some colleagues"}, "several"))
SWITCH = SlotSpec("webmail_works", "bool", words={"true": ("it opens",), "false": ("it does not open",)})


@pytest.mark.parametrize("text", ["2", "2.", "2)", "le 2", "option 2", "The 2"])
def test_a_number_counts_the_choices(text: str) -> None:
    assert by_number(text, 3) == 1


@pytest.mark.parametrize("text", ["0", "4", "22", "two", "", "2 3"])
def test_a_number_of_no_choice_is_none(text: str) -> None:
    assert by_number(text, 3) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("just me", "one"),
        ("JUST ME!", "one"),
        ("well, some colleagues as well", "several"),
        ("the whole site", "everyone"),
        ("Tout le Service", "several"),
        ("1", "one"),
    ],
)
def test_labels_values_and_words_choose(text: str, value: str) -> None:
    assert chosen(text, CHOICES, SCOPE) == value


@pytest.mark.parametrize("text", ["", "maybe", "phone", "3", "noone"])
def test_anything_else_chooses_nothing(text: str) -> None:
    assert chosen(text, CHOICES, SCOPE) is None


def test_the_longest_way_to_say_it_wins_and_a_tie_is_none() -> None:
    assert chosen("my team, not just me", CHOICES, SCOPE) is None
    assert chosen("the whole site, my team too", CHOICES, SCOPE) == "everyone"


def test_a_hint_is_the_longest_way_to_say_a_value() -> None:
    assert hinted("this is for my team since monday", SCOPE) == "several"
    assert hinted("my team and the whole site", SCOPE) == "everyone"


def test_two_hints_of_equal_length_tell_nothing() -> None:
    doors = SlotSpec("door", "categorical", ("a", "b"), {"a": ("green door",), "b": ("black door",)})
    assert hinted("neither the green door nor the black door opens", doors) is None


def test_an_entity_of_the_slots_name_answers() -> None:
    spec = SlotSpec("os", "categorical", ("windows", "macos"))
    meant = Understanding(entities=(Entity("os", "macos"),))
    assert answer("on my machine", meant, (), spec) == "macos"
    assert answer("on my machine", Understanding(entities=(Entity("os", "beos"),)), (), spec) is None


@pytest.mark.parametrize(("value", "kept"), [("true", True), ("false", False), ("yes", True), ("no", False)])
def test_a_bool_is_kept_as_one(value: str, kept: bool) -> None:
    assert typed(value, SWITCH) is kept
    assert typed(value, SCOPE) == value


def test_a_bool_is_told_by_words_or_by_yes_and_no() -> None:
    assert answer("it opens", Understanding(), (), SWITCH) is True
    assert answer("it does not open", Understanding(), (), SWITCH) is False
    assert answer("yes", Understanding(acts=(Act.YES,)), (), SWITCH) is True
    assert answer("nope", Understanding(acts=(Act.NO,)), (), SWITCH) is False
    assert answer("blue", Understanding(), (), SWITCH) is None


@pytest.mark.parametrize(("text", "number"), [("3,5 GB", 3.5), ("about 12", 12.0), ("-1", -1.0), ("none", None)])
def test_a_number_is_read_from_words(text: str, number: float | None) -> None:
    assert answer(text, Understanding(), (), SlotSpec("size", "float")) == number


def test_a_free_answer_is_taken_as_it_is_but_thanks_are_none() -> None:
    spec = SlotSpec("message_shown", free_text=True)
    assert answer("  it says\n 'no' ", Understanding(), (), spec) == "it says 'no'"
    assert answer("thanks", Understanding(acts=(Act.THANKS,)), (), spec) is None
    assert answer("   ", Understanding(), (), spec) is None


@given(st.text())
def test_no_text_makes_choosing_raise(text: str) -> None:
    chosen(text, CHOICES, SCOPE)
    hinted(text, SCOPE)
    answer(text, Understanding(), CHOICES, SCOPE)
    assert plainly(plainly(text)) == plainly(text)
