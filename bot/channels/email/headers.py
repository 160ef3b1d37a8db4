"""The header of a mail, read so that nothing in it can raise or take long."""

import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email import policy
from email.headerregistry import AddressHeader
from email.message import Message
from email.utils import parsedate_to_datetime

from .charsets import decoded, one_line
from .coding import from_base64
from .limits import (
    MOST_ADDRESSES,
    MOST_HEADER_TEXT,
    MOST_IDENTIFIER,
    MOST_NAME,
    MOST_REFERENCES,
    MOST_STRUCTURED,
)
from .mail import Mailbox

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*)\?=")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@]{1,256}@[^\s<>,;:\"()\\@]{1,256}")
_BRACKETED = re.compile(r"<([^<>\s]{1,2000})>")
_BARE = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+")
_COMMENT = re.compile(r"\([^()]*\)")


class Headers:
    """The fields of one header by name, in their order, unfolded and of bounded length."""

    def __init__(self, fields: Iterable[tuple[str, str]]) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            self._fields.setdefault(name.strip().lower(), []).append(_unfolded(value))

    @classmethod
    def of(cls, message: Message) -> "Headers":
        """Read the header of a message or of a part of one."""
        return cls((name, str(value)) for name, value in message.raw_items())

    def all(self, name: str) -> list[str]:
        """Give every field of this name, the topmost first."""
        return self._fields.get(name.lower(), [])

    def first(self, name: str) -> str:
        """Give the topmost field of this name, or ""."""
        return next(iter(self.all(name)), "")

    def text(self, name: str, most: int = MOST_NAME) -> str:
        """Give the topmost field of this name for people: words decoded, on one line."""
        return one_line(words(self.first(name)), most)

    def mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        """Give the addresses of all fields of this name, as far as they can be told."""
        found = [one for value in self.all(name) for one in mailboxes(value)]
        return tuple(dict.fromkeys(found))[:MOST_ADDRESSES]

    def __bool__(self) -> bool:
        """Tell whether there is a field at all."""
        return bool(self._fields)


def words(value: str) -> str:
    """Decode the encoded words of a field; a character split between two words is whole again."""
    parts: list[str] = []
    held, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        if (between.strip() or match[1].lower() != charset) and held:
            parts.append(decoded(held, charset))
            held = b""
        if between.strip() or at == 0:
            parts.append(between)
        held, charset, at = held + _bytes_of(match[2], match[3]), match[1].lower(), match.end()
    parts.append(decoded(held, charset) if held else "")
    return "".join([*parts, value[at:]])


def mailboxes(value: str) -> list[Mailbox]:
    """Read the addresses of one field."""
    if len(value) <= MOST_STRUCTURED:
        try:
            header = policy.default.header_factory("To", value)
            assert isinstance(header, AddressHeader)
            read = [(one.addr_spec, one.display_name) for one in header.addresses]
        except Exception:  # the standard library's parser raises whatever comes on a hostile value, RecursionError too
            read = []
        if found := [_mailbox(address, name) for address, name in read if _ADDRESS.fullmatch(address)]:
            return found
    return [_mailbox(match[0], "") for match in _ADDRESS.finditer(value)]


def identifiers(value: str) -> tuple[str, ...]:
    """Read Message-IDs, brackets kept; a long list loses its middle."""
    found = _BRACKETED.findall(value) or _BARE.findall(_COMMENT.sub(" ", value))
    told = list(dict.fromkeys(f"<{one[:MOST_IDENTIFIER]}>" for one in found))
    return tuple(told if len(told) <= MOST_REFERENCES else [told[0], *told[1 - MOST_REFERENCES :]])


def moment(value: str) -> datetime | None:
    """Read a date as UTC; None where it is none."""
    try:
        at = parsedate_to_datetime(value[:100])
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _unfolded(value: str) -> str:
    """One line, and bytes that are no ASCII decoded."""
    value = value[:MOST_HEADER_TEXT]
    if not value.isascii():
        value = decoded(value.encode("utf-8", "surrogateescape"))
    return " ".join(value.replace("\x00", "").splitlines()).strip()


def _bytes_of(coding: str, text: str) -> bytes:
    if coding in "qQ":
        return quopri.decodestring(text.encode("utf-8", "replace").replace(b"_", b" "))
    return from_base64(text.encode("ascii", "ignore"))


def _mailbox(address: str, name: str) -> Mailbox:
    return Mailbox(address[:MOST_IDENTIFIER], one_line(words(name).strip("'\" "), MOST_NAME))
