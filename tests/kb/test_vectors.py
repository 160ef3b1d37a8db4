"""Vectors are made once for a text, kept in one byte a number, and survive whatever happens to their files."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kb import vectors
from bot.kb.vectors import encoded, packed
from bot.nlu.encoder import Vectors
from bot.nlu.encoders import load_encoders

FILES = ("keys", "scales", "numbers", "size")


class Counting:
    """The real encoder, which counts what it is asked."""

    def __init__(self) -> None:
        self.real = load_encoders().found[0]
        self.name, self.asked = self.real.name, 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += len(texts)
        return self.real.encode(texts)


@pytest.fixture
def encoder() -> Counting:
    return Counting()


def test_a_text_is_encoded_once_however_often_it_is_asked_for(encoder: Counting, tmp_path: Path) -> None:
    table, rows = encoded(["one", "two", "one"], encoder, tmp_path)
    again, others = encoded(["two", "three", "one"], encoder, tmp_path)
    assert encoder.asked == 3
    assert rows[0] == rows[2]
    assert (table[rows[:1]] == again[others[2:]]).all()
    assert (table[rows[1:2]] == again[others[:1]]).all()


def test_vectors_are_those_of_the_encoder_within_a_hundredth(encoder: Counting, tmp_path: Path) -> None:
    texts = ["the printer is jammed", "l'imprimante est bloquée", "how do I reset my password"]
    table, rows = encoded(texts, encoder, tmp_path)
    assert table[rows] == pytest.approx(encoder.encode(texts), abs=0.01)
    assert table.likeness(encoder.encode(texts[:1])[0])[rows] == pytest.approx(
        encoder.encode(texts) @ encoder.encode(texts[:1])[0], abs=0.01
    )


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kept", [0, 5])
def test_a_file_that_was_cut_off_is_mended(encoder: Counting, tmp_path: Path, file: str, kept: int) -> None:
    table, rows = encoded(["one", "two"], encoder, tmp_path)
    whole = table[rows]
    held = (tmp_path / file).read_bytes()
    (tmp_path / file).write_bytes(held[:kept] if len(held) > kept else b"x")
    again, others = encoded(["one", "two", "three"], encoder, tmp_path)
    assert (again[others[:2]] == whole).all()
    assert encoded(["three", "one"], encoder, tmp_path)[0][others[:2]] == pytest.approx(whole)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(encoder: Counting, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    table, rows = encoded(["one"], encoder, tmp_path / "taken")
    assert table[rows].shape == (1, table.numbers.shape[1])


def test_what_nobody_needs_any_more_is_dropped(
    encoder: Counting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_FEW", 4)
    encoded([f"text {at}" for at in range(9)], encoder, tmp_path)
    table, rows = encoded(["text 3", "text 8"], encoder, tmp_path)
    assert (len(table), encoder.asked) == (2, 9)
    assert table[rows] == pytest.approx(encoder.real.encode(["text 3", "text 8"]), abs=0.01)


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3), min_size=1, max_size=9))
def test_packing_loses_less_than_one_part_in_two_hundred(rows: list[list[float]]) -> None:
    given_ = np.array(rows, dtype=np.float32)
    table = packed(given_)
    largest = np.abs(given_).max(axis=1, keepdims=True)
    assert (np.abs(table[slice(None)] - given_) <= largest / 200 + 1e-6).all()
