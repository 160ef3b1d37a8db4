"""The refresh token that a provider gave in exchange for the last one: kept in the home, for whoever asks next."""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

_LARGEST = 100_000  # bytes
log = logging.getLogger(__name__)


class TokenFile:
    """Keeps the newest refresh token beside the mark of the one that an operator gave, which began the line.

    As long as the operator's file holds the same token, the kept one is newer; any other token there begins a new line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._owed = b""  # what could not be written yet: the provider may have voided the token before it

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the file while a token is exchanged: another process would spend the same one. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _opened(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._owed:
                self._write()
            yield

    def latest(self, given: str) -> str:
        """The token to ask with, where the operator gave this one. Raises OSError."""
        try:
            with self.path.open("rb") as file:
                told = json.loads(file.read(_LARGEST))
            if told["given"] == _mark(given) and isinstance(told["refresh_token"], str):
                return str(told["refresh_token"])
        except FileNotFoundError:
            pass
        except (ValueError, KeyError, TypeError, RecursionError):
            log.warning("%s cannot be read; the operator's refresh token is tried again", self.path.name)
        return given

    def keep(self, given: str, token: str) -> None:
        """Put a token on disk for good. Raises OSError; it is then written before anything is asked again."""
        self._owed = json.dumps({"given": _mark(given), "refresh_token": token}).encode()
        self._write()

    def _write(self) -> None:
        draft = self.path.with_name(f"{self.path.name}.part")  # always the same: what a crash left is written over
        with _opened(draft, os.O_WRONLY | os.O_TRUNC) as out:
            os.write(out, self._owed)
            os.fsync(out)
        draft.replace(self.path)
        with _opened(self.path.parent, os.O_RDONLY) as folder:
            os.fsync(folder)
        self._owed = b""


@contextlib.contextmanager
def _opened(path: Path, how: int) -> Iterator[int]:
    """Open a file, made for its owner alone where it is to be written."""
    descriptor = os.open(path, how | os.O_CLOEXEC | (0 if how == os.O_RDONLY else os.O_CREAT), 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()
