"""Nothing is believed that cannot be read back, and nothing leaves the desk that is not positively public."""

from dataclasses import replace

import pytest

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.houses import House
from tests.ticket_bridge.journals import MemoryJournal, to_the_end
from tests.ticket_bridge.lossy_desk import Fault, LossyDesk
from ticket_bridge import (
    Bridge,
    DeliveryState,
    DoubtfulError,
    HandoffRequest,
    StateChanged,
    TicketRef,
    TicketState,
    Visibility,
)
from ticket_bridge.change import NoteAdded, TicketChange, What
from ticket_bridge.codec import to_plain
from ticket_bridge.operation import Found, Operation

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


async def test_a_search_that_lags_is_waited_for_and_nothing_is_sent_twice() -> None:
    house = House(Fault.LAGGING)
    delivery = await house.to_the_end(house.bridge.queue(handoff()))
    assert house.desk.happened == [Fault.LAGGING]
    assert (delivery.state, delivery.attempts) == (DeliveryState.CONFIRMED, 1)


@pytest.mark.parametrize("fault", [Fault.IGNORED, Fault.KEY_DROPPED])
async def test_an_opening_answered_as_done_but_never_found_fails_with_its_key_and_is_not_repeated(fault: Fault) -> None:
    house = House(fault)
    delivery = await house.to_the_end(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.ref) == (DeliveryState.FAILED, TicketRef("lossy", "L-1"))
    assert delivery.last_error == "answered as done, but not there when read back 4 times"
    assert house.desk.opened == 1


async def test_a_change_of_state_that_was_answered_and_ignored_is_reported() -> None:
    house = House(Fault.IGNORED)
    ref = house.opened()
    delivery = await house.to_the_end(house.bridge.queue_state(ref, TicketState.RESOLVED, "e1"))
    assert house.desk.happened == [Fault.IGNORED]
    assert delivery.state is DeliveryState.FAILED
    assert house.desk.state(ref.key) is TicketState.NEW


async def test_an_internal_note_that_became_public_is_a_failure() -> None:
    class Indiscreet(LossyDesk):
        async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
            await super().add_note(ref, text, PUBLIC, event_id)

    clock = Clock()
    bridge = Bridge(Indiscreet(clock), MemoryJournal(), clock)
    opened = await bridge.advance(bridge.queue(handoff()))
    assert opened.ref is not None
    delivery = await bridge.advance(bridge.queue_note(opened.ref, "entre nous", INTERNAL, "e1"))
    assert (delivery.state, delivery.differences) == (
        DeliveryState.FAILED,
        ("visibility is held otherwise than asked",),
    )


async def test_a_ticket_with_another_subject_counts_as_opened_and_says_so() -> None:
    class Cutting(LossyDesk):
        async def open(self, request: HandoffRequest) -> TicketRef:
            return await super().open(replace(request, subject=request.subject[:10]))

    clock = Clock()
    bridge = Bridge(Cutting(clock), MemoryJournal(), clock)
    delivery = await bridge.advance(bridge.queue(handoff()))
    assert (delivery.state, delivery.differences) == (
        DeliveryState.CONFIRMED,
        ("subject is held otherwise than asked",),
    )


async def test_a_look_that_cannot_be_made_proves_nothing_and_nothing_is_sent() -> None:
    class Blind(LossyDesk):
        async def find(self, operation: Operation) -> Found | None:
            self.looked += 1
            if self.looked <= 4:
                raise DoubtfulError("no answer in time")
            return await super().find(operation)

    clock = Clock()
    desk = Blind(clock, [Fault.ANSWER_LOST])
    bridge = Bridge(desk, MemoryJournal(), clock)
    delivery = await to_the_end(bridge, bridge.queue(handoff()), clock)
    assert (delivery.state, desk.opened, desk.looked) == (DeliveryState.CONFIRMED, 1, 6)


async def test_only_what_agents_did_and_said_in_public_leaves_the_desk() -> None:
    house = House()
    mixed = [(own, what) for own in (True, False) for what in (NoteAdded("a", PUBLIC), NoteAdded("b", INTERNAL))]
    house.desk.news = tuple(_change(n, own, what) for n, (own, what) in enumerate(mixed))
    house.desk.news += (_change(9, False, StateChanged(TicketState.RESOLVED)),)
    page = await house.bridge.changes(None)
    assert [c.what for c in page.changes] == [NoteAdded("a", PUBLIC), StateChanged(TicketState.RESOLVED)]
    assert to_plain(page.changes[1].what) == {"state": "resolved", "kind": "state"}


def _change(number: int, own: bool, what: What) -> TicketChange:
    return TicketChange(
        change_id=f"lossy:{number}",
        ref=TicketRef("lossy", "L-1"),
        handoff_id="c:1:1",
        at=Clock().now,
        author="x",
        own=own,
        what=what,
    )
