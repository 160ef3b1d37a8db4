"""Files on their way into Redmine: read from where they lie, uploaded, and then named by a token."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

from ticket_bridge.port import DoubtfulError, RefusedError, TryLaterError
from ticket_bridge.systems.redmine_issue import Uploaded
from ticket_bridge.systems.redmine_wire import Wire
from ticket_bridge.ticket import File, TranscriptLine

TRANSCRIPT = "conversation.txt"  # the same word in French
LONGEST_NAME = 200  # characters: Redmine keeps 255 and puts some of its own in front
_UPLOADED = TypeAdapter(Uploaded)
Upload = dict[str, object]


async def content_of(file: File, largest: int) -> bytes:
    """Read a file's bytes. Raises RefusedError where it is gone or too large."""
    assert file.path is not None
    try:
        content = await asyncio.to_thread(_read, Path(file.path), largest)
    except OSError:
        raise RefusedError("the file to attach is gone") from None
    if len(content) > largest:
        raise RefusedError(f"the file to attach is larger than {largest} bytes: Redmine would refuse it")
    return content


def transcript_of(lines: Iterable[TranscriptLine], largest: int) -> bytes:
    """Write a conversation down as text, cut where Redmine would refuse it."""
    written = (f"{line.at.isoformat(' ', 'minutes') + ' ' if line.at else ''}{line.who}: {line.text}" for line in lines)
    return "\n".join(written).encode(errors="replace")[:largest]


async def uploaded(wire: Wire, name: str, media_type: str, content: bytes) -> Upload:
    """Upload a file and give what names it in the write that follows.

    Nobody sees it until then, so a lost answer is no doubt: Redmine throws away what is never attached.
    """
    shown = _plain_name(name)
    try:
        token = await wire.make("/uploads.json", content, _UPLOADED, (("filename", shown),))
    except DoubtfulError as doubt:
        raise TryLaterError(f"upload: {doubt}") from None
    return {"token": token.upload.token, "filename": shown, "content_type": media_type}


def _plain_name(name: str) -> str:
    flat = " ".join("".join(c if c.isprintable() and c not in '/\\:*?"<>|' else " " for c in name).split())
    return flat[-LONGEST_NAME:] or "file"


def _read(path: Path, largest: int) -> bytes:
    with path.open("rb") as file:
        return file.read(largest + 1)
