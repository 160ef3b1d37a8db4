"""What Request Tracker really does beyond the contract, and what its desk must hold against it."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.tracker.server import Tracker
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal, to_the_end
from tests.ticket_bridge.rt_peer import RtPeer, attachments_of, desk, desk_at, fields_of, ticket_of
from ticket_bridge import (
    Bridge,
    DeliveryState,
    LinkKind,
    NoteAdded,
    RefusedError,
    Requester,
    StateChanged,
    TicketRef,
    TicketState,
    TryLaterError,
    Visibility,
)
from ticket_bridge.change import TicketChange
from ticket_bridge.operation import OpenTicket
from ticket_bridge.readback import compare
from ticket_bridge.systems.rt import RequestTracker
from ticket_bridge.systems.rt_news import PAGE, REMEMBERED

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


@pytest.fixture
def peer(tracker: Tracker, tmp_path: Path) -> RtPeer:
    return RtPeer(tmp_path, Clock(), tracker)


async def test_a_ticket_arrives_where_and_as_the_configuration_says(peer: RtPeer) -> None:
    system = desk(peer, queue="Service desk", queues={"network": peer.queue})
    ref = await system.open(handoff())
    ticket = await ticket_of(peer, ref)
    assert await peer.subjects() == [handoff().subject]
    assert ref.url == f"{peer.server.url}/Ticket/Display.html?id={ref.key}"
    assert (ticket["Priority"], ticket["Status"], ticket["Owner"]["id"]) == ("75", "new", "Nobody")
    assert [one["id"] for one in ticket["Requestor"]] == [handoff().requester.email]
    fields = fields_of(ticket)
    assert (fields["Guichet reason"], fields["Service"]) == (["fix_failed"], ["Network access"])
    names = [one["Filename"] for one in await attachments_of(peer, ref) if one["Filename"]]
    assert names == ["conversation.txt"]


async def test_the_same_handoff_opened_twice_is_one_ticket(peer: RtPeer) -> None:
    assert await peer.system.open(handoff()) == await peer.system.open(handoff(subject="something else"))
    assert await peer.subjects() == [handoff().subject]


async def test_another_desk_on_the_same_server_has_its_own_ticket_of_the_same_handoff_id(peer: RtPeer) -> None:
    other = desk(peer, instance="another")
    assert (await other.open(handoff())).key != (await peer.system.open(handoff())).key
    changes = (await peer.system.changes(None)).changes
    assert changes == ()


async def test_a_ticket_moved_to_another_queue_is_still_found(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    await asyncio.to_thread(peer.server.ask, "PUT", f"/ticket/{ref.key}", json={"Queue": "On site"})
    found = await peer.system.find(OpenTicket(request=handoff()))
    assert found is not None
    await peer.agent_writes(ref, "je passe demain", PUBLIC)
    assert [c.what for c in (await peer.system.changes(None)).changes] == [NoteAdded("je passe demain", PUBLIC)]


@pytest.mark.parametrize("handoff_id", ['it\'s \\ "odd" {x} % 1:1', "É:1:1", "0", "CASE:1:1"])
async def test_any_handoff_id_is_found_again_and_only_itself(peer: RtPeer, handoff_id: str) -> None:
    request = handoff(handoff_id=handoff_id)
    ref = await peer.system.open(request)
    found = await peer.system.find(OpenTicket(request=request))
    assert compare(OpenTicket(request=request), found).differences == ()
    assert await peer.system.open(request) == ref
    assert await peer.system.find(OpenTicket(request=replace(request, handoff_id=handoff_id.lower() + "x"))) is None


@pytest.mark.parametrize("handoff_id", ["two\nlines", "two  spaces", " around ", "x" * 201])
async def test_a_handoff_id_that_no_field_could_hold_is_refused(peer: RtPeer, handoff_id: str) -> None:
    with pytest.raises(RefusedError, match="handoff_id must be one plain line"):
        await peer.system.open(handoff(handoff_id=handoff_id))


async def test_a_status_the_lifecycle_lacks_is_answered_200_by_the_server_and_refused_by_us(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    answer = await asyncio.to_thread(peer.server.ask, "PUT", f"/ticket/{ref.key}", json={"Status": "nosuch"})
    assert "isn't a valid status" in answer[0]
    statuses = desk_at(peer.server, peer.queue).statuses
    system = desk(peer, statuses={**statuses, TicketState.PENDING: "nosuch"})
    with pytest.raises(RefusedError, match="stays new"):
        await system.set_state(ref, TicketState.PENDING, "waiting for a part", "e1")


async def test_a_move_carries_its_reason_once(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.set_state(ref, TicketState.PENDING, "attend une pièce", "e1")
    await peer.agent_moves(ref, TicketState.IN_PROGRESS)
    await peer.system.set_state(ref, TicketState.PENDING, "attend une pièce", "e1")
    assert await peer.notes(ref) == [("attend une pièce", INTERNAL)]


async def test_a_link_to_a_ticket_that_is_not_there_is_answered_200_by_the_server_and_refused_by_us(
    peer: RtPeer,
) -> None:
    ref = await peer.system.open(handoff())
    with pytest.raises(RefusedError, match="was not tied"):
        await peer.system.link(ref, TicketRef("rt", "999999"), LinkKind.CHILD_OF, "e1")


async def test_an_opening_whose_key_was_dropped_fails_with_its_number_and_is_not_repeated(peer: RtPeer) -> None:
    clock = Clock()
    bridge = Bridge(desk(peer, handoff_field="No such field"), MemoryJournal(), clock)
    delivery = await to_the_end(bridge, bridge.queue(handoff()), clock)
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, 1)
    assert delivery.ref is not None
    assert await peer.subjects() == [handoff().subject]


async def test_what_agents_write_for_each_other_is_never_even_asked_for(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    await peer.agent_writes(ref, "entre nous", INTERNAL)
    page = "<p>Bonjour,</p><ul><li>un &amp; deux</li></ul><style>p{}</style>"
    await asyncio.to_thread(
        peer.server.ask, "POST", f"/ticket/{ref.key}/correspond", "ana",
        json={"Content": page, "ContentType": "text/html"},
    )  # fmt: skip
    changes = (await peer.system.changes(None)).changes
    assert [(c.author, c.what) for c in changes] == [("Ana Lima", NoteAdded("Bonjour,\n- un & deux", PUBLIC))]


async def test_what_the_requester_mails_to_the_tracker_does_not_come_back_to_them(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff(requester=Requester(email="ana@desk.test")))
    await peer.agent_writes(ref, "c'est encore moi", PUBLIC)
    message = {"Content": "je regarde", "ContentType": "text/plain"}
    await asyncio.to_thread(peer.server.ask, "POST", f"/ticket/{ref.key}/correspond", "root", json=message)
    assert [c.what for c in (await peer.system.changes(None)).changes] == [NoteAdded("je regarde", PUBLIC)]


async def test_a_rejected_ticket_counts_as_closed_and_one_deleted_too(peer: RtPeer) -> None:
    refs = [await peer.system.open(handoff(number)) for number in (1, 2)]
    for ref, status in zip(refs, ("rejected", "deleted"), strict=True):
        await asyncio.to_thread(peer.server.ask, "PUT", f"/ticket/{ref.key}", json={"Status": status})
    changes = (await peer.system.changes(None)).changes
    assert [(c.ref, c.what) for c in changes] == [(ref, StateChanged(TicketState.CLOSED)) for ref in refs]


async def test_more_changes_than_a_page_holds_come_in_order_and_once(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    moves = [TicketState.PENDING, TicketState.IN_PROGRESS] * ((REMEMBERED + PAGE) // 2 + 2)
    for number, state in enumerate(moves):
        await peer.agent_moves(ref, state)
        if number % 20 == 0:
            await peer.agent_writes(ref, f"reply {number}", PUBLIC)
    seen, cursor = list[TicketChange](), None
    while (page := await peer.system.changes(cursor)).cursor != cursor:
        seen += page.changes
        cursor = page.cursor
    assert [c.what.state for c in seen if isinstance(c.what, StateChanged)] == moves
    assert [c.what.text for c in seen if isinstance(c.what, NoteAdded)] == [f"reply {n}" for n in (0, 20)]


@pytest.mark.parametrize("cursor", ["", "x", "-1", "٣", "9" * 40, "1..2", "1.2.", "1." * 40 + "1"])
async def test_a_cursor_of_another_system_is_refused(peer: RtPeer, cursor: str) -> None:
    with pytest.raises(RefusedError, match="cursor"):
        await RequestTracker(desk_at(peer.server, peer.queue)).changes(cursor)


async def test_killed_and_started_again_the_server_has_its_tickets_and_takes_what_waited(peer: RtPeer) -> None:
    clock = Clock()
    bridge = Bridge(peer.system, MemoryJournal(), clock)
    assert (await bridge.advance(bridge.queue(handoff(1)))).state is DeliveryState.CONFIRMED
    await asyncio.to_thread(peer.server.kill)
    try:
        health = await peer.system.health()
        assert (health.ok, health.detail) == (False, "the ticket server cannot be reached: ConnectError")
        with pytest.raises(TryLaterError):
            await peer.system.open(handoff(2))
        waiting = await bridge.advance(bridge.queue(handoff(2)))
        assert waiting.state is DeliveryState.QUEUED
    finally:
        await asyncio.to_thread(peer.server.start)
    assert (await to_the_end(bridge, waiting, clock)).state is DeliveryState.CONFIRMED
    assert await peer.subjects() == [handoff(1).subject, handoff(2).subject]
