"""Two texts compared: nothing is lost or made up, words are found within a line, and large texts end in time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.differing import GONE, LONGEST, MOST_LINES, NEW, differences, is_cut, words

lines = st.lists(st.lists(st.sampled_from(["the", "printer", "is", "off", "on.", "…", "  ", "**now**"]), max_size=8))
texts = lines.map(lambda each: "\n".join(" ".join(line) for line in each))


def side(stretches, other):
    """The lines of one side: all but those that only the other has."""
    return [
        "".join(piece.text for piece in line.pieces if piece.mark != other)
        for stretch in stretches
        for line in stretch.lines
        if line.mark != other
    ]


def full(text):
    return [line.rstrip() for line in text.splitlines() if line.strip()]


@given(texts, texts)
def test_each_text_can_be_read_back_from_what_is_shown(before, after):
    found = differences(before, after)
    if full(before) == full(after):
        assert found == ()
    else:
        assert (side(found, NEW), side(found, GONE)) == (full(before), full(after))


@given(texts, texts)
def test_each_line_can_be_read_back_from_its_pieces(before, after):
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark != NEW) == before
    assert "".join(piece.text for piece in pieces if piece.mark != GONE) == after


def test_changed_words_are_shown_and_a_phrase_stays_together():
    pieces = words("Wait ten seconds, then open the old portal.", "Wait thirty seconds, then open the new web portal.")
    assert [(piece.mark, piece.text) for piece in pieces] == [
        ("same", "Wait "),
        ("gone", "ten"),
        ("new", "thirty"),
        ("same", " seconds, then open the "),
        ("gone", "old"),
        ("new", "new web"),
        ("same", " portal."),
    ]


def test_a_line_that_became_another_is_not_taken_apart():
    (stretch,) = differences("Restart the printer.", "Ask your manager for access to the folder.")
    assert [line.mark for line in stretch.lines] == ["gone", "new"]


def test_a_word_changed_in_many_lines_is_found_in_each():
    before = "\n".join(f"Open Outlook and choose the account number {at} in the list" for at in range(50))
    (stretch,) = differences(before, before.replace("Outlook", "New Outlook"))
    assert [line.mark for line in stretch.lines] == ["changed"] * 50


def test_lines_far_from_any_change_are_folded():
    before = "\n".join(f"line {at}" for at in range(40))
    found = differences(before, before.replace("line 20", "another one"))
    assert [(stretch.folded, len(stretch.lines)) for stretch in found] == [(True, 18), (False, 6), (True, 17)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 500_000, "b a " * 500_000),
        ("." * 1_000_000, "." * 999_999 + "x"),
        ("a\n" * 500_000, "b\na\n" * 300_000),
        ("\n".join(["word " * 200] * 2_000), "\n".join(f"{'word ' * 200}{at}" for at in range(2_000))),
    ],
)
def test_large_texts_end_in_time_and_say_that_not_all_was_compared(before, after):
    start = time.perf_counter()
    differences(before, after)
    assert time.perf_counter() - start < 10  # a minute and more where each word is compared with each
    assert is_cut(before, after)


def test_what_is_as_long_as_a_page_shows_is_compared_to_its_end():
    text = "x" * 100 + "\n"
    assert not is_cut("", text * (LONGEST // 101)) and is_cut("", "x" * (LONGEST + 1)) and is_cut("", "x\n" * 2_001)
    assert MOST_LINES == 2_000
