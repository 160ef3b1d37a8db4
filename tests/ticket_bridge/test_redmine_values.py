"""Redmine's values that need no server: the configuration, the cursor, the keys."""

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.support.needs import ROOT
from ticket_bridge import Priority, RefusedError, TicketRef, TicketState, TranscriptLine, Visibility
from ticket_bridge.systems.redmine import Redmine
from ticket_bridge.systems.redmine_config import RedmineConfig
from ticket_bridge.systems.redmine_files import transcript_of
from ticket_bridge.systems.redmine_issue import Journal
from ticket_bridge.systems.redmine_marks import LONGEST, event_mark, handoff_mark, number_of
from ticket_bridge.systems.redmine_names import NEEDED
from ticket_bridge.systems.redmine_news import Cursor, Rest

PAGE = (ROOT / "docs" / "ticket_systems" / "redmine.md").read_text(encoding="utf-8")
numbers = st.integers(0, 10**12)
SETS = st.frozensets(numbers, max_size=20)


def config(**otherwise: Any) -> RedmineConfig:
    values: dict[str, Any] = {
        "url": "https://redmine.example.org/",
        "key": "a1b2c3",
        "project": "service-desk",
        "tracker": "Support",
        "handoff_field": 1,
        "event_field": 2,
        "states": {state: state.value for state in TicketState},
        "priorities": dict.fromkeys(Priority, "Normal"),
    }
    return RedmineConfig(**(values | otherwise))


def test_a_good_configuration_keeps_its_keys_to_itself() -> None:
    good = config(directory_key="d1d2d3")
    assert good.base == "https://redmine.example.org"
    assert "a1b2c3" not in repr(good)
    assert "d1d2d3" not in repr(good)


def test_every_fault_of_a_configuration_is_told_at_once_without_its_key() -> None:
    with pytest.raises(ValueError, match="url is no plain address") as raised:
        config(
            url="redmine.example.org", key="not a key!", project="../x", event_field=1,
            states={state: "New" for state in TicketState if state is not TicketState.CLOSED},
            priorities={}, settle=timedelta(seconds=1),
        )  # fmt: skip
    told = str(raised.value)
    for part in ("key is no API key", "project is no identifier", "no status for closed", "priorities has none for P1",
                 "gives 'New' twice", "two different custom fields", "settle is shorter"):  # fmt: skip
        assert part in told
    assert "not a key!" not in told


@given(since=numbers, until=numbers, after=numbers, seen=SETS, seen_next=SETS)
def test_a_cursor_is_read_as_it_was_written(
    since: int, until: int, after: int, seen: frozenset[int], seen_next: frozenset[int]
) -> None:
    cursor = Cursor(since=since, until=until, after=after, seen=seen, seen_next=seen_next)
    assert Cursor.read(str(cursor)) == cursor


def test_the_overlap_is_left_alone_once_a_late_change_must_have_shown() -> None:
    here, rest = Cursor(since=100, seen=frozenset({7})), Rest(overlap=10)
    rest.ended(here, 0.0, 1.0)
    rest.ended(here, 8.0, 9.0)
    assert not rest.holds(here, 100)
    rest.ended(here, 11.5, 12.0)
    assert rest.holds(here, 100)
    assert not rest.holds(here, 101)
    assert not rest.holds(Cursor(since=100), 100)
    rest.ended(Cursor(since=101), 13.0, 14.0)
    assert not rest.holds(Cursor(since=101), 101)


@given(st.text())
@pytest.mark.parametrize("known", ["", "1/2/3", "1/2/3/a/4", "-1/0/0//", "1/0/0/٣/"])
def test_any_other_cursor_is_refused_and_nothing_else_raises(known: str, text: str) -> None:
    with pytest.raises(RefusedError, match="cursor"):
        Cursor.read(known)
    try:
        Cursor.read(text)
    except RefusedError as refusal:
        assert "cursor" in str(refusal)


@given(st.text(), st.text())
def test_an_event_id_of_any_shape_gets_a_mark_that_fits_and_is_its_own(one: str, other: str) -> None:
    marks = [event_mark("note", one), event_mark("note", other), event_mark("state", one)]
    assert all(len(mark) <= LONGEST and mark.isascii() and mark.isprintable() for mark in marks)
    assert (marks[0] == marks[1]) is (one == other)
    assert marks[0] != marks[2]


@pytest.mark.parametrize("wrong", ["", " a", "a\n", "é", "a" * 256])
def test_a_handoff_id_that_redmine_would_change_is_refused(wrong: str) -> None:
    with pytest.raises(RefusedError, match="handoff id"):
        handoff_mark(wrong)
    assert handoff_mark("c7:1:1") == "c7:1:1"


@given(st.text())
def test_any_key_is_a_number_or_refused(key: str) -> None:
    try:
        assert str(number_of(TicketRef("redmine", key))) == key.lstrip("0") or int(key) == 0
    except RefusedError as refusal:
        assert "Redmine's keys are numbers" in str(refusal)


def test_a_transcript_is_written_line_by_line_and_cut_where_it_is_too_long() -> None:
    lines = [TranscriptLine(who="person", text="Ça ne va pas", at=datetime(2026, 1, 5, 8, 0, tzinfo=UTC))]
    lines.append(TranscriptLine(who="bot", text="\ud800"))
    assert transcript_of(lines, 1000).decode() == "2026-01-05 08:00+00:00 person: Ça ne va pas\nbot: ?"
    assert len(transcript_of(lines, 10)) == 10


def test_a_note_whose_privacy_is_not_told_is_internal() -> None:
    journal = '{"id": 1, "created_on": "2026-01-05T08:00:00Z", "notes": "x", "more": 1%s}'
    shapes = TypeAdapter(Journal)
    told = [
        shapes.validate_json(journal % more).note
        for more in ("", ', "private_notes": true', ', "private_notes": false')
    ]
    assert [note.visibility for note in told if note] == [Visibility.INTERNAL, Visibility.INTERNAL, Visibility.PUBLIC]


def test_the_page_has_an_example_that_is_right_and_every_right_and_field() -> None:
    example = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert example
    held: dict[str, Any] = {}
    exec(example[1], held)
    assert isinstance(held["system"], Redmine)
    assert [right for right in NEEDED.values() if right not in PAGE] == []
    assert [field.name for field in fields(RedmineConfig) if f"`{field.name}`" not in PAGE] == []
