"""A strict stand-in for a ticket server without any duplicate guard, that loses answers and carries things out late.

It behaves as real servers were seen to: a request whose client is gone is still carried out, sometimes seconds
later, and some changes are answered with success and ignored. Every fault that happened is kept in `happened`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tests.ticket_bridge.handoffs import Clock
from ticket_bridge import (
    Capabilities,
    ChangePage,
    DoubtfulError,
    File,
    HandoffRequest,
    Health,
    LinkKind,
    RefusedError,
    Requester,
    RequesterRef,
    TicketRef,
    TicketState,
    TryLaterError,
    Visibility,
)
from ticket_bridge.change import TicketChange
from ticket_bridge.operation import AddNote, Found, OpenTicket, Operation, SetState
from ticket_bridge.ticket import Note, Opened

SETTLE = timedelta(seconds=10)
SHORT = timedelta(seconds=4)


class Fault(StrEnum):
    """What goes wrong with one write."""

    NONE = "none"
    REQUEST_LOST = "the request never arrives, and no answer either"
    ANSWER_LOST = "carried out at once, the answer is lost"
    ANSWER_LOST_AND_LATE = "carried out after a while, the answer is lost"
    BUSY = "answered: try later"
    REFUSED = "answered: no"
    IGNORED = "answered as done, nothing done"
    KEY_DROPPED = "answered as done, done without our key"
    LAGGING = "answered as done, found only after a while"


@dataclass
class Kept:
    """One ticket as this server keeps it."""

    key: str
    handoff_id: str
    subject: str
    state: TicketState = TicketState.NEW
    notes: list[tuple[str, str, Visibility]] = field(default_factory=list)


class LossyDesk:
    """Meets each write with the next fault of `script`, and with none when that has run out."""

    def __init__(self, clock: Clock, script: Iterable[Fault] = (), name: str = "lossy") -> None:
        self.name = name
        self.happened: list[Fault] = []
        self.opened = 0  # how many `open` reached the server or were meant to
        self.looked = 0
        self.news: tuple[TicketChange, ...] = ()
        self._clock = clock
        self._script = list(script)
        self._tickets: list[Kept] = []
        self._under_way: list[tuple[datetime, Callable[[], None]]] = []
        self._findable_from: dict[str, datetime] = {}

    def subjects(self) -> list[str]:
        """Give the subject of every ticket in the whole queue."""
        self._carry_out()
        return [ticket.subject for ticket in self._tickets]

    def notes(self, key: str) -> list[str]:
        """Give the text of every note on a ticket."""
        self._carry_out()
        return [text for _, text, _ in self._ticket(key).notes]

    def state(self, key: str) -> TicketState:
        """Give a ticket's state."""
        self._carry_out()
        return self._ticket(key).state

    def put(self, request: HandoffRequest) -> TicketRef:
        """Place a ticket in the queue, past all faults."""
        self._tickets.append(Kept("L-0", request.handoff_id, request.subject))
        return TicketRef(self.name, "L-0")

    async def open(self, request: HandoffRequest) -> TicketRef:
        self.opened += 1
        key = f"L-{self.opened}"
        fault = self._next_fault()
        kept = Kept(key, "" if fault is Fault.KEY_DROPPED else request.handoff_id, request.subject)
        if fault is Fault.LAGGING:
            self._findable_from[key] = self._clock() + SHORT
        self._meet(fault, lambda: self._tickets.append(kept))
        return TicketRef(self.name, key)

    async def find(self, operation: Operation) -> Found | None:
        self.looked += 1
        self._carry_out()
        match operation:
            case OpenTicket(request=request):
                return self._find_ticket(request.handoff_id)
            case AddNote(ref=ref, event_id=event_id):
                notes = (n for n in self._ticket(ref.key).notes if n[0] == event_id)
                return next((Note(text=text, visibility=visibility) for _, text, visibility in notes), None)
            case SetState(ref=ref):
                return self._ticket(ref.key).state
            case _:
                raise AssertionError(f"this stand-in knows nothing of {operation.kind}")

    async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
        ticket = self._ticket(ref.key)
        self._meet(self._next_fault(), lambda: ticket.notes.append((event_id, text, visibility)))

    async def set_state(self, ref: TicketRef, state: TicketState, reason: str, event_id: str) -> None:
        ticket = self._ticket(ref.key)
        self._meet(self._next_fault(), lambda: setattr(ticket, "state", state))

    async def attach(self, ref: TicketRef, file: File, event_id: str) -> None:
        raise AssertionError("this stand-in takes no files")

    async def reopen(self, ref: TicketRef, reason: str, event_id: str) -> None:
        raise AssertionError("this stand-in reopens nothing")

    async def link(self, ref: TicketRef, parent: TicketRef, kind: LinkKind, event_id: str) -> None:
        raise AssertionError("this stand-in links nothing")

    async def resolve_requester(self, requester: Requester) -> RequesterRef | None:
        raise AssertionError("this stand-in knows nobody")

    async def changes(self, cursor: str | None) -> ChangePage:
        return ChangePage(self.news, "1")

    async def check(self) -> tuple[str, ...]:
        return ()

    async def health(self) -> Health:
        return Health(ok=True)

    def capabilities(self) -> Capabilities:
        return Capabilities(system=self.name, settle=SETTLE)

    def _next_fault(self) -> Fault:
        fault = self._script.pop(0) if self._script else Fault.NONE
        if fault is not Fault.NONE:
            self.happened.append(fault)
        return fault

    def _meet(self, fault: Fault, carry_out: Callable[[], None]) -> None:
        match fault:
            case Fault.BUSY:
                raise TryLaterError("busy", timedelta(seconds=7))
            case Fault.REFUSED:
                raise RefusedError("no such queue")
            case Fault.REQUEST_LOST:
                raise DoubtfulError("the connection was cut")
            case Fault.ANSWER_LOST_AND_LATE:
                self._under_way.append((self._clock() + SHORT, carry_out))
                raise DoubtfulError("no answer in time")
            case Fault.IGNORED:
                return
            case _:
                carry_out()
        if fault is Fault.ANSWER_LOST:
            raise DoubtfulError("the connection was cut")

    def _carry_out(self) -> None:
        due = [carry_out for at, carry_out in self._under_way if at <= self._clock()]
        self._under_way = [item for item in self._under_way if item[0] > self._clock()]
        for carry_out in due:
            carry_out()

    def _find_ticket(self, handoff_id: str) -> Opened | None:
        for ticket in self._tickets:
            findable = self._findable_from.get(ticket.key, self._clock()) <= self._clock()
            if ticket.handoff_id == handoff_id and findable:
                ref = TicketRef(self.name, ticket.key)
                return Opened(ref=ref, handoff_id=ticket.handoff_id, subject=ticket.subject)
        return None

    def _ticket(self, key: str) -> Kept:
        for ticket in self._tickets:
            if ticket.key == key:
                return ticket
        raise RefusedError(f"there is no ticket {key}")
