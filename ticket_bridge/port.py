"""The door to a ticket system: what every system offers, and the three ways it may fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from ticket_bridge.change import ChangePage
from ticket_bridge.operation import Found, Operation
from ticket_bridge.ticket import (
    File,
    HandoffRequest,
    LinkKind,
    Requester,
    RequesterRef,
    TicketRef,
    TicketState,
    Visibility,
)


class TryLaterError(Exception):
    """Nothing was done, surely; the same call may succeed `after` a while (None: the system gave no time)."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class RefusedError(Exception):
    """Nothing was done, and the same call will be refused again: somebody must change something."""


class DoubtfulError(Exception):
    """The call may have been carried out, or may still be: the answer was lost or makes no sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a system can do, known without asking it.

    `settle` is the longest a lost request can still take effect: at least the client's time-out.
    """

    system: str
    settle: timedelta
    computes_priority: bool = False
    largest_file: int | None = None  # bytes; None: no limit of its own
    links: frozenset[LinkKind] = frozenset(LinkKind)
    states: frozenset[TicketState] = frozenset(TicketState)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the system answers now, and in one line why not."""

    ok: bool
    detail: str = ""


class TicketSystem(Protocol):
    """One ticket system. Writes raise TryLaterError, RefusedError or DoubtfulError; anything else is a bug.

    A write need not look up or read back: `Bridge` does both, through `find`. It must carry its key (handoff id or
    event id) to the server in the best place the server has for it.
    """

    async def open(self, request: HandoffRequest) -> TicketRef:
        """Open a ticket. Where the server has a duplicate guard, the same handoff id gives the same ticket."""

    async def find(self, operation: Operation) -> Found | None:
        """Read from the system what it holds for this operation, None where it holds nothing.

        An opening is looked up by its handoff id, everything else by its event id where the system keeps one; where
        it keeps none, a change of state gives the ticket's present state.
        """

    async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
        """Write a note."""

    async def attach(self, ref: TicketRef, file: File, event_id: str) -> None:
        """Attach a file."""

    async def set_state(self, ref: TicketRef, state: TicketState, reason: str, event_id: str) -> None:
        """Move the ticket to a state."""

    async def reopen(self, ref: TicketRef, reason: str, event_id: str) -> None:
        """Take a resolved or closed ticket up again; an open one stays as it is."""

    async def link(self, ref: TicketRef, parent: TicketRef, kind: LinkKind, event_id: str) -> None:
        """Tie a ticket to another."""

    async def resolve_requester(self, requester: Requester) -> RequesterRef | None:
        """Find the person by email or SSO id, never by name; None where the system knows neither."""

    async def changes(self, cursor: str | None) -> ChangePage:
        """Give what happened after the cursor (None: from the beginning), our own doings marked as such."""

    async def check(self) -> tuple[str, ...]:
        """Compare the configuration with the system's own lists: every fault, each with its mend."""

    async def health(self) -> Health:
        """Ask whether the system answers. Raises nothing."""

    def capabilities(self) -> Capabilities:
        """Tell what the system can do. No I/O."""
