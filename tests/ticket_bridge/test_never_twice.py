"""Never twice, never lost: every crash point and every fault, against a server that guards nothing.

Tickets are counted by their subject over the whole queue, not by our key: a key can hide a twin.
"""

import asyncio
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticket_bridge.crashes import Killed, MortalJournal, MortalSystem, Points
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal, to_the_end
from tests.ticket_bridge.lossy_desk import Fault, LossyDesk
from ticket_bridge import (
    Bridge,
    Delivery,
    DeliveryState,
    DoubtfulError,
    LocalSystem,
    TicketRef,
    TicketState,
    TryLaterError,
    Visibility,
)
from ticket_bridge.operation import OpenTicket

LOST = [Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST_AND_LATE]
Queue = Callable[[Bridge], Delivery]


class World:
    """A desk, a journal and a clock that outlive the processes working with them."""

    def __init__(self, system: Any, clock: Clock) -> None:
        self.system = system
        self.clock = clock
        self.journal = MemoryJournal()

    async def live(self, queue: Queue, points: Points) -> Delivery:
        """Let one process bring an operation to its end, or to its own."""
        bridge = Bridge(MortalSystem(self.system, points), MortalJournal(self.journal, points), self.clock)
        return await to_the_end(bridge, queue(bridge), self.clock)

    async def die(self, queue: Queue, point: int) -> bool:
        """Let a process be killed at a point; tell whether it lived that long."""
        try:
            await self.live(queue, Points(point))
        except Killed:
            return True
        return False


def _open(bridge: Bridge) -> Delivery:
    return bridge.queue(handoff())


async def points_of(world: World, queue: Queue = _open) -> int:
    points = Points()
    await world.live(queue, points)
    return points.passed


def lossy(*script: Fault) -> World:
    clock = Clock()
    return World(LossyDesk(clock, script), clock)


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.BUSY, Fault.LAGGING, *LOST])
async def test_killed_at_any_point_and_started_again_there_is_one_ticket(fault: Fault) -> None:
    count = await points_of(lossy(fault))
    assert count >= 8
    for point in range(count):
        world = lossy(fault)
        assert await world.die(_open, point)
        delivery = await world.live(_open, Points())
        assert world.system.subjects() == [handoff().subject], f"killed at point {point}"
        assert delivery.state is DeliveryState.CONFIRMED


async def test_killed_twice_at_any_two_points_there_is_one_ticket() -> None:
    deaths = 0
    for first, second in product(range(10), range(16)):
        world = lossy(Fault.ANSWER_LOST_AND_LATE)
        deaths += await world.die(_open, first) and await world.die(_open, second)
        await world.live(_open, Points())
        assert world.system.subjects() == [handoff().subject], f"killed at points {first} and {second}"
    assert deaths > 100


@pytest.mark.parametrize("what", ["note", "state"])
async def test_killed_at_any_point_a_note_or_a_move_is_done_once(what: str) -> None:
    ref = TicketRef("lossy", "L-1")

    def queue(bridge: Bridge) -> Delivery:
        if what == "note":
            return bridge.queue_note(ref, "ça remarche", Visibility.PUBLIC, "e1")
        return bridge.queue_state(ref, TicketState.PENDING, "e1")

    async def opened() -> World:
        world = lossy(Fault.NONE, Fault.ANSWER_LOST_AND_LATE)
        await world.system.open(handoff())
        return world

    for point in range(await points_of(await opened(), queue)):
        world = await opened()
        assert await world.die(queue, point)
        await world.live(queue, Points())
        if what == "note":
            assert world.system.notes(ref.key) == ["ça remarche"]
        assert world.system.state(ref.key) is (TicketState.PENDING if what == "state" else TicketState.NEW)


async def test_killed_at_any_point_the_built_in_desk_holds_one_ticket(tmp_path: Path) -> None:
    def local(name: str) -> World:
        clock = Clock()
        return World(LocalSystem(tmp_path / name, clock=clock, durable=False), clock)

    full = local("full")
    count = await points_of(full)
    full.system.close()
    for point in range(count):
        world = local(f"point-{point}")
        assert await world.die(_open, point)
        await world.live(_open, Points())
        assert [t.subject for t in await world.system.desk("Ana").tickets()] == [handoff().subject]
        world.system.close()


async def retried_naively(desk: LossyDesk) -> None:
    """Send again whenever no answer came: what most integrations do."""
    while True:
        try:
            await desk.open(handoff())
        except (DoubtfulError, TryLaterError):
            continue
        return


async def looked_up_at_once(desk: LossyDesk) -> None:
    """Look the key up before sending again, but without waiting."""
    while await desk.find(OpenTicket(request=handoff())) is None:
        try:
            await desk.open(handoff())
        except (DoubtfulError, TryLaterError):
            continue


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.ANSWER_LOST_AND_LATE])
async def test_control_a_naive_retry_does_make_twins_of_the_same_faults(fault: Fault) -> None:
    desk = LossyDesk(clock := Clock(), [fault])
    await retried_naively(desk)
    clock.pass_(desk.capabilities().settle)
    assert desk.happened == [fault]
    assert desk.subjects() == [handoff().subject] * 2


async def test_control_looking_up_without_settling_makes_a_twin_of_a_late_request() -> None:
    desk = LossyDesk(clock := Clock(), [Fault.ANSWER_LOST_AND_LATE])
    await looked_up_at_once(desk)
    clock.pass_(desk.capabilities().settle)
    assert desk.happened == [Fault.ANSWER_LOST_AND_LATE]
    assert desk.subjects() == [handoff().subject] * 2


@given(
    script=st.lists(st.sampled_from([Fault.NONE, Fault.BUSY, Fault.LAGGING, *LOST]), max_size=8),
    deaths=st.lists(st.integers(0, 40), max_size=6),
    pauses=st.lists(st.integers(0, 20), max_size=6),
)
def test_any_faults_and_any_deaths_leave_one_ticket(script: list[Fault], deaths: list[int], pauses: list[int]) -> None:
    async def story() -> World:
        world = lossy(*script)
        for number, point in enumerate(deaths):
            await world.die(_open, point)
            if number < len(pauses):
                world.clock.pass_(pauses[number] * world.system.capabilities().settle / 10)
        delivery = await world.live(_open, Points())
        assert delivery.state is DeliveryState.CONFIRMED
        return world

    world = asyncio.run(story())
    world.clock.pass_(world.system.capabilities().settle)
    assert world.system.subjects() == [handoff().subject]


async def test_two_hundred_handoffs_wait_out_a_stop_of_the_system_and_arrive_once_each() -> None:
    world = lossy(*[Fault.BUSY, Fault.REQUEST_LOST] * 40)
    bridge = Bridge(world.system, world.journal, world.clock)
    waiting = [bridge.queue(handoff(number)) for number in range(200)]
    for _ in range(2000):
        waiting = [d for d in [await bridge.advance(d) for d in waiting] if not d.done]
        if not waiting:
            break
        world.clock.reach(min(d.not_before or world.clock.now for d in waiting))
    assert len(world.system.happened) == 80
    assert sorted(world.system.subjects()) == sorted(handoff(number).subject for number in range(200))
