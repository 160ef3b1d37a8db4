"""Transfer encodings of mail undone, broken ones as far as they go."""

import binascii
import quopri
import re

_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_UU_BEGIN = re.compile(rb"^begin \d{3,4} [^\r\n]*\r?\n", re.MULTILINE)


def undone(data: bytes, coding: str) -> bytes:
    """Undo a Content-Transfer-Encoding; what it names wrongly is given as it stands. Never raises."""
    if coding == "base64":
        return from_base64(data)
    if coding in ("quoted-printable", "qp"):
        return quopri.decodestring(data)
    if coding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _from_uuencode(data)
    return data


def from_base64(data: bytes) -> bytes:
    """Decode base64, whatever stands between its letters and however it ends."""
    try:
        return binascii.a2b_base64(data + b"==")
    except binascii.Error:
        kept = _NO_BASE64.sub(b"", data)
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def _from_uuencode(data: bytes) -> bytes:
    begin = _UU_BEGIN.search(data)
    return b"".join(_uu_line(line) for line in data[begin.end() if begin else 0 :].splitlines())


def _uu_line(line: bytes) -> bytes:
    if line.strip() in (b"end", b"`", b""):
        return b""
    for kept in (line, line[: (((line[0] - 32) & 63) * 4 + 5) // 3]):  # some add a mark at the end of a line
        try:
            return binascii.a2b_uu(kept)
        except binascii.Error:
            continue
    return b""
