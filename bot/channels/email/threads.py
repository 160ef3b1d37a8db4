"""Which thread a mail belongs to, told by marks that only we can make: in the address answered to, in Message-IDs."""

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

_THREAD, _SEAL = 16, 12  # letters of five bits: 80 to tell threads apart, 60 that nobody guesses by sending mails
_TAG = 8  # letters of a subject's tag: 40 bits, and it opens a thread to none but those who are in it already
_LETTERS = "[a-z2-7]"
_OURS = re.compile(rf"<({_LETTERS}{{16}})\.({_LETTERS}{{{_THREAD}}})\.({_LETTERS}{{{_SEAL}}})@[^<>@\s]+>")

_TAGGED = re.compile(rf"\s*\[#({_LETTERS}{{{_TAG}}})\]", re.IGNORECASE)


def tags(subject: str) -> tuple[str, ...]:
    """Read what may be tags of ours in a subject."""
    return tuple(match[1].upper() for match in _TAGGED.finditer(subject))


def without_tags(subject: str) -> str:
    """Take tags off a subject: one that was copied into a new mail says nothing."""
    return _TAGGED.sub("", subject).strip()


def begun_by(message_id: str) -> str:
    """Name the thread that a mail begins: the same name however often the mail is read."""
    return _letters(message_id.encode("utf-8", errors="replace"), _THREAD)


@dataclass(frozen=True, slots=True)
class Threads:
    """Makes and reads the marks of one mailbox. `address`: its own, without a suffix; `secret` never leaves the house.

    A mark is sealed: whoever has not had a mail of ours cannot make one, and none of another mailbox counts.
    """

    address: str
    secret: bytes = field(repr=False)
    delimiter: str = "+"

    def reply_to(self, thread: str) -> str:
        """The address to which answers in a thread go."""
        local, _, domain = self.address.rpartition("@")
        return f"{local}{self.delimiter}{thread}{self._seal('to', thread)}@{domain}"

    def message_id(self, thread: str, key: str) -> str:
        """The Message-ID of what is sent under a delivery key: every try of it has the same."""
        mail, domain = _letters(key.encode(), 16), self.address.rpartition("@")[2]
        return f"<{mail}.{thread}.{self._seal('id', f'{mail}.{thread}')}@{domain}>"

    def tag(self, thread: str) -> str:
        """What stands for a thread in a subject: short, and nothing that anybody could work out."""
        return self._seal("tag", thread)[:_TAG].upper()

    def of_message(self, message_id: str) -> str:
        """The thread of a Message-ID that we made; "" for any other."""
        match = _OURS.fullmatch(message_id.strip().lower())
        if match is None:
            return ""
        mail, thread, seal = match.groups()
        return thread if hmac.compare_digest(seal, self._seal("id", f"{mail}.{thread}")) else ""

    def is_ours(self, message_id: str) -> bool:
        """Tell whether we made a Message-ID."""
        return bool(self.of_message(message_id))

    def of_addresses(self, addresses: Iterable[str]) -> str:
        """The thread that one of the addresses is marked with, "" where none is."""
        return next(filter(None, map(self._of_address, addresses)), "")

    def _of_address(self, address: str) -> str:
        own, own_domain = self.address.lower().rsplit("@", 1)
        local, _, domain = address.strip().lower().rpartition("@")
        base, _, mark = local.rpartition(self.delimiter)
        thread, seal = mark[:_THREAD], mark[_THREAD:]
        if (base, domain) != (own, own_domain) or len(mark) != _THREAD + _SEAL or not mark.isascii():
            return ""
        return thread if hmac.compare_digest(seal, self._seal("to", thread)) else ""

    def _seal(self, use: str, what: str) -> str:
        told = f"{use}:{self.address.lower()}:{what}".encode()
        return _letters(hmac.digest(self.secret, told, "sha256"), _SEAL)


def _letters(told: bytes, count: int) -> str:
    """Hash to lower-case letters and digits, which every mail server carries unharmed."""
    return b32encode(sha256(told).digest()).decode().lower()[:count]
