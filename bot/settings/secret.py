"""Secrets, which stand in files of their own."""

from collections.abc import Iterator
from pathlib import Path

Told = tuple[str, str, str]  # key, fault, mend


def read_token(file: str) -> str:
    """Give the secret that stands in a file. Raises OSError and UnicodeDecodeError."""
    return Path(file).read_text(encoding="utf-8").strip()


def secret_faults(key: str, file: str) -> Iterator[Told]:
    """What is wrong with the file of a secret that settings name."""
    try:
        given = file and read_token(file)
    except (OSError, UnicodeDecodeError) as error:
        yield key, f"cannot be read: {type(error).__name__}", "name a file that holds the secret alone"
        return
    if file and not given:
        yield key, "is empty", "write the secret into it"
