"""Bytes made into text whatever character set they claim to be in."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

_SAMPLE = 32_000  # bytes by which an unknown character set is guessed
_WIDER = {  # what senders say, and the superset that they mean
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NO_CHARSET = {"idna", "punycode", "undefined", "unicode-escape", "unicode_escape", "raw-unicode-escape", "utf-7"}
_SINGLE = ("iso8859", "cp125")  # a byte a letter
_NAMES = re.compile(r"[\s\"']+")
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")  # of ISO-2022-JP, whose bytes all pass for ASCII
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def decoded(data: bytes, charset: str = "") -> str:
    """Decode; a wrong or unknown `charset` is guessed, and what is hopeless becomes U+FFFD. Never raises."""
    known = _codec(charset)
    for name in _candidates(data, known):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    wide = _WIDER.get(known, known)
    if known not in ("", "ascii", "utf-8") and _is_nearly(data, wide):
        return data.decode(wide, "replace")
    return data.decode(_guessed(data), "replace")


def _candidates(data: bytes, known: str) -> Iterator[str]:
    """The character sets to try, the likeliest first."""
    if known in ("", "ascii") and any(mark in data for mark in _ESCAPES):
        yield "iso2022_jp"
    if known in ("", "ascii", "utf-8") or known.startswith(_SINGLE):
        yield "utf-8"  # what passes for it by chance in another character set is no text
    if known and known != "ascii":
        yield _WIDER.get(known, known)
        yield known


def plain(text: str) -> str:
    """Text without what a terminal or a database trips over; lines end with a line feed."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, most: int) -> str:
    """A name or title on one line; marks that turn the direction of writing, and so disguise a name, are left out."""
    return " ".join(_TURNING.sub("", plain(text)).split())[:most]


def _codec(charset: str) -> str:
    """Python's name of a character set, or "" where it knows none that is meant for text."""
    name = _NAMES.sub("", charset.split("*")[0])[:40]
    try:
        codec = codecs.lookup(name.removesuffix("-i").removesuffix("-e")).name if name else ""
        b"a".decode(codec or "ascii")
    except UnicodeError:  # a text in it has two bytes or more
        return codec
    except (LookupError, ValueError):  # unknown, or no codec of text
        return ""
    return "" if codec in _NO_CHARSET else codec


def _is_nearly(data: bytes, charset: str) -> bool:
    """Tell whether hardly a byte is wrong in this character set."""
    try:
        return data.decode(charset, "replace").count("\ufffd") * 50 <= len(data)
    except (LookupError, UnicodeError):
        return False


def _guessed(data: bytes) -> str:
    """Guess a character set; what most people write with is the answer where nothing speaks for another."""
    sample = data[:_SAMPLE]
    best = from_bytes(sample).best()
    if best is None or sum(byte > 127 for byte in sample) * 5 < len(sample):  # a few accents: a western language
        return "cp1252"
    return best.encoding
