"""What the built-in desk promises beyond the contract of every ticket system."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal, to_the_end
from ticket_bridge import (
    Bridge,
    DeliveryState,
    DoubtfulError,
    File,
    LinkKind,
    LocalSystem,
    NoteAdded,
    RefusedError,
    TicketState,
    Visibility,
)
from ticket_bridge.sqlite import SqliteFile
from ticket_bridge.systems.local_book import may_move
from ticket_bridge.systems.local_tables import EntryKind, key_of_number, number_of_key

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tickets.sqlite3"


@pytest.fixture
def system(path: Path) -> Iterator[LocalSystem]:
    with closing(LocalSystem(path, clock=Clock(), durable=False)) as local:
        yield local


async def test_keys_count_from_one_and_go_on_after_a_restart(path: Path) -> None:
    for run in range(2):
        with closing(LocalSystem(path, url="http://127.0.0.1:8080/desk/{key}")) as system:
            refs = [await system.open(handoff(run * 2 + n)) for n in range(2)]
    assert [ref.key for ref in refs] == ["T-3", "T-4"]
    assert refs[0].url == "http://127.0.0.1:8080/desk/T-3"


async def test_the_same_handoff_is_the_same_ticket_and_its_first_words_stand(system: LocalSystem) -> None:
    first = await system.open(handoff())
    again = await system.open(handoff(subject="something else"))
    other = await system.open(handoff(2))
    assert (first, again.key, other.key) == (again, "T-1", "T-2")
    assert [t.subject for t in await system.desk("Ana").tickets()] == [handoff(1).subject, handoff(2).subject]


async def test_the_same_event_writes_one_note_and_may_still_bring_a_file(system: LocalSystem) -> None:
    ref = await system.open(handoff())
    for _ in range(2):
        await system.add_note(ref, "voici la capture", PUBLIC, "e1")
        await system.attach(ref, File(name="capture.png", size=3), "e1")
    history = (await system.desk("Ana").dossier("T-1")).history
    assert [(entry.kind, entry.value) for entry in history] == [
        (EntryKind.NOTE, "voici la capture"),
        (EntryKind.FILE, "capture.png"),
    ]


async def test_the_dossier_gives_the_whole_handoff_back(system: LocalSystem) -> None:
    await system.open(handoff())
    dossier = await system.desk("Ana").dossier("t-1")
    assert dossier.request == handoff()
    assert dossier.ticket.requester == "lea.martin@example.org"


async def test_the_list_can_be_narrowed_to_one_state(system: LocalSystem) -> None:
    refs = [await system.open(handoff(n)) for n in range(3)]
    desk = system.desk("Ana")
    await desk.move(refs[1].key, TicketState.PENDING)
    assert [t.key for t in await desk.tickets(TicketState.PENDING)] == ["T-2"]
    assert [t.key for t in await desk.tickets(TicketState.NEW)] == ["T-1", "T-3"]


def test_two_who_make_the_file_together_and_open_the_same_handoff_get_one_ticket(tmp_path: Path) -> None:
    for number in range(20):
        path, barrier, keys = tmp_path / f"{number}.sqlite3", threading.Barrier(4), list[str]()

        def work(path: Path = path, barrier: threading.Barrier = barrier, keys: list[str] = keys) -> None:
            with closing(LocalSystem(path, durable=False)) as system:
                barrier.wait()
                keys.append(asyncio.run(system.open(handoff())).key)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert keys == ["T-1"] * 4


def test_a_closed_ticket_moves_nowhere_and_none_becomes_new() -> None:
    allowed = {(now, wanted) for now, wanted in product(TicketState, TicketState) if may_move(now, wanted)}
    assert not [move for move in allowed if move[0] is TicketState.CLOSED or move[1] is TicketState.NEW]
    assert len(allowed) == 4 * 4


async def test_a_closed_ticket_refuses_the_bridge_and_says_what_to_do(system: LocalSystem) -> None:
    ref = await system.open(handoff())
    await system.set_state(ref, TicketState.CLOSED, "", "e1")
    with pytest.raises(RefusedError, match="T-1 is closed: it cannot become pending; reopen it first"):
        await system.set_state(ref, TicketState.PENDING, "", "e2")
    await system.desk("Ana").move(ref.key, TicketState.IN_PROGRESS)
    assert (await system.desk("Ana").dossier(ref.key)).history[-1].kind is EntryKind.REOPENED


async def test_a_ticket_is_not_linked_to_itself(system: LocalSystem) -> None:
    clock = Clock()
    bridge = Bridge(system, MemoryJournal(), clock)
    opened = await bridge.advance(bridge.queue(handoff()))
    assert opened.ref is not None
    delivery = await bridge.advance(bridge.queue_link(opened.ref, opened.ref, LinkKind.DUPLICATE_OF, "e1"))
    assert (delivery.state, delivery.last_error) == (DeliveryState.FAILED, "ticket T-1 cannot be linked to itself")


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 2), (False, 0)])
def test_commits_are_flushed_unless_the_file_is_throw_away(path: Path, durable: bool, synchronous: int) -> None:
    with closing(SqliteFile(path, (), durable=durable)) as file, file.reading() as rows:
        assert rows.execute("PRAGMA synchronous").fetchone()[0] == synchronous
        assert rows.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


async def test_a_folder_that_is_missing_is_a_fault_and_what_waits_arrives_once_it_is_there(tmp_path: Path) -> None:
    path, clock = tmp_path / "later" / "tickets.sqlite3", Clock()
    with closing(LocalSystem(path, clock=clock)) as system:
        (fault,) = await system.check()
        assert str(path) in fault
        assert not (await system.health()).ok
        bridge = Bridge(system, MemoryJournal(), clock)
        delivery = await bridge.advance(bridge.queue(handoff()))
        assert delivery.state is DeliveryState.UNKNOWN
        path.parent.mkdir()
        assert (await to_the_end(bridge, delivery, clock)).state is DeliveryState.CONFIRMED
        assert len(await system.desk("Ana").tickets()) == 1


async def test_a_file_that_is_no_database_is_a_fault_and_stays_untouched(path: Path) -> None:
    path.write_bytes(b"these are my notes, not a database\n" * 100)
    with closing(LocalSystem(path)) as system:
        assert "file is not a database" in (await system.health()).detail
        with pytest.raises(DoubtfulError):
            await system.open(handoff())
    assert path.read_bytes() == b"these are my notes, not a database\n" * 100


async def test_of_a_thousand_mixed_events_every_public_reply_leaves_once_and_no_internal_note(
    system: LocalSystem,
) -> None:
    bridge = Bridge(system, MemoryJournal(), Clock())
    refs = [await system.open(handoff(n)) for n in range(5)]
    chance, public = Random(5), list[str]()
    for number in range(1000):
        ref, visibility = chance.choice(refs), chance.choice([PUBLIC, INTERNAL])
        text = f"{visibility} {number}"
        if chance.random() < 0.3:
            await system.add_note(ref, f"own {text}", visibility, f"e{number}")
            continue
        await system.desk("Ana").write(ref.key, text, visibility)
        public += [text] if visibility is PUBLIC else []
    seen, cursor = list[str](), None
    while (page := await bridge.changes(cursor)).cursor != cursor:
        seen += [change.what.text for change in page.changes if isinstance(change.what, NoteAdded)]
        cursor = page.cursor
    assert seen == public
    assert len(public) > 300


@pytest.mark.parametrize("cursor", ["", "x", "-1", "٣", "9" * 40])
async def test_a_cursor_of_somebody_else_is_refused(system: LocalSystem, cursor: str) -> None:
    with pytest.raises(RefusedError, match="cursor"):
        await system.changes(cursor)


@given(st.text())
def test_any_text_is_a_key_or_not(text: str) -> None:
    number = number_of_key(text)
    assert number is None or number_of_key(key_of_number(number)) == number


@given(st.integers(0, 10**17))
def test_a_key_is_read_however_it_is_typed(number: int) -> None:
    assert number_of_key(f" {key_of_number(number).lower()} ") == number


def test_a_unit_that_raises_leaves_nothing(path: Path) -> None:
    with closing(SqliteFile(path, ("CREATE TABLE line (text TEXT) STRICT",), durable=False)) as file:
        with pytest.raises(sqlite3.Error), file.writing() as rows:
            rows.execute("INSERT INTO line VALUES ('half')")
            rows.execute("INSERT INTO nowhere VALUES ('other half')")
        with file.reading() as rows:
            assert rows.execute("SELECT count(*) FROM line").fetchone()[0] == 0
