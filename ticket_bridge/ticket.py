"""What a handoff says and what a ticket is: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

_KNOWN_KEYS_ONLY: dict[str, Any] = {"extra": "forbid"}  # read by codec.py: a misspelt key is a fault, not silence


class Priority(StrEnum):
    """How soon somebody must look at it; P1 is the highest."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class TicketState(StrEnum):
    """Where a ticket stands, in ITIL words; every system maps its own onto these."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who may read a note. Internal ones never reach the requester."""

    INTERNAL = "internal"
    PUBLIC = "public"


class LinkKind(StrEnum):
    """How one ticket stands to another."""

    DUPLICATE_OF = "duplicate_of"
    CHILD_OF = "child_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """The person who needs help, as far as known. They are recognised by `email` or `sso_id`, never by `name`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _KNOWN_KEYS_ONLY

    name: str = ""
    email: str = ""
    sso_id: str = ""
    vip: bool = False
    site: str = ""
    lang: str = ""
    contact: str = ""  # how to reach them and until when, in their own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was tried, and what came of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _KNOWN_KEYS_ONLY

    what: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """One line of the conversation; `who` is person, bot or agent."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _KNOWN_KEYS_ONLY

    who: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to attach. `path` is where its bytes lie; without it only the mention is attached."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _KNOWN_KEYS_ONLY

    name: str
    media_type: str = "application/octet-stream"
    size: int = 0  # bytes
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffRequest:
    """Everything a technician must know. One `handoff_id` is one ticket, however often it is sent.

    `subject` and `body` arrive written; nothing here adds prose. `impact` and `urgency` run from 1 (highest) to 3.
    Raises ValueError naming every faulty field.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _KNOWN_KEYS_ONLY

    handoff_id: str
    subject: str
    body: str
    priority: Priority
    channel: str = ""
    conversation: str = ""
    requester: Requester = field(default_factory=Requester)
    impact: int = 3
    urgency: int = 2
    level: str = ""
    team: str = ""
    reason: str = ""
    topic: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)  # JSON values
    steps: tuple[Step, ...] = ()
    transcript: tuple[TranscriptLine, ...] = ()
    files: tuple[File, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no system could file."""
        faults = [] if self.handoff_id.strip() else ["handoff_id is empty: give the one id of this handoff"]
        ranks = {"impact": self.impact, "urgency": self.urgency}
        faults += [f"{name} is {rank}: use 1, 2 or 3" for name, rank in ranks.items() if rank not in (1, 2, 3)]
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True, slots=True)
class TicketRef:
    """Names one ticket: in which system, under which key, and where a browser finds it ("" where there is no page)."""

    system: str
    key: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RequesterRef:
    """Names a person as the ticket system knows them."""

    system: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A ticket as the system holds it, for comparison with what was asked."""

    ref: TicketRef
    handoff_id: str
    subject: str
    priority: Priority | None = None  # None: the system computes its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as the system holds it."""

    text: str
    visibility: Visibility
