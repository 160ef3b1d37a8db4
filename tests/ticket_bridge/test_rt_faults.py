"""Never twice, never lost, on a real Request Tracker behind a way that cuts, delays and lies.

Tickets are counted by their subject over the whole queue, not by our key: a key can hide a twin.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice, product
from random import Random

import pytest

from tests.support.tracker.server import Tracker
from tests.ticket_bridge.crashes import Killed
from tests.ticket_bridge.faulty_way import Fault, What
from tests.ticket_bridge.rt_world import RtWorld, new_handoff, world
from ticket_bridge import DeliveryState, DoubtfulError, HandoffRequest
from ticket_bridge.systems.rt_wire import RtWire

CUTS = (0.0, 0.05, 0.12, 0.5)
ENDS = (DeliveryState.CONFIRMED, DeliveryState.FAILED)
OTHERS = [
    Fault(What.LATE, 0.2),
    Fault(What.LOST),
    Fault(What.GATEWAY, 0.1, 502),
    Fault(What.GATEWAY, 0.1, 504),
    Fault(What.TURNED_AWAY, status=502),
    Fault(What.TURNED_AWAY, status=503),
    Fault(What.TURNED_AWAY, status=429),
]
KILLS = [Fault(What.KILL, after) for after in (0.0, 0.05, 0.12)]


async def killed(here: RtWorld, request: HandoffRequest, state: DeliveryState) -> bool:
    """Let a worker be killed before it leaves a state; tell whether it lived that long."""
    try:
        await here.live(request, state)
    except Killed:
        return True
    return False


@pytest.mark.parametrize(("state", "after"), list(product(DeliveryState, CUTS)))
async def test_cut_off_and_killed_in_any_state_there_is_one_ticket(
    tracker: Tracker, state: DeliveryState, after: float
) -> None:
    cut, request = Fault(What.CUT, after), new_handoff()
    refused = state is DeliveryState.FAILED
    async with world(tracker, [cut], queue="No such queue" if refused else "") as here:
        assert await killed(here, request, state) is (state not in ENDS)
        await here.settle()
        delivery = await here.live(request)
        assert here.way.happened == [cut]
        assert delivery.state is (DeliveryState.FAILED if refused else DeliveryState.CONFIRMED)
        assert await here.subjects() == ([] if refused else [request.subject])
        everywhere = await asyncio.to_thread(tickets_with, tracker, request.subject)
        assert everywhere == (0 if refused else 1)


@pytest.mark.parametrize(
    "fault", [*OTHERS, *KILLS], ids=lambda fault: f"{fault.what.name}-{fault.status or fault.after}"
)
async def test_whatever_else_the_way_does_there_is_one_ticket(tracker: Tracker, fault: Fault) -> None:
    request = new_handoff()
    async with world(tracker, [fault]) as here:
        delivery = await here.live(request)
        assert here.way.happened == [fault]
        assert delivery.state is DeliveryState.CONFIRMED
        assert await here.subjects() == [request.subject]


@pytest.mark.parametrize(("held", "doubted"), [(0.3, False), (60.0, True)])
async def test_a_slow_answer_is_waited_for_as_long_as_it_may_take(tracker: Tracker, held: float, doubted: bool) -> None:
    slow, request = Fault(What.SLOW, held), new_handoff()
    async with world(tracker, [slow]) as here:
        here.config = replace(here.config, answer_within=timedelta(seconds=2))
        delivery = await here.live(request)
        assert here.way.happened == [slow]
        assert (delivery.state, delivery.attempts) == (DeliveryState.CONFIRMED, 1)
        assert (DeliveryState.UNKNOWN in here.journal.states(delivery.id)) is doubted
        assert await here.subjects() == [request.subject]


async def test_control_a_naive_retry_does_make_twins_of_the_same_cut(tracker: Tracker) -> None:
    tries = 20
    cut = Fault(What.CUT, 0.12)
    async with world(tracker) as here:
        wire = RtWire(here.config)
        for _ in range(tries):
            here.way.script.append(cut)
            await retried_naively(wire, {"Queue": here.config.queue, "Subject": new_handoff().subject, "Content": "x"})
        assert here.way.happened == [cut] * tries
        times = Counter(await here.subjects())
    twins = sum(count > 1 for count in times.values())
    assert len(times) == tries
    assert twins > 0.9 * tries, f"only {twins} of {tries} were doubled: this way is blind"


@pytest.mark.long
@pytest.mark.timeout(3000)
async def test_five_hundred_faults_leave_five_hundred_tickets(tracker: Tracker) -> None:
    chance, asked, states = Random(500), list[str](), list(DeliveryState)[:3]
    async with world(tracker) as here:
        for number, fault in enumerate(islice(mixed_faults(), 500)):
            request = new_handoff()
            asked.append(request.subject)
            here.way.script.append(fault)
            if number % 3 == 0:
                await killed(here, request, chance.choice(states))
                await here.settle()
            delivery = await here.live(request)
            assert delivery.state is DeliveryState.CONFIRMED, f"fault {number}, {fault}: {delivery.last_error}"
        assert len(here.way.happened) == 500
        assert sorted(await here.subjects()) == sorted(asked)


def mixed_faults() -> Iterator[Fault]:
    """Give cuts for the most part, everything else again and again, and now and then the death of the server."""
    cuts, others, kills = cycle([Fault(What.CUT, after) for after in CUTS]), cycle(OTHERS), cycle(KILLS)
    for number in range(10_000):
        yield next(kills) if number % 25 == 24 else next(others) if number % 3 == 2 else next(cuts)


async def retried_naively(wire: RtWire, ticket: dict[str, object]) -> None:
    """Send again whenever no answer came: what most integrations do."""
    while True:
        try:
            await wire.send("POST", "/ticket", ticket)
        except DoubtfulError:
            continue
        return


def tickets_with(tracker: Tracker, subject: str) -> int:
    """Count the tickets with a subject, in all queues."""
    found = tracker.ask("GET", "/tickets", params={"query": f"Subject = '{subject}'"})
    return len(found["items"])
