"""Real processes, killed with SIGKILL at every SQL statement; then the same work is started again."""

import asyncio
import multiprocessing
import signal
from collections import Counter
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.ticket_bridge import condemned
from tests.ticket_bridge.handoffs import Clock, handoff
from ticket_bridge import LocalSystem
from ticket_bridge.systems.local_tables import EntryKind

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ticket_bridge.condemned", "ticket_bridge"])
    return context


def statements_of_a_whole_life(processes: ForkServerContext, folder: Path) -> list[str]:
    folder.mkdir()
    process = processes.Process(target=condemned.record, args=(folder, folder / "statements"))
    process.start()
    process.join()
    assert process.exitcode == 0
    return (folder / "statements").read_text().splitlines()


def tickets_and_history(folder: Path) -> tuple[list[str], Counter[EntryKind]]:
    async def read() -> tuple[list[str], Counter[EntryKind]]:
        system = LocalSystem(folder / "tickets.sqlite3")
        desk = system.desk("Ana")
        tickets = await desk.tickets()
        history = (await desk.dossier(tickets[0].key)).history
        system.close()
        return [ticket.subject for ticket in tickets], Counter(entry.kind for entry in history)

    return asyncio.run(read())


def test_killed_at_every_statement_and_started_again_everything_is_there_once(
    processes: ForkServerContext, tmp_path: Path
) -> None:
    statements = statements_of_a_whole_life(processes, tmp_path / "whole")
    assert sum(statement == "COMMIT" for statement in statements) == 9  # 3 x (sending, the write, confirmed)
    for number, statement in enumerate(statements):
        folder = tmp_path / f"killed-at-{number}"
        folder.mkdir()
        process = processes.Process(target=condemned.live, args=(folder, number))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL, f"statement {number} ({statement}) was not the end"
        assert asyncio.run(condemned.work(folder, Clock())) == ["confirmed"] * 3
        once = Counter([EntryKind.NOTE, EntryKind.STATE])
        assert tickets_and_history(folder) == ([handoff().subject], once), f"killed at {number}: {statement}"
