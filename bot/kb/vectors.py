"""Sentence vectors of texts in one byte a number, kept in a folder under what they are made of: each is made once."""

import fcntl
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from bot.nlu.encoder import Encoder, Vectors

Bytes = npt.NDArray[np.int8]
Keys = npt.NDArray[np.bytes_]
Rows = npt.NDArray[np.intp]
_KEY = np.dtype("S16")  # of a text under its encoder
_AT_ONCE = 128  # texts encoded before they are written; more would take all cores from those who wait
_WASTE = 2  # times as many vectors as are needed: then the store is made again with those alone
_BLOCK = 4_096  # rows compared at once
_FEW = 10_000  # vectors that are never worth that

Told = Callable[[int, int], None]  # how many of how many texts are encoded


def untold(done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Vectors (rows, size) as bytes, each times its scale."""

    numbers: Bytes
    scales: npt.NDArray[np.float32]

    def __getitem__(self, rows: Rows | slice) -> Vectors:
        """Give rows as they were encoded, about."""
        vectors: Vectors = self.numbers[rows].astype(np.float32) * self.scales[rows, None]
        return vectors

    def likeness(self, vectors: Vectors) -> Vectors:
        """Tell how like every row is to one vector or more (vectors, rows), a block at a time for the cache's sake."""
        told = np.zeros((*vectors.shape[:-1], len(self)), dtype=np.float32)
        for start in range(0, len(self), _BLOCK):
            rows = slice(start, start + _BLOCK)
            told[..., rows] = vectors @ self.numbers[rows].astype(np.float32).T
        return told * self.scales

    def __len__(self) -> int:
        return len(self.numbers)

    def taken(self, rows: Rows) -> "Table":
        """Copy rows together, for what is looked through whole."""
        return Table(np.ascontiguousarray(self.numbers[rows]), np.ascontiguousarray(self.scales[rows]))


def packed(vectors: Vectors) -> Table:
    """Write vectors in one byte a number: the largest becomes 127."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    return Table(np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def encoded(texts: Sequence[str], encoder: Encoder, folder: Path | None, told: Told = untold) -> tuple[Table, Rows]:
    """Give a table of vectors and the row of each text in it; None keeps nothing beyond this call."""
    keys = np.array([_key(text, encoder) for text in texts], dtype=_KEY)
    wanted, first = np.unique(keys, return_index=True)
    with _opened(folder) as store:
        if len(store.keys) > max(_WASTE * len(wanted), _FEW):
            store.keep_only(wanted)
        missing = np.flatnonzero(~np.isin(wanted, store.keys))
        for batch in _batches(missing):
            store.add(wanted[batch], packed(encoder.encode([texts[at] for at in first[batch]])))
            told(int(np.searchsorted(missing, batch[-1])) + 1, len(missing))
        return store.table, store.rows(keys)


@contextmanager
def _opened(folder: Path | None) -> Iterator["_Store"]:
    """Open the store of a folder, for this process alone; where that cannot be done, one in memory."""
    try:
        lock = _lock(folder) if folder else None
    except OSError:
        folder = lock = None
    with lock or nullcontext():
        yield _Store(folder)


def _lock(folder: Path) -> IO[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    held = (folder / "lock").open("ab")
    fcntl.flock(held, fcntl.LOCK_EX)
    return held


def _batches(missing: Rows) -> Iterator[Rows]:
    return (missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE))


def _key(text: str, encoder: Encoder) -> bytes:
    told = f"{encoder.name}\0{text}".encode("utf-8", errors="replace")
    return hashlib.sha256(told).digest()[:15] + b"."  # numpy drops zero bytes at the end


class _Store:
    """Keys, scales and numbers in three files that only grow; without a folder, in memory.

    What stands behind the shortest of them was cut off while it was written, and is written again.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.keys: Keys = np.zeros(0, dtype=_KEY)
        self.table = Table(np.zeros((0, 0), dtype=np.int8), np.zeros(0, dtype=np.float32))
        if folder:
            self._read(folder)

    def _read(self, folder: Path) -> None:
        try:
            keys, scales = np.fromfile(folder / "keys", dtype=_KEY), np.fromfile(folder / "scales", dtype=np.float32)
            size = int((folder / "size").read_text(encoding="ascii"))
            whole = min(len(keys), len(scales), (folder / "numbers").stat().st_size // size)
            numbers = np.memmap(folder / "numbers", dtype=np.int8, mode="r", shape=(whole, size))
        except (OSError, ValueError):
            return  # nothing whole is there yet
        self.keys, self.table = keys[:whole], Table(numbers, scales[:whole])

    def rows(self, keys: Keys) -> Rows:
        """The row of each key, all of which are held."""
        order = np.argsort(self.keys, kind="stable")
        found: Rows = order[np.searchsorted(self.keys, keys, sorter=order)]
        return found

    def add(self, keys: Keys, table: Table) -> None:
        """Add rows; where the folder cannot be written any more they are held in memory."""
        try:
            if self._folder:
                self._append(self._folder, keys, table)
                self._read(self._folder)
                return
        except OSError:
            self._folder = None
        numbers = self.table.numbers if len(self.table) else table.numbers[:0]
        self.keys = np.concatenate([self.keys, keys])
        scales = np.concatenate([self.table.scales, table.scales])
        self.table = Table(np.concatenate([numbers, table.numbers]), scales)

    def _append(self, folder: Path, keys: Keys, table: Table) -> None:
        """Write behind what is whole; the keys last, since they make it count."""
        size, whole = table.numbers.shape[1], len(self.table)
        (folder / "size").write_text(str(size), encoding="ascii")
        _write_behind(folder / "numbers", whole * size, table.numbers.tobytes())
        _write_behind(folder / "scales", whole * table.scales.itemsize, table.scales.tobytes())
        _write_behind(folder / "keys", whole * _KEY.itemsize, keys.tobytes())

    def keep_only(self, wanted: Keys) -> None:
        """Drop all rows but those of the keys that are wanted."""
        kept = np.flatnonzero(np.isin(self.keys, wanted))
        keys, table = self.keys[kept], self.table.taken(kept)
        for name in ("keys", "scales", "numbers"):
            if self._folder:
                (self._folder / name).unlink(missing_ok=True)
        self.keys, self.table = self.keys[:0], Table(table.numbers[:0], table.scales[:0])
        self.add(keys, table)


def _write_behind(file: Path, whole: int, part: bytes) -> None:
    with file.open("ab") as held:
        held.truncate(whole)
        held.write(part)
