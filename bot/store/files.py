"""Files that came with messages, kept under the hash of their bytes in a folder of the home."""

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from bot.ports.ledger import NotWrittenError

_REF = re.compile(r"[0-9a-f]{64}")


class FolderFiles:
    """Implements bot.ports.files.Files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes on disk before their key is given; equal bytes are kept once."""
        ref = sha256(content).hexdigest()
        if not self._place(ref).exists():
            self._keep(self._place(ref), content)
        return ref

    def put_as(self, ref: str, content: bytes) -> None:
        """Keep the bytes, and beside them under which key they are asked for."""
        pointer = self._pointer(ref)
        if not pointer.exists():
            self._keep(pointer, self.put(content).encode())

    def holds(self, ref: str) -> bool:
        """Whether the bytes are there."""
        if ":" in ref:
            return self._pointer(ref).is_file()
        return bool(_REF.fullmatch(ref)) and self._place(ref).is_file()

    def get(self, ref: str) -> bytes:
        """Give the bytes. Raises KeyError for an unknown key."""
        try:
            if ":" in ref:
                ref = self._pointer(ref).read_text()
            if not _REF.fullmatch(ref):
                raise KeyError(ref)
            return self._place(ref).read_bytes()
        except FileNotFoundError:
            raise KeyError(ref) from None

    def _pointer(self, ref: str) -> Path:
        return self._folder / "named" / sha256(ref.encode()).hexdigest()

    def _keep(self, place: Path, content: bytes) -> None:
        try:
            self._write(place, content)
        except OSError as error:
            raise NotWrittenError(type(error).__name__) from error

    def _write(self, place: Path, content: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
            except OSError:  # a full disk must not be filled further, try after try
                Path(draft.name).unlink()
                raise
        Path(draft.name).replace(place)

    def _place(self, ref: str) -> Path:
        return self._folder / ref[:2] / ref
