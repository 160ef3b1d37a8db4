"""One operation on its way to the ticket system, and the pure moves between its states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ticket_bridge.operation import OpenTicket, Operation
from ticket_bridge.ticket import TicketRef
from ticket_bridge.words import wordless

LOOKS_BEFORE_AGAIN = 2  # after a doubtful send: this many fruitless look-ups before it is sent again
LOOKS_AFTER_ANSWER = 4  # after a send that was answered as done: searches may lag behind, so look longer
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)


class DeliveryState(StrEnum):
    """How far a delivery is. `confirmed` and `failed` are ends."""

    QUEUED = "queued"  # surely not there
    SENDING = "sending"  # saved before the call; found after a crash it means "nobody knows"
    UNKNOWN = "unknown"  # perhaps there: settle, look, look again
    CONFIRMED = "confirmed"  # read back from the system
    FAILED = "failed"  # the system said no, or did not do what it said


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is to be done, how far it is, and when the next step is due (at once where `not_before` is None).

    `attempts` counts sends, `looks` the fruitless look-ups since the last one; `answered` says that the last send was
    answered as done. `differences` lists what the system holds otherwise than asked. `revision` grows by one with
    every save, so that a journal can refuse a worker that fell behind.
    """

    id: str
    operation: Operation
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    looks: int = 0
    answered: bool = False
    not_before: datetime | None = None
    ref: TicketRef | None = None
    last_error: str = ""
    differences: tuple[str, ...] = ()
    revision: int = 0

    @property
    def done(self) -> bool:
        """Tell whether no step is left."""
        return self.state in (DeliveryState.CONFIRMED, DeliveryState.FAILED)

    def due(self, now: datetime) -> bool:
        """Tell whether a step may be taken now."""
        return not self.done and (self.not_before is None or now >= self.not_before)


def queued(system: str, operation: Operation) -> Delivery:
    """Make the delivery of an operation: same system, kind, ticket and event (or handoff) give the same id."""
    if isinstance(operation, OpenTicket):
        return Delivery(id=f"{system}:open:{operation.request.handoff_id}", operation=operation)
    key = f"{system}:{operation.kind}:{operation.ref.key}:{operation.event_id}"
    return Delivery(id=key, operation=operation, ref=operation.ref)


def sending(delivery: Delivery) -> Delivery:
    """Mark the send that comes next."""
    return replace(
        delivery,
        state=DeliveryState.SENDING,
        attempts=delivery.attempts + 1,
        looks=0,
        answered=False,
        not_before=None,
    )


def answered(delivery: Delivery, ref: TicketRef) -> Delivery:
    """Take in that the send was answered as done: it stays unproved until it is read back."""
    return replace(delivery, ref=ref, answered=True)


def postponed(delivery: Delivery, now: datetime, after: timedelta | None, why: str) -> Delivery:
    """Queue again what surely was not done, `after` a pause (the usual growing one where None)."""
    pause = pause_after(delivery.attempts) if after is None else after
    return replace(delivery, state=DeliveryState.QUEUED, not_before=now + pause, last_error=why)


def doubted(delivery: Delivery, now: datetime, settle: timedelta, why: str) -> Delivery:
    """Wait until a send that may still be under way has surely ended, then look."""
    return replace(delivery, state=DeliveryState.UNKNOWN, looks=0, not_before=now + settle, last_error=why)


def unseen(delivery: Delivery, now: datetime, settle: timedelta) -> Delivery:
    """Take in a look-up that found nothing: look again, and only after the last look send again.

    What was answered as done is never sent again: it ends `failed`, with the reference for a human to follow.
    """
    looks = delivery.looks + 1
    if looks < (LOOKS_AFTER_ANSWER if delivery.answered else LOOKS_BEFORE_AGAIN):
        why = delivery.last_error or "answered as done, but not there yet when read back"
        return replace(doubted(delivery, now, settle, why), looks=looks)
    if delivery.answered:
        return failed(delivery, f"answered as done, but not there when read back {looks} times")
    return replace(postponed(delivery, now, None, delivery.last_error), looks=0)


def blinded(delivery: Delivery, now: datetime, after: timedelta | None, why: str) -> Delivery:
    """Take in a look-up that could not be made: it proves nothing, so try the same look later."""
    pause = pause_after(delivery.attempts) if after is None else after
    return replace(delivery, state=DeliveryState.UNKNOWN, not_before=now + pause, last_error=why)


def confirmed(delivery: Delivery, ref: TicketRef | None, differences: tuple[str, ...]) -> Delivery:
    """End well. The words are dropped from the delivery: they now stand in the ticket, and only there."""
    return replace(
        delivery,
        operation=wordless(delivery.operation),
        state=DeliveryState.CONFIRMED,
        not_before=None,
        ref=ref,
        last_error="",
        differences=differences,
    )


def failed(delivery: Delivery, why: str, differences: tuple[str, ...] = ()) -> Delivery:
    """End badly. The words are kept: somebody must bring them to the desk another way."""
    return replace(delivery, state=DeliveryState.FAILED, not_before=None, last_error=why, differences=differences)


def pause_after(attempts: int) -> timedelta:
    """Give the pause before the next try: it doubles with each attempt up to five minutes."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(max(attempts - 1, 0), 10)))
