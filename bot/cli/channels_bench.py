"""Measures the channels without a platform: reading, rendering and storing messages, beside what the machine can do."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from bot.inbox import Inbox
from bot.ports.clock import SystemClock
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.store.chats import SqlChats
from bot.store.dispatch import LocalDispatcher
from bot.store.engine import Database, connect, sqlite_url
from bot.store.files import FolderFiles
from bot.store.gauge import raw_commits
from bot.store.journal import SqlJournal
from bot.store.ledger import SqlLedger
from bot.store.schema import upgrade

from .turns_bench import cpu_share

if TYPE_CHECKING:
    from .channel_trials import Trial

GAUGED_SECONDS = 0.5  # before and after: the machine is not alone


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured of one channel. CPU in ms a message.

    `stored_per_s`: from a message as it comes until it is durable; `stored_cpu_ms`: of that way. `share_of_limit`: of
    what the disk takes in that many commits, and one core in that much reading, were nothing else to do.
    """

    read_cpu_ms_p50: float
    read_cpu_ms_p95: float
    render_cpu_ms_p50: float
    render_cpu_ms_p95: float
    stored_per_s: float
    stored_cpu_ms: float
    commits_per_message: float
    share_of_limit: float


def measure(folder: Path, messages: int) -> tuple[dict[str, float], dict[str, Figures]]:
    """Measure the machine and each channel, on a new SQLite database in an empty folder."""
    url = sqlite_url(folder / "bench.sqlite3")
    upgrade(url)
    database = connect(url)
    try:
        raw, share = raw_commits(database, GAUGED_SECONDS), cpu_share(GAUGED_SECONDS)
        rough = asyncio.run(_all(database, folder, messages))
        raw = (raw + raw_commits(database, GAUGED_SECONDS)) / 2
    finally:
        database.close()
    machine = {"raw_commits_per_s": raw, "cpu_share": share}
    return machine, {name: _judged(figures, raw, share) for name, figures in rough.items()}


def _judged(figures: Figures, raw: float, share: float) -> Figures:
    """Put a rate beside the limit: its commits one after the other, its reading on one core."""
    seconds = figures.commits_per_message / raw + figures.read_cpu_ms_p50 / 1000 / share
    told = asdict(figures) | {"share_of_limit": figures.stored_per_s * seconds}
    return Figures(**told)


async def _all(database: Database, folder: Path, messages: int) -> dict[str, Figures]:
    from .channel_trials import Ground, trials  # the platforms' libraries take a second to load

    ledger, clock = SqlLedger(database), SystemClock()
    inbox = Inbox(ledger, LocalDispatcher(ledger, clock), clock)
    notes, files, reader = SqlJournal(ledger, clock), FolderFiles(folder / "files"), SqlChats(database)
    counted = Counted(inbox)
    ground = Ground(clock, notes, files, reader, counted.receive)
    figures = {name: await _one(trial, ledger, counted, messages) for name, trial in trials(ground).items()}
    ledger.writer.close()
    return figures


@dataclass
class Counted:
    """An inbox, and how many messages it stored."""

    inbox: Inbox
    stored: int = 0

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Store one event."""
        receipt = await self.inbox.receive(inbound)
        self.stored += receipt is not None
        return receipt


async def _one(trial: "Trial", ledger: SqlLedger, counted: Counted, messages: int) -> Figures:
    numbers = iter(range(messages * 10))
    reads = _cpu(lambda: trial.read(next(numbers)), messages)
    renders = _cpu(trial.render, messages)
    await _take(trial, range(messages, messages + 20))
    before, stored = ledger.writer.commits, counted.stored
    cpu, begun = time.process_time(), time.perf_counter()
    await _take(trial, range(2 * messages, 3 * messages))
    rate = messages / (time.perf_counter() - begun)
    cpu_ms = (time.process_time() - cpu) * 1000 / messages
    commits = (ledger.writer.commits - before) / messages
    assert counted.stored - stored == messages, "a message of the bench was not taken"
    return Figures(*_spread(reads), *_spread(renders), rate, cpu_ms, commits, 0)


async def _take(trial: "Trial", numbers: range) -> None:
    """Have messages stored, so many at a time as the channel lets in."""
    waiting = iter(numbers)

    async def work() -> None:
        for number in waiting:
            await trial.take(number)

    await asyncio.gather(*(work() for _ in range(trial.at_once)))


def _cpu(work: Callable[[], object], count: int) -> list[float]:
    """The CPU time of each call, in ms, after a few that warm up."""
    for _ in range(10):
        work()
    spent = []
    for _ in range(count):
        begun = time.process_time()
        work()
        spent.append((time.process_time() - begun) * 1000)
    return spent


def _spread(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    parts = quantiles(times, n=20)
    return parts[9], parts[18]
