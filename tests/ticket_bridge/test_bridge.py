"""How the bridge takes its steps, one by one."""

import asyncio
from datetime import timedelta

import pytest

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.houses import House
from tests.ticket_bridge.journals import MemoryJournal
from tests.ticket_bridge.lossy_desk import SETTLE, Fault, LossyDesk
from ticket_bridge import (
    Bridge,
    DeliveryState,
    HandoffRequest,
    TicketRef,
    Visibility,
)
from ticket_bridge.operation import OpenTicket


async def test_one_step_opens_the_ticket_reads_it_back_and_confirms() -> None:
    house = House()
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.ref) == (DeliveryState.CONFIRMED, TicketRef("lossy", "L-1"))
    assert house.desk.looked == 1
    assert house.journal.states(delivery.id) == ["sending", "confirmed"]


async def test_the_send_is_saved_before_the_call() -> None:
    house = House()

    class Desk(LossyDesk):
        async def open(self, request: HandoffRequest) -> TicketRef:
            saved.extend(house.journal.states(delivery.id))
            return await super().open(request)

    saved: list[str] = []
    bridge = Bridge(Desk(house.clock), house.journal, house.clock)
    delivery = bridge.queue(handoff())
    await bridge.advance(delivery)
    assert saved == ["sending"]


async def test_queued_again_after_it_was_confirmed_it_is_still_one_ticket() -> None:
    house = House()
    first = await house.bridge.advance(house.bridge.queue(handoff()))
    again = await house.bridge.advance(house.bridge.queue(handoff()))
    assert again == first
    assert house.desk.subjects() == [handoff().subject]


async def test_busy_waits_as_long_as_the_system_says_and_then_sends_again() -> None:
    house = House(Fault.BUSY)
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.not_before) == (DeliveryState.QUEUED, house.clock.now + timedelta(seconds=7))
    assert await house.bridge.advance(delivery) == delivery  # nothing happens before it is due
    assert house.desk.opened == 1
    delivery = await house.to_the_end(delivery)
    assert (delivery.state, delivery.attempts, delivery.last_error) == (DeliveryState.CONFIRMED, 2, "")
    assert house.desk.happened == [Fault.BUSY]


async def test_a_refusal_ends_the_delivery_and_keeps_its_words() -> None:
    house = House(Fault.REFUSED)
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.last_error) == (DeliveryState.FAILED, "no such queue")
    assert delivery.operation == OpenTicket(request=handoff())
    assert await house.bridge.advance(delivery) == delivery


async def test_a_lost_answer_settles_and_is_looked_up_before_anything_else() -> None:
    house = House(Fault.ANSWER_LOST)
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.not_before) == (DeliveryState.UNKNOWN, house.clock.now + SETTLE)
    house.clock.pass_(SETTLE - timedelta(microseconds=1))
    assert await house.bridge.advance(delivery) == delivery
    assert house.desk.looked == 0
    house.clock.reach(delivery.not_before)
    delivery = await house.bridge.advance(delivery)
    assert (delivery.state, delivery.attempts) == (DeliveryState.CONFIRMED, 1)
    assert house.desk.subjects() == [handoff().subject]


async def test_a_lost_request_is_looked_up_twice_and_then_sent_again() -> None:
    house = House(Fault.REQUEST_LOST)
    delivery = await house.to_the_end(house.bridge.queue(handoff()))
    states = house.journal.states(delivery.id)
    assert states == ["sending", "unknown", "unknown", "queued", "sending", "confirmed"]
    assert (delivery.attempts, house.desk.looked) == (2, 3)
    assert house.desk.subjects() == [handoff().subject]


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST_AND_LATE])
async def test_a_note_is_written_once_whatever_was_lost(fault: Fault) -> None:
    house = House(fault)
    ref = house.opened()
    delivery = await house.to_the_end(house.bridge.queue_note(ref, "ça remarche", Visibility.PUBLIC, "e1"))
    await house.to_the_end(house.bridge.queue_note(ref, "ça remarche", Visibility.PUBLIC, "e1"))
    assert delivery.state is DeliveryState.CONFIRMED
    assert house.desk.notes(ref.key) == ["ça remarche"]


async def test_a_call_without_an_end_counts_as_doubtful() -> None:
    class Silent(LossyDesk):
        async def open(self, request: HandoffRequest) -> TicketRef:
            self.opened += 1
            return await asyncio.Future()

    clock = Clock()
    bridge = Bridge(Silent(clock), MemoryJournal(), clock, time_limit=timedelta(0))
    delivery = await bridge.advance(bridge.queue(handoff()))
    assert (delivery.state, delivery.last_error) == (DeliveryState.UNKNOWN, "no answer within 0 s")


async def test_the_same_script_gives_the_same_steps() -> None:
    script = [Fault.BUSY, Fault.REQUEST_LOST, Fault.ANSWER_LOST_AND_LATE]
    one, two = House(*script), House(*script)
    await one.to_the_end(one.bridge.queue(handoff()))
    await two.to_the_end(two.bridge.queue(handoff()))
    assert one.journal.saved == two.journal.saved
    assert one.desk.happened == script
