"""Signed mail opened without a key; encrypted mail known as such. Signatures are kept, not checked."""

import re
from email.message import Message

from .structure import parameter, type_of

_SIGNED_TEXT = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[^\n]*\n(?:[A-Za-z]+:[^\n]*\n)*\n?(.*?)"
    r"(?:-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)|\Z)",
    re.DOTALL,
)
_SECRET_TEXT = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)
_DATA = bytes.fromhex("06092a864886f70d010701")  # the identifier before the content of a signature
_CONTENT, _TEXT, _PIECES = 0xA0, 0x04, 0x24
SECRET = (
    "[Message chiffré : seul son destinataire peut le lire.]\n"
    "[Encrypted message: only the person it is meant for can read it.]"
)


def is_secret(part: Message) -> bool:
    """Tell whether a part is encrypted."""
    kind = type_of(part)
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return parameter(part, "smime-type").lower() not in ("signed-data", "certs-only", "compressed-data")
    return kind == "application/pgp-encrypted"


def is_wrapped(part: Message) -> bool:
    """Tell whether a part is a mail inside its own signature."""
    kind = type_of(part)
    return kind in ("application/pkcs7-mime", "application/x-pkcs7-mime") and not is_secret(part)


def unwrapped(data: bytes) -> bytes | None:
    """Give the mail inside an S/MIME signature; None where none is found."""
    at = data.find(_DATA, 0, 20_000) + len(_DATA)
    if at < len(_DATA) or at >= len(data) or data[at] != _CONTENT:
        return None
    start, _ = _length(data, at + 1)
    if start >= len(data) or data[start] not in (_TEXT, _PIECES):
        return None
    inner, size = _length(data, start + 1)
    if data[start] == _TEXT:
        return data[inner : inner + size]
    pieces, end = [], inner + size if size else len(data)
    while inner < end and data[inner : inner + 1] == bytes([_TEXT]):
        inner, size = _length(data, inner + 1)
        pieces.append(data[inner : inner + size])
        inner += max(size, 1)
    return b"".join(pieces) or None


def open_text(text: str) -> tuple[str, str]:
    """Open what PGP wrapped in line: the text without its signature or secret block, and that block."""
    text = _SIGNED_TEXT.sub(lambda found: re.sub(r"^- ", "", found[1], flags=re.MULTILINE), text)
    secret = _SECRET_TEXT.search(text)
    return (_SECRET_TEXT.sub("", text).strip(), secret[0]) if secret else (text, "")


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Read a length of ASN.1: where the value starts, and how long it is; 0 for one that ends by a mark."""
    first = data[at] if at < len(data) else 0
    if first < 128:
        return at + 1, first
    count = first & 127
    return at + 1 + count, int.from_bytes(data[at + 1 : at + 1 + count], "big") if count <= 4 else 0
