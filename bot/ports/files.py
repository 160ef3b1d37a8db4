"""The door to files that came with messages."""

from typing import Protocol


class Files(Protocol):
    """Keeps bytes under a key made from them: the same file is kept once."""

    def put(self, content: bytes) -> str:
        """Keep the bytes; give their key. Raises NotWrittenError, as `put_as` does."""

    def put_as(self, ref: str, content: bytes) -> None:
        """Keep the bytes under a key that was given before they came: channel:its own id of the file."""

    def holds(self, ref: str) -> bool:
        """Whether the bytes are there."""

    def get(self, ref: str) -> bytes:
        """Give the bytes. Raises KeyError for an unknown key."""
