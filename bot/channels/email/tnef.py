"""`winmail.dat`: what Outlook packs the files, and at times the text, of a mail into; read as MS-OXTNEF tells it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import decoded
from .limits import MOST_ATTACHMENTS

_SIGNATURE = b"\x78\x9f\x3e\x22"
_MOST_PROPERTIES = 2_000
_BODY, _MESSAGE_PROPERTIES, _CODEPAGE = 0x0002800C, 0x00069003, 0x00069007
_NEXT_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_P_BODY, _P_HTML = 0x1000, 0x1013
_P_DATA, _P_NAME, _P_LONG_NAME, _P_TYPE, _P_CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}  # bytes of a value, padded
_TEXT, _WIDE_TEXT, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_SEVERAL = 0x1000


@dataclass(slots=True)
class TnefFile:
    """One file in the pack."""

    name: str = ""
    type: str = ""
    content: bytes = b""
    content_id: str = ""


@dataclass(slots=True)
class Tnef:
    """What a pack holds."""

    text: str = ""
    html: str = ""
    files: list[TnefFile] = field(default_factory=list)


def read_tnef(data: bytes) -> Tnef | None:
    """Unpack; None where it is no such pack. What comes before a fault in it is given."""
    if not data.startswith(_SIGNATURE):
        return None
    pack, charset = Tnef(), "cp1252"
    for kind, value in _attributes(data):
        if kind == _CODEPAGE and len(value) >= 4:
            charset = f"cp{int.from_bytes(value[:4], 'little')}"
        elif kind == _BODY:
            pack.text = decoded(value.rstrip(b"\0"), charset)
        elif kind == _MESSAGE_PROPERTIES:
            _tell_message(pack, value, charset)
        elif kind == _NEXT_FILE:
            if len(pack.files) == MOST_ATTACHMENTS:
                break
            pack.files.append(TnefFile())
        elif pack.files:
            _tell_file(pack.files[-1], kind, value, charset)
    return pack


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        kind, length = struct.unpack_from("<II", data, at + 1)
        yield kind, data[at + 9 : at + 9 + length]
        at += 9 + length + 2  # a checksum follows


def _tell_message(pack: Tnef, value: bytes, charset: str) -> None:
    for name, told in _properties(value, charset):
        if name == _P_BODY and isinstance(told, str):
            pack.text = told
        elif name == _P_HTML:
            pack.html = told if isinstance(told, str) else decoded(told, charset)


def _tell_file(file: TnefFile, kind: int, value: bytes, charset: str) -> None:
    if kind == _TITLE:
        file.name = file.name or decoded(value.rstrip(b"\0"), charset)
    elif kind == _DATA:
        file.content = value
    elif kind == _FILE_PROPERTIES:
        for name, told in _properties(value, charset):
            if name == _P_DATA and isinstance(told, bytes):
                file.content = file.content or told
            elif isinstance(told, bytes):
                continue
            elif name == _P_LONG_NAME or (name == _P_NAME and not file.name):
                file.name = told
            elif name == _P_TYPE:
                file.type = told
            elif name == _P_CONTENT_ID:
                file.content_id = told.strip("<>")


def _properties(data: bytes, charset: str) -> Iterator[tuple[int, str | bytes]]:
    """Walk a list of properties; only texts and bytes are told. A fault, or a type unknown to us, ends it."""
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4) if name >= 0x8000 else at + 4
            size = _FIXED.get(kind & ~_SEVERAL)
            if size is not None:
                many = struct.unpack_from("<I", data, at)[0] if kind & _SEVERAL else 1
                at += size * many + (4 if kind & _SEVERAL else 0)
                continue
            values, at = _values(data, at)
            if kind in (_TEXT, _WIDE_TEXT, _OBJECT, _BINARY) and values:
                yield name, _told(kind, values[0], charset)
    except struct.error:
        return


def _after_name(data: bytes, at: int) -> int:
    """Skip the name of a property that has no number of its own."""
    (is_text,) = struct.unpack_from("<I", data, at + 16)
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + (length + 3 & ~3 if is_text else 0)


def _values(data: bytes, at: int) -> tuple[list[bytes], int]:
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    values = []
    for _ in range(min(count, _MOST_PROPERTIES)):
        (length,) = struct.unpack_from("<I", data, at)
        values.append(data[at + 4 : at + 4 + length])
        at += 4 + (length + 3 & ~3)
    return values, at


def _told(kind: int, value: bytes, charset: str) -> str | bytes:
    if kind == _TEXT:
        return decoded(value.rstrip(b"\0"), charset)
    if kind == _WIDE_TEXT:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return value
