"""What agents do in a real Redmine comes once, in order, and nothing internal with it."""

import time
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.support.redmine.server import RedmineServer
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.redmine_peer import RedminePeer, other_way
from tests.ticket_bridge.redmine_world import plain_handoff
from ticket_bridge import (
    AssigneeChanged,
    NoteAdded,
    StateChanged,
    TicketChange,
    TicketState,
    Visibility,
)
from ticket_bridge.change import for_requester
from ticket_bridge.systems import redmine_news
from ticket_bridge.systems.redmine import Redmine

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


@pytest.fixture
def peer(redmine: RedmineServer, tmp_path: Path) -> RedminePeer:
    return RedminePeer(tmp_path, Clock(), redmine)


async def all_changes(system: Redmine, cursor: str | None = None) -> tuple[list[TicketChange], str]:
    """Ask until the cursor stands still."""
    changes: list[TicketChange] = []
    while (page := await system.changes(cursor)).cursor != cursor:
        changes += page.changes
        cursor = page.cursor
    return changes, page.cursor


async def test_words_come_before_the_state_they_explain_and_nobody_is_no_name(peer: RedminePeer) -> None:
    ref = await peer.system.open(handoff())
    peer.ana.change(ref.key, status_id=3, notes="réparé", assigned_to_id=peer.server.numbers["agent"])
    peer.ana.change(ref.key, assigned_to_id="")
    peer.ana.change(ref.key, status_id=5)
    peer.ana.change(ref.key, status_id=6)  # closed in other words: nothing new for anybody
    changes, _ = await all_changes(other_way(peer))
    assert [c.what for c in changes] == [
        AssigneeChanged("Ana Agent"),
        NoteAdded("réparé", PUBLIC),
        StateChanged(TicketState.RESOLVED),
        AssigneeChanged(""),
        StateChanged(TicketState.CLOSED),
    ]


async def test_what_happens_while_a_round_is_read_page_by_page_comes_once(
    peer: RedminePeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redmine_news, "PAGE", 2)
    refs = [await peer.system.open(plain_handoff(number)) for number in range(5)]
    for number, ref in enumerate(refs):
        await peer.agent_writes(ref, f"before {number}", PUBLIC)
    page = await peer.system.changes(None)
    for number, ref in enumerate(refs):  # in the same seconds, on tickets already read and still to be read
        await peer.agent_writes(ref, f"meanwhile {number}", PUBLIC)
    rest, cursor = await all_changes(other_way(peer), page.cursor)
    told = [c.what.text for c in (*page.changes, *rest) if isinstance(c.what, NoteAdded)]
    assert sorted(told) == sorted(f"{when} {number}" for when in ("before", "meanwhile") for number in range(5))
    assert (await peer.system.changes(cursor)).changes == ()


async def test_a_quiet_desk_costs_one_request_a_poll_and_is_heard_when_it_speaks_again(peer: RedminePeer) -> None:
    system = other_way(peer, time_limit=timedelta(seconds=1), settle=timedelta(seconds=1))
    refs = [await peer.system.open(plain_handoff(number)) for number in range(3)]
    for ref in refs:
        await peer.agent_writes(ref, "je regarde", PUBLIC)
    _, cursor = await all_changes(system)
    deadline = time.monotonic() + 20
    while await reads_of_a_poll(peer, system, cursor) > 1:
        assert time.monotonic() < deadline, "the overlap is read again and again"
    await peer.agent_writes(refs[0], "trouvé", PUBLIC)
    assert [c.what for c in (await system.changes(cursor)).changes] == [NoteAdded("trouvé", PUBLIC)]


async def reads_of_a_poll(peer: RedminePeer, system: Redmine, cursor: str) -> int:
    """Count the requests that one poll without news makes, in the server's own log."""
    before = peer.server.log.stat().st_size
    page = await system.changes(cursor)
    assert (page.changes, page.cursor) == ((), cursor)
    with peer.server.log.open("rb") as log:
        log.seek(before)
        return log.read().count(b"] Started GET ")


async def mixed_events(peer: RedminePeer, count: int) -> None:
    """Write public and internal notes, ours and the agent's, and read them all while they come."""
    system, chance = other_way(peer), Random(5)
    refs = [await system.open(plain_handoff(number)) for number in range(5)]
    public, seen, cursor = list[str](), list[str](), None
    for number in range(count):
        ref, visibility = chance.choice(refs), chance.choice([PUBLIC, INTERNAL])
        if chance.random() < 0.3:
            await system.add_note(ref, f"own {number}", visibility, f"e{number}")
        else:
            await peer.agent_writes(ref, f"{visibility} {number}", visibility)
            public += [f"{visibility} {number}"] if visibility is PUBLIC else []
        if number % 10 == 9:
            page = await system.changes(cursor)
            seen += [c.what.text for c in for_requester(page.changes) if isinstance(c.what, NoteAdded)]
            cursor = page.cursor
    rest, _ = await all_changes(system, cursor)
    assert seen + [c.what.text for c in for_requester(tuple(rest)) if isinstance(c.what, NoteAdded)] == public


async def test_every_public_reply_leaves_once_and_no_internal_note(peer: RedminePeer) -> None:
    await mixed_events(peer, 60)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_of_a_thousand_mixed_events_every_public_reply_leaves_once_and_no_internal_note(
    peer: RedminePeer,
) -> None:
    await mixed_events(peer, 1000)
