"""A real process that opens a ticket and is killed with SIGKILL when a given SQL statement of its files starts.

Every statement of both files counts, commits included: killed when COMMIT starts nothing of the unit is on disk,
killed when the next statement starts all of it is.
"""

import asyncio
import os
import signal
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.ticket_bridge.handoffs import Clock, handoff
from ticket_bridge import Bridge, LocalSystem, SqliteJournal, TicketState, Visibility


class Executioner:
    """Counts the statements of every SQLite connection this process opens; kills it when number `last` starts."""

    def __init__(self, last: int | None, on_statement: Callable[[str], None] = lambda _: None) -> None:
        self.seen = 0
        self._last = last
        self._on_statement = on_statement

    def watch(self) -> None:
        """Follow every connection this process opens from now on."""
        count = self._count

        class Watched(sqlite3.Connection):
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, **named)
                self.set_trace_callback(count)

        # this process is thrown away afterwards
        sqlite3.connect = partial(sqlite3.connect, factory=Watched)  # type: ignore[assignment]

    def _count(self, statement: str) -> None:
        if self.seen == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen += 1
        self._on_statement(statement)


async def work(folder: Path, clock: Clock) -> list[str]:
    """Open one ticket, write one note on it and move it, each to the end. Give the last states."""
    system, journal = LocalSystem(folder / "tickets.sqlite3", clock=clock), SqliteJournal(folder / "deliveries.sqlite3")
    bridge = Bridge(system, journal, clock)
    delivery = bridge.queue(handoff())
    states = []
    for _ in range(3):
        while not delivery.done:
            delivery = await bridge.advance(delivery)
            clock.reach(delivery.not_before)
        states.append(str(delivery.state))
        assert delivery.ref is not None
        nexts = [
            bridge.queue_note(delivery.ref, "une note", Visibility.PUBLIC, "e1"),
            bridge.queue_state(delivery.ref, TicketState.PENDING, "e2"),
        ]
        delivery = nexts[min(len(states), 2) - 1]
    system.close()
    journal.close()
    return states


def live(folder: Path, last: int) -> None:
    """Do the work in this process, until statement number `last`."""
    Executioner(last).watch()
    asyncio.run(work(folder, Clock()))


def record(folder: Path, report: Path) -> None:
    """Do the work in this process to its end, and write down every statement."""
    statements: list[str] = []
    Executioner(None, statements.append).watch()
    asyncio.run(work(folder, Clock()))
    report.write_text("\n".join(" ".join(s.split()) for s in statements))
