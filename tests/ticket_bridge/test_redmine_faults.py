"""Never twice, never lost, on a real Redmine behind a way that cuts, delays and lies.

Tickets are counted by their subject over the whole project, not by our key: a key can hide a twin.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice, product
from random import Random

import httpx
import pytest

from tests.support.redmine.server import RedmineServer
from tests.ticket_bridge.faulty_way import Fault, What
from tests.ticket_bridge.handoffs import handoff
from tests.ticket_bridge.redmine_peer import HANDOFF_FIELD
from tests.ticket_bridge.redmine_world import RedmineWorld, plain_handoff, redmine_world
from ticket_bridge import Bridge, DeliveryState, HandoffRequest, TicketState, Visibility

CUTS = (0.0, 0.05, 0.12, 0.5)
STATES = [state for state in DeliveryState if state is not DeliveryState.FAILED]
OTHERS = [
    Fault(What.LATE, 0.2),
    Fault(What.LOST),
    Fault(What.GATEWAY, 0.5, 500),
    Fault(What.GATEWAY, 0.5, 502),
    Fault(What.GATEWAY, 0.1, 504),
    Fault(What.TURNED_AWAY, status=502),
    Fault(What.TURNED_AWAY, status=503),
    Fault(What.TURNED_AWAY, status=429),
    Fault(What.TURNED_AWAY, status=409),
    Fault(What.TURNED_AWAY, status=422),  # without a reason: what two changes at the same moment look like
]
KILL = Fault(What.KILL, 0.05)
CONTROL = 20
MANY = 500


@pytest.mark.parametrize(("state", "after"), list(product(STATES, CUTS)))
async def test_cut_off_and_killed_in_any_state_there_is_one_ticket(
    redmine: RedmineServer, state: DeliveryState, after: float
) -> None:
    cut, request = Fault(What.CUT, after), plain_handoff(1)
    async with redmine_world(redmine, [cut]) as here:
        assert await here.is_killed(request, state) is (state is not DeliveryState.CONFIRMED)
        await here.settle()
        delivery = await here.live(request)
        assert here.way.happened == [cut]
        assert delivery.state is DeliveryState.CONFIRMED
        assert await here.subjects() == [request.subject]


async def test_an_opening_that_can_never_do_fails_without_a_write(redmine: RedmineServer) -> None:
    cut = Fault(What.CUT, 0.0)
    async with redmine_world(redmine, [cut], tracker="No such tracker") as here:
        delivery = await here.live(plain_handoff(1))
        assert delivery.state is DeliveryState.FAILED
        assert delivery.last_error == "there is no tracker 'No such tracker': use one of Bug, Feature, Support"
        assert (here.way.happened, await here.subjects()) == ([], [])


@pytest.mark.parametrize("fault", [*OTHERS, KILL], ids=lambda fault: f"{fault.what.name}-{fault.status or fault.after}")
async def test_whatever_else_the_way_does_there_is_one_ticket(redmine: RedmineServer, fault: Fault) -> None:
    async with redmine_world(redmine, [fault]) as here:
        delivery = await here.live(plain_handoff(1))
        assert here.way.happened == [fault]
        assert delivery.state is DeliveryState.CONFIRMED
        assert await here.subjects() == [plain_handoff(1).subject]


@pytest.mark.parametrize("after", CUTS)
async def test_a_note_and_a_move_whose_answers_are_cut_are_done_once(redmine: RedmineServer, after: float) -> None:
    cut = Fault(What.CUT, after)
    async with redmine_world(redmine) as here:
        ref = (await here.live(plain_handoff(1))).ref
        assert ref is not None
        bridge = Bridge(here.system, here.journal, here.clock)
        here.way.script += [cut]
        noted = await here.end(bridge, bridge.queue_note(ref, "ça remarche", Visibility.INTERNAL, "e1"))
        here.way.script += [cut]
        moved = await here.end(bridge, bridge.queue_state(ref, TicketState.RESOLVED, "e2", "guéri"))
        assert here.way.happened == [cut, cut]
        assert (noted.state, moved.state) == (DeliveryState.CONFIRMED, DeliveryState.CONFIRMED)
        journals = redmine.as_agent().ticket(ref.key)["journals"]
        assert [(j["notes"], j["private_notes"]) for j in journals if j["notes"]] == [
            ("ça remarche", True),
            ("guéri", True),
        ]


async def test_an_upload_whose_answer_is_lost_leaves_nothing_on_the_ticket(redmine: RedmineServer) -> None:
    cut = Fault(What.CUT, 0.5)
    async with redmine_world(redmine, [cut]) as here:
        delivery = await here.live(handoff(1))
        assert (here.way.happened, delivery.attempts) == ([cut], 2)
        assert await here.subjects() == [handoff(1).subject]
        ticket = redmine.as_agent().tickets(here.project)[0]
        attached = redmine.as_agent().ticket(ticket["id"], "attachments")["attachments"]
        assert [a["filename"] for a in attached] == ["conversation.txt"]


async def test_control_a_naive_retry_does_make_twins_of_the_same_cut(redmine: RedmineServer) -> None:
    cut = Fault(What.CUT, 0.12)
    async with redmine_world(redmine) as here:
        for number in range(CONTROL):
            here.way.script.append(cut)
            await opened_naively(here, plain_handoff(number))
        assert here.way.happened == [cut] * CONTROL
        tickets = Counter(await here.subjects())
        twins = sum(tickets[plain_handoff(number).subject] > 1 for number in range(CONTROL))
        assert twins > 0.9 * CONTROL


async def opened_naively(here: RedmineWorld, request: HandoffRequest) -> None:
    """Send again whenever no answer came: what most integrations do."""
    fields = {"subject": request.subject, "custom_fields": [{"id": HANDOFF_FIELD, "value": request.handoff_id}]}
    headers = {"X-Redmine-API-Key": here.server.keys["bot_key"]}
    async with httpx.AsyncClient(trust_env=False, headers=headers, timeout=30) as client:
        while True:
            try:
                await client.post(f"{here.way.url}/projects/{here.project}/issues.json", json={"issue": fields})
            except httpx.HTTPError:
                continue
            return


def many_faults(seed: int) -> Iterator[tuple[Fault, DeliveryState]]:
    """Give fault after fault, each with a state to be killed in."""
    chance = Random(seed)
    kills = [Fault(What.KILL, after) for after in (0.0, 0.05, 0.12)]
    faults = [*(Fault(What.CUT, after) for after in CUTS), *OTHERS]
    while True:
        yield chance.choice(kills if chance.random() < 0.03 else faults), chance.choice(STATES)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_of_five_hundred_faults_none_doubles_or_loses_a_ticket(redmine: RedmineServer) -> None:
    deaths, script = 0, list(islice(many_faults(5), MANY))
    async with redmine_world(redmine) as here:
        for number, (fault, state) in enumerate(script):
            here.way.script.append(fault)
            request = plain_handoff(number)
            deaths += await here.is_killed(request, state)
            await here.settle()
            delivery = await here.live(request)
            assert delivery.state is DeliveryState.CONFIRMED, f"{number}: {fault} while {state}"
        assert here.way.happened == [fault for fault, _ in script]
        assert sorted(await here.subjects()) == sorted(plain_handoff(number).subject for number in range(MANY))
        assert deaths > MANY / 2
