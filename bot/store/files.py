"""Files that came with messages, kept under the hash of their bytes in a folder of the home."""

import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

_REF = re.compile(r"[0-9a-f]{64}")


class FolderFiles:
    """Implements bot.ports.files.Files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes on disk before their key is given; equal bytes are kept once."""
        ref = sha256(content).hexdigest()
        place = self._place(ref)
        if place.exists():
            return ref
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(place)
        return ref

    def get(self, ref: str) -> bytes:
        """Give the bytes. Raises KeyError for an unknown key."""
        if not _REF.fullmatch(ref):
            raise KeyError(ref)
        try:
            return self._place(ref).read_bytes()
        except FileNotFoundError:
            raise KeyError(ref) from None

    def _place(self, ref: str) -> Path:
        return self._folder / ref[:2] / ref
