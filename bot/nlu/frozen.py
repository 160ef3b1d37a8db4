"""Big arrays of a model, unpacked once into a folder and mapped from there: later starts read only what they use."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.generic]
_CONTENTS = "contents.json"


class Rows:
    """An array of a file of which single rows are asked for: they are read, and none is kept.

    A map would keep all of it in memory before long, as each page that is touched brings fifteen neighbours in.
    """

    def __init__(self, array: "np.memmap[Any, Any]") -> None:
        """Read what a map shows."""
        self._file = os.open(str(array.filename), os.O_RDONLY)
        finalize(self, os.close, self._file)
        self._start, self._size = array.offset, array.strides[0]
        self._width, self._kind = array.shape[1:], array.dtype

    def __getitem__(self, places: npt.NDArray[np.integer]) -> Array:
        """Copy the rows of some places together."""
        told = np.empty((len(places), *self._width), dtype=self._kind)
        for row, place in zip(told, places.tolist(), strict=True):
            os.preadv(self._file, [row], self._start + place * self._size)
        return told


def read_by_rows(array: Array) -> Array | Rows:
    """Give what reads rows from the file of an array that is mapped; one in memory stays as it is."""
    return Rows(array) if isinstance(array, np.memmap) and array.flags.c_contiguous else array


def frozen(folder: Path | None, make: Callable[[], Mapping[str, Array]]) -> Mapping[str, Array]:
    """Give the arrays that `make` makes, mapped read-only from `folder`, which is written where it is missing.

    Without a folder, or where it cannot be written, they stay in memory.
    """
    if folder is None:
        return make()
    held = _mapped(folder)
    if held is not None:
        return held
    arrays = make()
    try:
        _write(folder, arrays)
    except OSError:
        return arrays
    return _mapped(folder) or arrays


def _mapped(folder: Path) -> Mapping[str, Array] | None:
    try:
        names = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
        return {name: np.load(folder / f"{at}.npy", mmap_mode="r", allow_pickle=False) for at, name in enumerate(names)}
    except (OSError, ValueError):
        return None


def _write(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Write the folder whole or not at all: it is filled under another name."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    for at, array in enumerate(arrays.values()):
        np.save(part / f"{at}.npy", array, allow_pickle=False)
    (part / _CONTENTS).write_text(json.dumps(list(arrays)), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)
