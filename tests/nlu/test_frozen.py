"""Big arrays are unpacked once, and those of which single rows are asked for stay on disk."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bot.nlu.frozen import Array, Rows, frozen, read_by_rows

TABLE = np.arange(30, dtype=np.float16).reshape(10, 3)


def made() -> Mapping[str, Array]:
    return {"table": TABLE, "columns": np.asfortranarray(TABLE)}


def refused() -> Mapping[str, Array]:
    raise AssertionError("it was unpacked before")


def test_what_was_unpacked_is_not_unpacked_again(tmp_path: Path) -> None:
    frozen(tmp_path / "model", made)
    assert np.array_equal(frozen(tmp_path / "model", refused)["table"], TABLE)


def test_a_folder_that_cannot_be_read_is_made_again(tmp_path: Path) -> None:
    frozen(tmp_path / "model", made)
    (tmp_path / "model" / "0.npy").write_bytes(b"half a file")
    assert np.array_equal(frozen(tmp_path / "model", made)["table"], TABLE)


def test_rows_are_read_from_the_file_in_any_order(tmp_path: Path) -> None:
    rows = read_by_rows(frozen(tmp_path / "model", made)["table"])
    assert isinstance(rows, Rows)
    for places in ([9, 0, 4, 4], [], [5]):
        at = np.array(places, dtype=np.intp)
        assert np.array_equal(rows[at], TABLE[at])
        assert rows[at].dtype == TABLE.dtype


def test_an_array_in_memory_or_by_columns_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read_by_rows(TABLE) is TABLE
    assert not isinstance(read_by_rows(frozen(tmp_path / "model", made)["columns"]), Rows)
