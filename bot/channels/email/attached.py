"""The files of a mail: named, measured, within the limits; pictures that only count readers are left out."""

import mimetypes
from email.message import Message

from .headers import Headers
from .limits import MOST_ATTACHED_BYTES, MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS, MOST_IDENTIFIER, MOST_PIXELS
from .mail import Attachment
from .structure import content, file_name, inside, safe_name, type_of
from .tnef import Tnef, read_tnef

_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_NAMES = {"message/rfc822": "message.eml", "application/pgp-signature": "signature.asc", "image/jpg": "image.jpg"}


class Files:
    """Collects the files of one mail."""

    def __init__(self) -> None:
        self._held: list[Attachment] = []
        self._bytes = 0

    def all(self) -> tuple[Attachment, ...]:
        """Give what was collected, in the order of the mail."""
        return tuple(self._held)

    def add(self, part: Message) -> Tnef | None:
        """Take a part as a file; a pack of Outlook's is unpacked and given."""
        kind, name = type_of(part), file_name(part)
        data = _mail_of(part) if kind.startswith("message/") else content(part)
        if kind in _TNEF or name.lower() == "winmail.dat":
            pack = read_tnef(data)
            for file in pack.files if pack else ():
                self.put(file.name, file.type or _type_by(file.name), file.content, file.content_id)
            if not (pack and pack.files):
                self.put(name or "winmail.dat", kind, data)
            return pack
        named = name or _message_name(part) or _NAMES.get(kind) or _name_by(kind)
        self.put(named, kind, data, Headers.of(part).first("content-id").strip("<> ")[:MOST_IDENTIFIER])
        return None

    def put(self, name: str, kind: str, data: bytes, content_id: str = "") -> None:
        """Take a file; beyond the limits it is told without its content, or not at all."""
        if len(self._held) >= MOST_ATTACHMENTS or (kind.startswith("image/") and _counts_readers(data)):
            return
        fits = len(data) <= MOST_ATTACHMENT_BYTES and self._bytes + len(data) <= MOST_ATTACHED_BYTES
        self._bytes += len(data) if fits else 0
        held = Attachment(safe_name(name) or _name_by(kind), kind, len(data), data if fits else None, content_id)
        self._held.append(held)


def _mail_of(part: Message) -> bytes:
    """The bytes of a mail that is attached as such, or of a report."""
    inner = inside(part)
    try:
        return b"".join(one.as_bytes() for one in inner) if inner else content(part)
    except Exception:  # the standard library writes only what is well-formed, and raises whatever else it meets
        return b"".join(_roughly(one) for one in inner)


def _roughly(message: Message) -> bytes:
    head = "\n".join(f"{name}: {value}" for name, value in message.raw_items())
    return f"{head}\n\n".encode("utf-8", "surrogateescape") + content(message)


def _message_name(part: Message) -> str:
    """Name a forwarded mail by its subject."""
    inner = inside(part) if type_of(part) == "message/rfc822" else []
    subject = Headers.of(inner[0]).text("subject", 80) if inner else ""
    return f"{subject}.eml" if subject else ""


def _name_by(kind: str) -> str:
    main = kind.split("/")[0]
    word = main if main in ("image", "audio", "video", "text", "message") else "attachment"
    return word + (mimetypes.guess_extension(kind) or "")


def _type_by(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _counts_readers(data: bytes) -> bool:
    """Tell whether a picture is of a size that nobody sees."""
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        sides = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    elif data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        sides = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    else:
        return False
    return max(sides) <= MOST_PIXELS
