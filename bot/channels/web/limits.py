"""What the web chat takes: sizes, kinds of file, and how much in which time."""

import re
from pathlib import PurePosixPath

from bot.channels.meter import Rate

TEXT_LIMIT = 8_000  # characters
BODY_LIMIT = 64 * 1024  # bytes of JSON
FILE_LIMIT = 10 * 1024 * 1024  # bytes
MOST_SENT = 100_000_000  # bytes of a file that an agent sends: it is held in memory while it is read
NAME_LIMIT = 120  # characters

# Ending -> the type we give it (never the sender's word), and what such a file begins with.
_TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "heic": ("image/heic", ()),
    "pdf": ("application/pdf", (b"%PDF-",)),
    "txt": ("text/plain", ()),
    "log": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "eml": ("message/rfc822", ()),
    "msg": ("application/vnd.ms-outlook", (b"\xd0\xcf\x11\xe0",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
}
ENDINGS = tuple(_TYPES)

_UNFIT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd<>:"|?*]')


def file_name(told: str) -> str:
    """Make a name from what the sender says: no folders, nothing a system could obey, its ending kept."""
    name = _UNFIT_IN_NAMES.sub("", told.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    if len(name) <= NAME_LIMIT:
        return name
    ending = PurePosixPath(name).suffix[:10]
    return name[: NAME_LIMIT - len(ending)] + ending


def file_type(name: str, content: bytes) -> str:
    """Tell the type of a file we take; nothing for one we do not, or whose content belies its name."""
    known = _TYPES.get(PurePosixPath(name).suffix.lower().lstrip("."))
    if known is None:
        return ""
    told, beginnings = known
    if beginnings and not content.startswith(beginnings):
        return ""
    return "" if told.startswith("text/") and b"\x00" in content[:4096] else told


MESSAGES = Rate(burst=12, seconds=1.5)  # of one session
FILES = Rate(burst=6, seconds=10)
DOWNLOADS = Rate(burst=20, seconds=3)
SESSIONS = Rate(burst=60, seconds=1)  # from one place, which may be a whole company behind one address
ANY_MESSAGE = Rate(burst=200, seconds=0.05)
