"""Predicates: what they mean, what is refused, and that no value or text can upset them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.condition import All, AnyOf, Compare, Empty, Literal, Name, Not, OneOf
from bot.dialog.predicate import Predicate, PredicateError, comparisons, holds, names_used, parse

NAMES = {
    "slots": {
        "os": "windows",
        "error_code": "809",
        "count": 3,
        "site": "unknown",
        "vip": True,
        "asked": False,
        "order_number": "",
        "devices": ["Laptop", "phone"],
        "zero": 0,
        "nothing": None,
    },
    "context": {"channel": "email", "open": False, "code": {"branch": "hotspot"}},
}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "slots.os",
        "not slots.site",
        "not slots.asked",
        "not slots.order_number",
        "not slots.nothing",
        "not slots.never_set",
        "slots.zero",
        "slots.vip",
        "slots.vip = true",
        "slots.site = unknown",
        "slots.os = windows",
        "slots.os = Windows",
        'slots.os == "windows"',
        "slots.os is windows",
        "slots.os is not macos",
        "slots.os != macos",
        'slots.error_code is {"691" "809"}',
        'slots.error_code is not {"691" "812"}',
        "slots.error_code = 809",
        "slots.error_code >= 800",
        "slots.count < 4",
        "slots.count > -1.5",
        "not slots.os > 3",
        "not slots.os < 3",
        "slots.nothing is null",
        "slots.never_set is undefined",
        "slots.order_number = empty",
        "slots.never_set = empty",
        "slots.os is not empty",
        "slots.devices contains laptop",
        'slots.os contains "wind"',
        "slots.os contains {mac wind}",
        'slots.error_code matches "^8[0-9]+$"',
        "slots.devices is not empty and not slots.devices matches x",
        'context.code.branch = "hotspot"',
        "context.code.meaning is undefined",
        "slots.os.deeper is undefined",
        "slots.os = macos or slots.os = linux or slots.vip",
        "not (slots.os = macos or slots.os = linux)",
        "not slots.os = macos",
        "True",
        "not False",
        "windows = slots.os",
    ],
)
def test_this_holds(source):
    assert holds(source, NAMES)


def test_not_binds_tighter_than_and_and_and_tighter_than_or():
    assert holds("true or true and false", NAMES)
    assert not holds("(true or true) and false", NAMES)
    assert not holds("not true or false", NAMES)
    assert holds("not (true and false)", NAMES)


@pytest.mark.parametrize(
    ("source", "position", "mend"),
    [
        ("slots.a && slots.b", 9, "write `and`"),
        ("slots.a || slots.b", 9, "write `or`"),
        ("! slots.a", 1, "write `not`"),
        ('slots.a = "open', 11, "close the quotes"),
        ("slots.a = 0x80", 11, "put codes and versions in quotes"),
        ("slots.a = 10.0.1", 11, "put codes and versions in quotes"),
        ("slots.a is {1, 2}", 14, "separate the members of a set by spaces"),
        ("slots.a is {}", 12, 'write {"a" "b"}'),
        ('slots.a is {"a"', 16, 'write {"a" "b"}'),
        ("(slots.a", 9, "write `)`"),
        ("slots.a)", 8, "join conditions by `and` or `or`"),
        ("slots.a =", 10, "write slots.x, a text or a number"),
        ("= 3", 1, "write slots.x, a text or a number"),
        ("windows", 1, "compare: slots.x = value"),
        ("slot.os = windows", 1, "names begin with slots. or context."),
        ('slots.os matches "["', 18, 'matches "^A.*"'),
        ("slots.os matches slots.x", 18, 'matches "^A.*"'),
        ("(" * 60 + "slots.a" + ")" * 60, 41, "use fewer brackets"),
    ],
)
def test_a_predicate_that_cannot_be_read_says_where_and_the_mend(source, position, mend):
    with pytest.raises(PredicateError) as told:
        parse(source)
    assert told.value.position == position
    assert mend in told.value.mend


def test_the_linter_sees_the_names_and_what_they_are_compared_with():
    source = 'slots.os = windows and (context.open or slots.code is {"1" "2"}) and slots.os'
    assert names_used(source) == ("slots.os", "context.open", "slots.code")
    assert comparisons(source) == (("slots.os", "windows"), ("slots.code", "1"), ("slots.code", "2"))


WORD = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
TEXT = st.text(max_size=12).filter(lambda text: '"' not in text or "'" not in text)
NUMBER = st.integers(-(10**14), 10**14) | st.decimals(-1000, 1000, places=3).map(float)
PLAIN = TEXT | NUMBER | st.booleans() | st.none()
NAME = st.builds(lambda root, word: Name(f"{root}.{word}"), st.sampled_from(["slots", "context"]), WORD)
OPERAND = NAME | PLAIN.map(Literal) | st.just(Empty()) | st.lists(PLAIN, min_size=1, max_size=3).map(tuple).map(OneOf)
COMPARE = st.builds(Compare, OPERAND, st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "contains"]), OPERAND)
CONDITION = st.recursive(
    NAME | st.booleans().map(Literal) | COMPARE,
    lambda part: (
        part.map(Not)
        | st.lists(part, min_size=2, max_size=3).map(tuple).map(All)
        | st.lists(part, min_size=2, max_size=3).map(tuple).map(AnyOf)
    ),
    max_leaves=8,
)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(WORD, one, max_size=3),
    max_leaves=5,
)


@given(CONDITION)
def test_a_written_condition_is_read_back_as_itself(condition):
    assert parse(str(Predicate(condition))).condition == condition


@given(CONDITION, st.dictionaries(WORD, VALUE, max_size=4), VALUE)
def test_any_values_get_an_answer_and_always_the_same(condition, slots, context):
    names = {"slots": slots, "context": context}
    assert Predicate(condition).holds(names) is Predicate(condition).holds(names)


@given(WORD, VALUE, st.sampled_from(["=", "<", ">=", "contains", 'matches "a|1"']), VALUE)
def test_any_two_values_can_be_compared(word, left, operator, right):
    source = f"slots.{word} {operator}" + ("" if "matches" in operator else f" context.{word}")
    assert holds(source, {"slots": {word: left}, "context": {word: right}}) in (True, False)


@given(st.text(alphabet="slots.context andornt isempty(){}<>=!\"'0123456789-matches[*", max_size=60) | st.text())
def test_any_text_is_read_or_refused_and_nothing_else(source):
    try:
        predicate = parse(source)
    except PredicateError as refused:
        assert 1 <= refused.position <= len(source) + 1
    else:
        assert predicate.holds(NAMES) in (True, False)
        assert parse(str(predicate)) == predicate
