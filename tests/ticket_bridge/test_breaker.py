"""When a system is left alone, and how it is tried again."""

from datetime import timedelta

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.houses import House
from tests.ticket_bridge.lossy_desk import Fault
from ticket_bridge import (
    Breaker,
    DeliveryState,
)


async def test_five_failures_in_a_row_rest_the_system_and_one_trial_wakes_it() -> None:
    house = House(*[Fault.BUSY] * 5)
    deliveries = [await house.bridge.advance(house.bridge.queue(handoff(n))) for n in range(8)]
    assert house.desk.opened == 5
    rest = house.bridge.breaker.resting_until
    assert rest == house.clock.now + timedelta(seconds=30)
    assert [d.not_before for d in deliveries[5:]] == [rest] * 3
    assert [d.attempts for d in deliveries[5:]] == [0] * 3
    house.clock.reach(rest)
    assert (await house.bridge.advance(deliveries[0])).state is DeliveryState.CONFIRMED
    assert house.bridge.breaker.resting_until is None
    for delivery in deliveries[1:]:
        assert (await house.to_the_end(delivery)).state is DeliveryState.CONFIRMED
    assert len(house.desk.subjects()) == 8


async def test_while_resting_only_one_trial_goes_at_a_time() -> None:
    clock, breaker = Clock(), Breaker(threshold=1)
    breaker.failed(clock())
    clock.pass_(timedelta(seconds=30))
    assert breaker.pause(clock()) is None
    assert breaker.pause(clock()) == timedelta(seconds=1)
    breaker.failed(clock())
    assert breaker.pause(clock()) == timedelta(seconds=30)


async def test_a_trial_that_never_reports_back_holds_nobody_up_for_ever() -> None:
    clock, breaker = Clock(), Breaker(threshold=1)
    breaker.failed(clock())
    for _ in range(2):
        clock.pass_(timedelta(seconds=30))
        assert breaker.pause(clock()) is None


async def test_a_refusal_does_not_rest_the_system() -> None:
    house = House(*[Fault.REFUSED] * 9)
    for number in range(9):
        await house.bridge.advance(house.bridge.queue(handoff(number)))
    assert house.bridge.breaker.resting_until is None
    assert house.desk.opened == 9
