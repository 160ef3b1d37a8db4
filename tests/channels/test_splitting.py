"""Long documents: where they are cut, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render.flat import flat_blocks
from bot.channels.render.splitting import packed, shortened, units, visible


def length(block):
    return units(block.text)


def parts_of(document, limit):
    return [[block.text for block in part] for part in packed(flat_blocks(document), limit, length)]


def test_blocks_stay_whole_while_they_fit():
    assert parts_of("first one\n\nsecond\n\nthird", 17) == [["first one", "second"], ["third"]]


def test_a_list_is_cut_between_its_items():
    assert parts_of("- one\n- two\n- three", 8) == [["one", "two"], ["three"]]


def test_a_long_paragraph_is_cut_at_a_line_end_then_at_a_space():
    assert parts_of("alpha beta\ngamma delta", 12) == [["alpha beta"], ["gamma delta"]]
    assert parts_of("alpha beta gamma", 12) == [["alpha beta"], ["gamma"]]


def test_long_code_is_cut_at_line_ends_and_stays_code():
    parts = packed(flat_blocks("```\none = 1\ntwo = 2\nthree = 3\n```"), 16, length)
    assert [[(block.kind, block.text) for block in part] for part in parts] == [
        [("code", "one = 1\ntwo = 2")],
        [("code", "three = 3")],
    ]


def test_only_the_first_piece_of_an_item_has_its_number():
    parts = packed(flat_blocks("7. alpha beta gamma"), 12, length)
    assert [(block.kind, block.number, block.depth) for part in parts for block in part] == [
        ("item", 7, 1),
        ("text", None, 1),
    ]


@pytest.mark.parametrize("character", ["👩‍👩‍👧‍👦", "🇫🇷", "👍🏽", "e\u0301", "❤️", "🏴\U000e0067\U000e0062\U000e007f"])
def test_a_character_of_several_parts_is_not_torn(character):
    parts = parts_of(character * 40, 30)
    assert len(parts) > 1
    assert all(piece == character * (len(piece) // len(character)) for part in parts for piece in part)


def test_a_character_without_end_is_torn_rather_than_lost():
    assert "".join(piece for part in parts_of("e" + "\u0301" * 40, 10) for piece in part) == "e" + "\u0301" * 40


def test_what_nobody_sees_is_no_message():
    assert parts_of("\u200b\n\n\u00a0", 10) == []
    assert visible("🙂") and not visible("\u200d \u00a0\n")


def test_a_label_is_shortened_with_an_ellipsis():
    assert shortened("Windows", 7) == "Windows"
    assert shortened("Windows 11", 8) == "Windows…"
    assert shortened("🇫🇷🇫🇷🇫🇷", 10) == "🇫🇷🇫🇷…"


@given(st.text(), st.integers(3, 40))
def test_a_shortened_text_fits(text, limit):
    assert units(shortened(text, limit)) <= limit


@given(st.text(alphabet="ab \n🙂🇫e\u0301\u200dא", max_size=200), st.integers(8, 40))
def test_every_part_fits_and_every_character_is_kept(text, limit):
    parts = parts_of("```\n" + text + "\n```", limit)
    assert all(sum(map(units, part)) <= limit for part in parts)
    told = "".join(piece for part in parts for piece in part)
    assert [char for char in told if visible(char)] == [char for char in text if visible(char)]
