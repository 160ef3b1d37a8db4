"""A mail that was read, as a frozen value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a mail is. Only `human` mail is ever answered."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"  # an absence, a receipt, a notice that no person wrote
    BOUNCE = "bounce"  # a delivery report
    LIST = "list"  # a mailing list or bulk mail
    CALENDAR = "calendar"  # an invitation, or an answer to one
    OWN = "own"  # sent by ourselves and come back
    UNPARSEABLE = "unparseable"  # no mail, or one made to exhaust its reader; what could be read is there


class Addressed(StrEnum):
    """How the mail came to us."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"  # no address of ours in To or Cc
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as a header names it; `address` keeps its case."""

    address: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail; `size` in bytes. `content` is None where the file is beyond the limits."""

    name: str
    type: str
    size: int
    content: bytes | None = field(repr=False)
    content_id: str = ""  # without its brackets; the HTML shows the file by it


def _nobody(identifier: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Ours:
    """What is ours: how a mail of our own is known, and who vouches for a sender.

    `addresses` are those of the desk, its aliases among them; a suffix (`support+x7@`) needs no entry. `is_own_id`
    recognises Message-IDs that we gave. Without `authserv_id`, the name of our own mail server in
    Authentication-Results, no sender is proven. `agents`: addresses, or patterns of them (`*@desk.example.org`), of
    those who pass mails of others on.
    """

    addresses: frozenset[str] = frozenset()
    authserv_id: str = ""
    is_own_id: Callable[[str], bool] = _nobody
    agents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passed:
    """A mail that was passed on, where it can be told for certain who wrote it.

    `text`: the mail with the header it stands under; `above`: what the one who passed it on wrote of their own.
    `message_id` is known of a mail that is attached whole.
    """

    sender: Mailbox
    text: str
    subject: str = ""
    above: str = ""
    message_id: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `text` is what its writer added: quotes and signature cut, all of it where the mail forwards another.

    Identifiers keep their angle brackets; a mail without Message-ID gets one made from its content, the same each time.
    """

    kind: Kind
    subject: str = ""
    sender: Mailbox = Mailbox()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    text: str = ""
    full_text: str = ""
    attachments: tuple[Attachment, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    bounced: tuple[str, ...] = ()  # addresses that got nothing, of a delivery report
    returned: str = ""  # Message-ID of the mail that a delivery report is about
    authenticated: bool = False  # our own server vouches for the domain of `sender`
    forwarded: bool = False
    encrypted: bool = False  # nobody but its addressee can read it: a matter for a human
    addressed: Addressed = Addressed.TO
    noreply: bool = False  # an answer would reach nobody
    date: datetime | None = None  # UTC, as its writer's clock told
    lang: str = ""  # of `text`: a code, "other", or "" where it does not show
    others: tuple[Mailbox, ...] = ()  # to whom else it went: neither we nor its writer
    by_agent: bool = False  # its writer is an agent of the desk, as far as the address tells
    passed: Passed | None = None  # what an agent passed on
    head: tuple[tuple[str, str], ...] = ()  # the header lines that matter afterwards, as they came
