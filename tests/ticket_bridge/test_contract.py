"""What every ticket system must do behind the port."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.peers import PEERS, Peer
from ticket_bridge import File, LinkKind, RefusedError, Requester, TicketRef, TicketState, Visibility
from ticket_bridge.change import AssigneeChanged, NoteAdded, StateChanged, for_requester
from ticket_bridge.operation import AddNote, Attach, Link, OpenTicket, Reopen, SetState
from ticket_bridge.readback import compare
from ticket_bridge.ticket import Note, Opened

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


def needed_by(name: str) -> Sequence[str]:
    """Name the fixture of the server behind a peer, and with it the mark; none where there is no server."""
    needs: str = getattr(PEERS[name], "needs", "")
    return needs.split()


def of_peer(name: str) -> object:
    """Mark what runs on a peer by what that needs."""
    return pytest.param(name, marks=[getattr(pytest.mark, need) for need in needed_by(name)])


@pytest.fixture(params=map(of_peer, sorted(PEERS)))
def peer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Peer]:
    servers = [request.getfixturevalue(need) for need in needed_by(request.param)]
    with closing(PEERS[request.param](tmp_path, Clock(), *servers)) as peer:
        yield peer


async def test_an_opened_ticket_is_found_by_its_handoff_id_and_holds_what_was_asked(peer: Peer) -> None:
    ref = await peer.system.open(handoff(1))
    found = await peer.system.find(OpenTicket(request=handoff(1)))
    assert isinstance(found, Opened)
    assert (found.ref, found.handoff_id, found.subject) == (ref, handoff(1).handoff_id, handoff(1).subject)


async def test_nothing_is_found_for_a_handoff_that_was_never_opened(peer: Peer) -> None:
    await peer.system.open(handoff(1))
    assert await peer.system.find(OpenTicket(request=handoff(2))) is None


async def test_two_handoffs_are_two_tickets_even_with_the_same_words(peer: Peer) -> None:
    first = await peer.system.open(handoff(1))
    second = await peer.system.open(handoff(2, subject=handoff(1).subject))
    assert first.key != second.key
    assert await peer.subjects() == [handoff(1).subject] * 2


async def test_a_new_ticket_is_new(peer: Peer) -> None:
    assert await peer.state(await peer.system.open(handoff())) is TicketState.NEW


@pytest.mark.parametrize("visibility", list(Visibility))
async def test_a_note_reaches_the_ticket_with_its_visibility_and_is_found(peer: Peer, visibility: Visibility) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.add_note(ref, "Ça remarche ?\nÀ vérifier", visibility, "e1")
    assert await peer.notes(ref) == [("Ça remarche ?\nÀ vérifier", visibility)]
    note = AddNote(ref=ref, text="Ça remarche ?\nÀ vérifier", visibility=visibility, event_id="e1")
    assert compare(note, await peer.system.find(note)).there
    assert isinstance(await peer.system.find(note), Note)


async def test_a_note_of_another_event_is_not_taken_for_this_one(peer: Peer) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.add_note(ref, "same words", INTERNAL, "e1")
    assert await peer.system.find(AddNote(ref=ref, text="same words", visibility=INTERNAL, event_id="e2")) is None


@pytest.mark.parametrize("state", [s for s in TicketState if s is not TicketState.NEW])
async def test_a_ticket_moves_to_every_state_the_system_has(peer: Peer, state: TicketState) -> None:
    if state not in peer.system.capabilities().states:
        pytest.skip(f"{peer.system.capabilities().system} has no state {state}")
    ref = await peer.system.open(handoff())
    move = SetState(ref=ref, state=state, event_id="e1", reason="as agreed")
    assert not compare(move, await peer.system.find(move)).there
    await peer.system.set_state(ref, state, "as agreed", "e1")
    assert await peer.state(ref) is state
    assert compare(move, await peer.system.find(move)).there


async def test_moving_to_the_present_state_changes_nothing_and_counts_as_done(peer: Peer) -> None:
    ref = await peer.system.open(handoff())
    await peer.agent_moves(ref, TicketState.PENDING)
    await peer.system.set_state(ref, TicketState.PENDING, "", "e1")
    move = SetState(ref=ref, state=TicketState.PENDING, event_id="e1")
    assert compare(move, await peer.system.find(move)).there
    page = await peer.system.changes(None)
    assert [c.what for c in page.changes if isinstance(c.what, StateChanged)] == [StateChanged(TicketState.PENDING)]


@pytest.mark.parametrize("over", [TicketState.RESOLVED, TicketState.CLOSED])
async def test_a_finished_ticket_is_taken_up_again(peer: Peer, over: TicketState) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.set_state(ref, over, "", "e1")
    again = Reopen(ref=ref, reason="still broken", event_id="e2")
    assert not compare(again, await peer.system.find(again)).there
    await peer.system.reopen(ref, "still broken", "e2")
    assert await peer.state(ref) is TicketState.IN_PROGRESS
    assert compare(again, await peer.system.find(again)).there


async def test_reopening_an_open_ticket_leaves_its_state(peer: Peer) -> None:
    ref = await peer.system.open(handoff())
    await peer.agent_moves(ref, TicketState.PENDING)
    await peer.system.reopen(ref, "still broken", "e1")
    assert await peer.state(ref) is TicketState.PENDING


async def test_a_file_is_attached_and_found_with_its_size(peer: Peer, tmp_path: Path) -> None:
    path = tmp_path / "erreur 809.png"
    path.write_bytes(b"not really a picture")
    file = File(name=path.name, media_type="image/png", size=path.stat().st_size, path=str(path))
    ref = await peer.system.open(handoff())
    attach = Attach(ref=ref, file=file, event_id="e1")
    assert await peer.system.find(attach) is None
    await peer.system.attach(ref, file, "e1")
    reading = compare(attach, await peer.system.find(attach))
    assert (reading.there, reading.differences) == (True, ())


async def test_a_file_that_is_gone_is_refused(peer: Peer, tmp_path: Path) -> None:
    ref = await peer.system.open(handoff())
    with pytest.raises(RefusedError):
        await peer.system.attach(ref, File(name="x", path=str(tmp_path / "x")), "e1")


@pytest.mark.parametrize("kind", list(LinkKind))
async def test_a_ticket_is_linked_to_another(peer: Peer, kind: LinkKind) -> None:
    child, parent = await peer.system.open(handoff(1)), await peer.system.open(handoff(2))
    link = Link(ref=child, parent=parent, relation=kind, event_id="e1")
    assert await peer.system.find(link) is None
    await peer.system.link(child, parent, kind, "e1")
    reading = compare(link, await peer.system.find(link))
    assert (reading.there, reading.differences) == (True, ())


async def test_writing_on_a_ticket_that_is_not_there_is_refused(peer: Peer) -> None:
    real = await peer.system.open(handoff())
    missing = TicketRef(real.system, "T-999999")
    with pytest.raises(RefusedError):
        await peer.system.add_note(missing, "hello", INTERNAL, "e1")
    with pytest.raises(RefusedError):
        await peer.system.set_state(missing, TicketState.PENDING, "", "e2")
    with pytest.raises(RefusedError):
        await peer.system.reopen(missing, "", "e3")
    with pytest.raises(RefusedError):
        await peer.system.link(real, missing, LinkKind.CHILD_OF, "e4")


async def test_a_requester_is_recognised_by_address_or_login_and_never_by_name(peer: Peer) -> None:
    by_email = await peer.system.resolve_requester(Requester(name="Léa", email="lea@example.org"))
    assert by_email is not None
    assert await peer.system.resolve_requester(Requester(name="L. M.", email="LEA@example.org")) == by_email
    assert await peer.system.resolve_requester(Requester(name="Léa")) is None
    assert await peer.system.resolve_requester(Requester(sso_id="u1234")) is not None


async def test_what_agents_do_comes_in_order_and_ours_is_marked(peer: Peer) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.add_note(ref, "from the bot", PUBLIC, "e1")
    await peer.agent_takes(ref)
    await peer.agent_writes(ref, "je regarde", PUBLIC)
    await peer.agent_writes(ref, "utilisateur pénible", INTERNAL)
    await peer.agent_moves(ref, TicketState.RESOLVED)
    changes = (await peer.system.changes(None)).changes
    assert {c.handoff_id for c in changes} == {handoff().handoff_id}
    assert {c.ref for c in changes} == {ref}
    assert [type(c.what) for c in for_requester(changes)] == [AssigneeChanged, NoteAdded, StateChanged]
    assert NoteAdded("je regarde", PUBLIC) in [c.what for c in for_requester(changes)]
    assert NoteAdded("from the bot", PUBLIC) in [c.what for c in changes if c.own]


async def test_the_cursor_goes_on_where_the_last_page_ended(peer: Peer) -> None:
    ref = await peer.system.open(handoff())
    await peer.agent_writes(ref, "one", PUBLIC)
    first = await peer.system.changes(None)
    assert (await peer.system.changes(first.cursor)).changes == ()
    await peer.agent_writes(ref, "two", PUBLIC)
    second = await peer.system.changes(first.cursor)
    assert [c.what for c in second.changes] == [NoteAdded("two", PUBLIC)]
    assert {c.change_id for c in first.changes}.isdisjoint(c.change_id for c in second.changes)


async def test_asked_twice_with_the_same_cursor_the_same_changes_come_with_the_same_ids(peer: Peer) -> None:
    ref = await peer.system.open(handoff())
    await peer.agent_writes(ref, "one", PUBLIC)
    assert await peer.system.changes(None) == await peer.system.changes(None)


async def test_a_good_configuration_has_no_fault_and_a_system_that_runs_is_well(peer: Peer) -> None:
    assert await peer.system.check() == ()
    assert (await peer.system.health()).ok
