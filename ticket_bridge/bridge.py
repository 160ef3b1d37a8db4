"""The bridge: bring each operation into the ticket system once, one step at a time, whatever is killed when."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from ticket_bridge import delivery as moves
from ticket_bridge.breaker import Breaker
from ticket_bridge.change import ChangePage, for_requester
from ticket_bridge.delivery import Delivery, DeliveryState
from ticket_bridge.journal import Journal, StaleDeliveryError
from ticket_bridge.operation import AddNote, Attach, Link, OpenTicket, Operation, Reopen, SetState
from ticket_bridge.port import DoubtfulError, RefusedError, TicketSystem, TryLaterError
from ticket_bridge.readback import compare
from ticket_bridge.ticket import (
    File,
    HandoffRequest,
    LinkKind,
    Opened,
    TicketRef,
    TicketState,
    Visibility,
)
from ticket_bridge.words import storable

Answer = TypeVar("Answer")


class Bridge:
    """Brings operations into one ticket system.

    The `queue...` methods only make values; `advance` does the work. `clock` gives the time, aware. `time_limit` is
    the longest one call may take before its end counts as unknown.
    """

    def __init__(
        self,
        system: TicketSystem,
        journal: Journal,
        clock: Callable[[], datetime],
        *,
        breaker: Breaker | None = None,
        time_limit: timedelta = timedelta(seconds=30),
    ) -> None:
        self._system = system
        self._journal = journal
        self._clock = clock
        self._time_limit = time_limit
        self._capabilities = system.capabilities()
        self.breaker = breaker or Breaker()

    def queue(self, request: HandoffRequest) -> Delivery:
        """Make the delivery that opens the ticket of a handoff. The same handoff id gives the same delivery id."""
        return self._queued(OpenTicket(request=request))

    def queue_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> Delivery:
        """Make the delivery that writes a note."""
        return self._queued(AddNote(ref=ref, text=text, visibility=visibility, event_id=event_id))

    def queue_file(self, ref: TicketRef, file: File, event_id: str) -> Delivery:
        """Make the delivery that attaches a file."""
        return self._queued(Attach(ref=ref, file=file, event_id=event_id))

    def queue_state(self, ref: TicketRef, state: TicketState, event_id: str, reason: str = "") -> Delivery:
        """Make the delivery that moves a ticket to a state."""
        return self._queued(SetState(ref=ref, state=state, event_id=event_id, reason=reason))

    def queue_reopen(self, ref: TicketRef, reason: str, event_id: str) -> Delivery:
        """Make the delivery that takes a ticket up again."""
        return self._queued(Reopen(ref=ref, reason=reason, event_id=event_id))

    def queue_link(self, ref: TicketRef, parent: TicketRef, kind: LinkKind, event_id: str) -> Delivery:
        """Make the delivery that ties a ticket to another."""
        return self._queued(Link(ref=ref, parent=parent, relation=kind, event_id=event_id))

    async def advance(self, delivery: Delivery) -> Delivery:
        """Take the next step that is due, and give the delivery as it stands afterwards.

        The journal's copy wins over the argument, so an operation may be queued again at will after a crash. Nothing
        happens before `not_before`. Raises what the journal raises; a failing system never raises.
        """
        try:
            return await self._step(await self._journal.load(delivery.id) or delivery)
        except StaleDeliveryError:
            return await self._journal.load(delivery.id) or delivery

    async def changes(self, cursor: str | None) -> ChangePage:
        """Give what the desk did after the cursor: nothing of our own, no internal note. Raises as `find` does."""
        page = await self._call(self._system.changes(cursor))
        return replace(page, changes=for_requester(page.changes))

    def _queued(self, operation: Operation) -> Delivery:
        return moves.queued(self._capabilities.system, storable(operation))

    async def _step(self, delivery: Delivery) -> Delivery:
        now = self._clock()
        if not delivery.due(now):
            return delivery
        if delivery.state is DeliveryState.SENDING:
            why = "stopped while sending"
            return await self._save(moves.doubted(delivery, now, self._capabilities.settle, why))
        pause = self.breaker.pause(now)
        if pause is not None:
            return replace(delivery, not_before=now + pause)
        return await (self._send(delivery) if delivery.state is DeliveryState.QUEUED else self._look(delivery))

    async def _send(self, delivery: Delivery) -> Delivery:
        sending = await self._save(moves.sending(delivery))
        try:
            ref = await self._call(self._write(sending.operation))
        except TryLaterError as later:
            return await self._save(moves.postponed(sending, self._clock(), later.after, str(later)))
        except RefusedError as refusal:
            return await self._save(moves.failed(sending, str(refusal)))
        except DoubtfulError as doubt:
            return await self._save(moves.doubted(sending, self._clock(), self._capabilities.settle, str(doubt)))
        return await self._look(moves.answered(sending, ref))

    async def _look(self, delivery: Delivery) -> Delivery:
        try:
            found = await self._call(self._system.find(delivery.operation))
        except (TryLaterError, RefusedError, DoubtfulError) as error:
            return await self._save(moves.blinded(delivery, self._clock(), _pause(error), str(error)))
        reading = compare(delivery.operation, found)
        if not reading.there:
            return await self._save(moves.unseen(delivery, self._clock(), self._capabilities.settle))
        if reading.differences and not isinstance(found, Opened):
            return await self._save(moves.failed(delivery, "; ".join(reading.differences), reading.differences))
        ref = found.ref if isinstance(found, Opened) else delivery.ref
        return await self._save(moves.confirmed(delivery, ref, reading.differences))

    async def _write(self, operation: Operation) -> TicketRef:
        system = self._system
        match operation:
            case OpenTicket(request=request):
                return await system.open(request)
            case AddNote(text=text, visibility=visibility):
                await system.add_note(operation.ref, text, visibility, operation.event_id)
            case Attach(file=file):
                await system.attach(operation.ref, file, operation.event_id)
            case SetState(state=state, reason=reason):
                await system.set_state(operation.ref, state, reason, operation.event_id)
            case Reopen(reason=reason):
                await system.reopen(operation.ref, reason, operation.event_id)
            case Link(parent=parent, relation=kind):
                await system.link(operation.ref, parent, kind, operation.event_id)
        return operation.ref

    async def _call(self, call: Awaitable[Answer]) -> Answer:
        """Await a call within the time limit, and tell the breaker how it went."""
        try:
            async with asyncio.timeout(self._time_limit.total_seconds()):
                answer = await call
        except TimeoutError:
            self.breaker.failed(self._clock())
            raise DoubtfulError(f"no answer within {self._time_limit.total_seconds():g} s") from None
        except (TryLaterError, DoubtfulError):
            self.breaker.failed(self._clock())
            raise
        except RefusedError:
            self.breaker.succeeded()
            raise
        self.breaker.succeeded()
        return answer

    async def _save(self, delivery: Delivery) -> Delivery:
        saved = replace(delivery, revision=delivery.revision + 1)
        await self._journal.save(saved)
        return saved


def _pause(error: TryLaterError | RefusedError | DoubtfulError) -> timedelta | None:
    match error:
        case TryLaterError(after=after):
            return after
        case RefusedError():  # the right to read is missing: nothing will change soon
            return moves.LONGEST_PAUSE
        case DoubtfulError():
            return None
