"""What a real Redmine refuses, misses and fails at, and how that is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.redmine.server import RedmineServer
from tests.ticket_bridge.faulty_way import Fault, What
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.redmine_peer import RedminePeer, config_for, other_way
from tests.ticket_bridge.redmine_world import plain_handoff, redmine_world
from ticket_bridge import (
    DoubtfulError,
    File,
    RefusedError,
    TicketState,
    TryLaterError,
    Visibility,
)
from ticket_bridge.systems.redmine import Redmine

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


@pytest.fixture
def peer(redmine: RedmineServer, tmp_path: Path) -> RedminePeer:
    return RedminePeer(tmp_path, Clock(), redmine)


async def test_a_field_that_is_not_searched_is_found_out_and_opens_no_twin(peer: RedminePeer) -> None:
    blind = other_way(peer, handoff_field=99)
    await peer.system.open(handoff(1))
    with pytest.raises(RefusedError, match="does not search in custom field 99: tick 'Used as a filter'"):
        await blind.open(handoff(2))
    assert await peer.subjects() == [handoff(1).subject]
    assert [fault[:15] for fault in await blind.check()] == ["custom field 99"]


async def test_every_fault_of_a_configuration_is_told_at_once_with_its_mend(peer: RedminePeer) -> None:
    statuses = dict(zip(TicketState, ("New", "In Progress", "Waiting", "Resolved", "Closed"), strict=True))
    faulty = other_way(
        peer, tracker="Incident", trackers={}, categories={"network": "Netz"}, states=statuses, event_field=98
    )
    assert await faulty.check() == (
        "there is no tracker 'Incident': use one of Bug, Feature, Support",
        "there is no category 'Netz': use one of Réseau",
        "there is no status 'Waiting': use one of Closed, Feedback, In Progress, New, Rejected, Resolved",
        "status 'Feedback' is read as in_progress: name it in other_statuses if it means something else",
        "custom field 98 (the event field) cannot be searched: give the number of a text field of tickets with "
        "'Used as a filter', for all projects and our trackers, visible to our role",
    )


async def test_an_account_with_too_few_rights_or_too_many_is_told(peer: RedminePeer) -> None:
    server, reporter = peer.server, 5
    project = server.as_admin().new_project({server.numbers["bot"]: reporter}, ("Réseau",))
    poor = Redmine(config_for(server, project))
    faults = await poor.check()
    rights = [
        "Edit own issues",
        "View private notes",
        "Set notes as private",
        "Manage issue relations",
        "Manage subtasks",
    ]
    missing = [f"role 'Reporter' may not {right!r}: tick it under Administration, Roles" for right in rights]
    assert [fault for fault in faults if fault.startswith("role")] == missing
    assert "account 'boss' is an administrator: give the desk one that is not" in (
        await other_way(peer, key=server.keys["admin_key"]).check()
    )


async def test_what_must_stay_internal_is_not_sent_where_it_would_become_public(peer: RedminePeer) -> None:
    server, reporter = peer.server, 5
    project = server.as_admin().new_project({server.numbers["bot"]: reporter}, ("Réseau",))
    ticket = server.as_admin().post("/issues.json", {"issue": {"project_id": project, "subject": "x", "tracker_id": 3}})
    ref = type(await peer.system.open(handoff()))("redmine", str(ticket["issue"]["id"]))
    system = Redmine(config_for(server, project))
    with pytest.raises(RefusedError, match="may not write private notes"):
        await system.add_note(ref, "entre nous", INTERNAL, "e1")
    with pytest.raises(RefusedError, match="may not write private notes"):
        await system.set_state(ref, TicketState.PENDING, "entre nous", "e2")
    with pytest.raises(RefusedError, match="may not write private notes"):
        await system.attach(ref, File(name="entre nous.txt"), "e3")
    assert server.as_admin().ticket(ref.key)["journals"] == []


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        ({"key": "0" * 40}, "401: the API key is not accepted"),
        ({"project": "nowhere"}, "404: it is not there, or our account may not see it"),
        ({"url": "http://127.0.0.2:9"}, "does not accept connections"),
    ],
)
async def test_a_redmine_that_cannot_be_read_is_told_in_one_line(
    peer: RedminePeer, otherwise: dict[str, str], told: str
) -> None:
    system = other_way(peer, **otherwise)
    (fault,) = await system.check()
    assert told in fault
    assert "0" * 40 not in fault
    assert (await system.health()).ok is ("project" in otherwise)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault(What.TURNED_AWAY, status=429), TryLaterError, "429"),
        (Fault(What.TURNED_AWAY, status=503), TryLaterError, "503"),
        (Fault(What.TURNED_AWAY, status=422), TryLaterError, "at the same moment"),
        (Fault(What.TURNED_AWAY, status=301), RefusedError, "not its final address"),
        (Fault(What.TURNED_AWAY, status=403), RefusedError, "may not do this"),
        (Fault(What.TURNED_AWAY, status=413), RefusedError, "no request of this size"),
        (Fault(What.GATEWAY, 0.3, 502), DoubtfulError, "502"),
        (Fault(What.CUT, 0.0), DoubtfulError, "was lost"),
        (Fault(What.CUT, 2.5), DoubtfulError, "no answer within 2 s"),
    ],
    ids=lambda value: f"{value.what.name}-{value.status}-{value.after}" if isinstance(value, Fault) else "",
)
async def test_each_failure_says_what_it_means_for_the_write(
    redmine: RedmineServer, fault: Fault, error: type[Exception], words: str
) -> None:
    async with redmine_world(redmine, time_limit=timedelta(seconds=2)) as here:
        ref = await here.system.open(plain_handoff(1))
        here.way.script.append(fault)
        with pytest.raises(error, match=words) as raised:
            await here.system.add_note(ref, "bonjour", PUBLIC, "e1")
        assert here.way.happened == [fault]
        if fault.status in (429, 503):
            assert raised.value.after == timedelta(seconds=7)  # type: ignore[attr-defined]


async def test_an_answer_that_makes_no_sense_leaves_a_doubt(redmine: RedmineServer) -> None:
    fault = Fault(What.GATEWAY, 0.0, 201)
    async with redmine_world(redmine, [fault]) as here:
        with pytest.raises(DoubtfulError, match="makes no sense: is url the address of a Redmine"):
            await here.system.open(plain_handoff(1))
        assert here.way.happened == [fault]


async def test_a_redmine_that_was_killed_has_its_tickets_when_it_is_back(peer: RedminePeer) -> None:
    ref = await peer.system.open(handoff())
    peer.server.kill()
    try:
        assert not (await peer.system.health()).ok
        with pytest.raises(TryLaterError, match="does not accept connections"):
            await other_way(peer).open(handoff(2))
    finally:
        peer.server.start()
    assert await peer.system.open(handoff()) == ref
