"""Files that settings name: secrets, and the certificates of an authority. Why one cannot be read is told in words."""

import errno
import ssl
from collections.abc import Iterator
from pathlib import Path

Told = tuple[str, str, str]  # key, fault, mend

_MISSING = "name a file that is there; a relative path begins beside guichet.toml, one of the environment where you are"
_WORDS = {
    errno.ENOENT: ("no such file", _MISSING),
    errno.ENOTDIR: ("no such file", _MISSING),
    errno.EACCES: ("permission denied", "let the user who runs guichet read it"),
    errno.EPERM: ("permission denied", "let the user who runs guichet read it"),
    errno.EISDIR: ("that is a folder", "name the file in it"),
    errno.EILSEQ: ("that is no UTF-8 text", "write it again as plain text"),
}
_OTHER = "name a file that can be read"


class UnreadError(OSError):
    """A file of the settings cannot be read. Its text says why, in words; `mend` what to do."""

    def __init__(self, number: int, path: Path, words: str = "") -> None:
        known, self.mend = _WORDS.get(number, (words.lower() or "it cannot be read", _OTHER))
        super().__init__(number, known, str(path))

    def __str__(self) -> str:
        return f"{self.strerror}: {self.filename}"


def read_text(file: str | Path) -> str:
    """Read a file of the settings. Raises UnreadError."""
    try:
        return _read(file).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadError(errno.EILSEQ, Path(file).absolute()) from None


def _read(file: str | Path) -> bytes:
    path = Path(file).absolute()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadError(error.errno or 0, path, error.strerror or "") from None
    except ValueError:  # of a path that no file can have
        raise UnreadError(errno.ENOENT, path) from None


def read_token(file: str) -> str:
    """Give the secret that stands in a file. Raises UnreadError."""
    return read_text(file).strip()


def secret_faults(key: str, file: str) -> Iterator[Told]:
    """What is wrong with the file of a secret that settings name."""
    try:
        given = file and read_token(file)
    except UnreadError as error:
        yield key, str(error), error.mend
        return
    if file and not given:
        yield key, "is empty", "write the secret into it"


def unlike_certificates(file: str) -> str:
    """What is wrong with a file of certificates; "" where nothing is, or none is named."""
    if not file:
        return ""
    try:
        _read(file)
        ssl.create_default_context(cafile=file)
    except UnreadError as error:
        return str(error)
    except (OSError, ValueError):
        return f"no certificate in PEM form in {Path(file).absolute()}"
    return ""
