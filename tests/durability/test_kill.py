"""The process is killed at every commit, before and after it, and started again: nothing is lost or done twice."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.dialog.events import ActionFailed, ActionFinished, PersonSaid, TicketOpened, TimerFired
from bot.dialog.playbook import Playbook
from bot.pump import TRIES
from bot.store import log
from bot.store.engine import Database, connect, sqlite_url
from bot.store.records import SqlRecords
from tests.durability.worker import CROWD, EACH, PLAN
from tests.store.handler import decide
from tests.support.needs import ROOT

NEVER = ["never", 0]
Live = Callable[..., int]


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """Live one life of the house in a process of its own; give the signal it died of, 0 for none."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.durability.worker"], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert worker.stdin
    assert worker.stdout

    def live_once(url: str, folder: Path, at: list, crowd: bool = False, poison: bool = False) -> int:
        assert worker.stdin
        assert worker.stdout
        asked = {"url": url, "folder": str(folder), "at": at, "crowd": crowd, "poison": poison}
        worker.stdin.write(json.dumps(asked) + "\n")
        worker.stdin.flush()
        status = int(worker.stdout.readline())
        assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the worker failed by itself"
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    yield live_once
    worker.stdin.close()
    worker.stdout.close()
    assert worker.wait(10) == 0


def sink(folder: Path) -> list[tuple[str, str, str]]:
    """Everything the doors were ever given, in order: door, key, text."""
    return [tuple(json.loads(line)) for line in (folder / "sink").read_text().splitlines()]


def deduped(lines: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """What a door that knows keys has: each key once."""
    return list(dict.fromkeys(lines))


def check(url: str, folder: Path) -> int:
    """Hold the ledger and the sink against the plan; give the number of raw duplicates."""
    database = connect(url)
    try:
        people = check_ledger(database)
    finally:
        database.close()
    lines = sink(folder)
    seen = [(door, key) for door, key, _ in deduped(lines)]
    assert len(seen) == len(set(seen)), "one key was used for two different things"
    answers = defaultdict(list)
    for door, key, _ in deduped(lines):
        answers[door].append(tuple(int(part) for part in key.split(":")) if door in people else key)
    for who in people:
        assert answers[who] == sorted(answers[who]), f"{who} was answered out of order"
    counts = Counter(lines)
    assert all(counts[line] == 1 for line in counts if line[0] == "action" and line[2] == "once"), "run twice"
    return len(lines) - len(counts)


def check_ledger(database: Database) -> dict[str, str]:
    """Hold what was handled against what was written; give each person's conversation."""
    records = SqlRecords(database)
    people = {who: str(n) for n, who in enumerate(dict.fromkeys(who for _, who, _ in PLAN), start=1)}
    assert records.dead() == ()
    for who, conversation in people.items():
        happened = [recorded.event for recorded in records.events(conversation)]
        said = [text for event in happened if isinstance(event, PersonSaid) for text in event.texts]
        assert said == [text for text, by, _ in PLAN if by == who], "lost, doubled or out of order"
        asked = " ".join(said)
        assert sum(isinstance(event, ActionFinished | ActionFailed) for event in happened) == asked.count("act=")
        assert sum(isinstance(event, TicketOpened) for event in happened) == asked.count("ticket")
        assert sorted(event.name for event in happened if isinstance(event, TimerFired)) == (
            ["later"] if who == "ann" else ["coffee"]
        )
        with database.reading.connect() as connection:
            state = log.state(connection, conversation)
            assert log.rebuilt(connection, conversation, decide, lambda version: Playbook(hash=version)) == state
    return people


def lives(live: Live, fresh: Callable[[], str], folder: Path, points: list[tuple[str, int]]) -> dict[str, int]:
    """Die once at each point and live again; give the raw duplicates that this made."""
    made = {}
    for when, number in points:
        place = folder / f"{when}-{number}"
        place.mkdir()
        url = fresh()
        assert live(url, place, [when, number]) == signal.SIGKILL
        assert live(url, place, NEVER) == 0
        if duplicates := check(url, place):
            made[f"{when} {number}"] = duplicates
    return made


def every_point(live: Live, url: str, folder: Path, step: int = 1) -> list[tuple[str, int]]:
    """Count the commits of an undisturbed life; each of them is a point to die at, before it and after it."""
    assert live(url, folder, NEVER) == 0
    assert check(url, folder) == 0
    commits = int((folder / "commits").read_text())
    assert commits > 40
    return [(when, number) for number in range(1, commits + 1, step) for when in ("before", "after")]


@pytest.mark.kill
@pytest.mark.timeout(900)
def test_killed_at_any_commit_nothing_is_lost_and_nothing_is_done_twice(live, tmp_path):
    names = iter(range(10_000))

    def fresh() -> str:
        return sqlite_url(tmp_path / f"{next(names)}.sqlite3")

    points = every_point(live, fresh(), tmp_path)
    made = lives(live, fresh, tmp_path, points)
    print(f"{len(points)} kills; sent again, to be deduped by key: {made}")  # noqa: T201 - a figure to see
    assert max(made.values(), default=0) <= 1, "more than what was on its way"


@pytest.mark.kill
@pytest.mark.timeout(900)
def test_killed_on_postgresql_nothing_is_lost_and_nothing_is_done_twice(live, postgres_server, tmp_path):
    open_databases = []

    def fresh() -> str:
        open_databases.append(postgres_server.database())
        return open_databases[-1].__enter__()

    try:
        points = every_point(live, fresh(), tmp_path, step=3)
        made = lives(live, fresh, tmp_path, points)
    finally:
        for database in open_databases:
            database.__exit__(None, None, None)
    print(f"{len(points)} kills; sent again, to be deduped by key: {made}")  # noqa: T201 - a figure to see
    assert max(made.values(), default=0) <= 1, "more than what was on its way"


@pytest.mark.kill
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 8, 11])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_under_load_again_and_again_everybody_is_answered_once_and_in_order(live, tmp_path, when, number):
    url = sqlite_url(tmp_path / "crowd.sqlite3")
    deaths = 0
    while deaths < TRIES - 1 and live(url, tmp_path, [when, number], crowd=True) == signal.SIGKILL:
        deaths += 1
    assert deaths
    assert live(url, tmp_path, NEVER, crowd=True) == 0
    lines = sink(tmp_path)
    duplicates = len(lines) - len(deduped(lines))
    print(f"{deaths} deaths; sent again, to be deduped by key: {duplicates}")  # noqa: T201 - a figure to see
    assert duplicates <= deaths * CROWD, "more than what was on its way"
    check_crowd(lines)


def check_crowd(lines: list[tuple[str, str, str]]) -> None:
    """Everybody was answered once, in the order in which they wrote."""
    for who in range(CROWD):
        answers = [text.partition(": ") for door, _, text in deduped(lines) if door == str(who)]
        assert [n for _, _, words in answers for n in words.split()] == [str(n) for n in range(EACH)]
        assert [turn for turn, _, _ in answers] == [str(n) for n in range(1, len(answers) + 1)]


@pytest.mark.kill
def test_a_message_that_kills_takes_no_other_with_it(live, tmp_path):
    url = sqlite_url(tmp_path / "crowd.sqlite3")
    for _ in range(TRIES):
        assert live(url, tmp_path, NEVER, crowd=True, poison=True) == signal.SIGKILL
    assert live(url, tmp_path, NEVER, crowd=True, poison=True) == 0
    check_crowd(sink(tmp_path))
    database = connect(url)
    (letter,) = SqlRecords(database).dead()
    database.close()
    assert letter.why == "the process ended while it was handled"
    assert [text for door, _, text in deduped(sink(tmp_path)) if door == "villain"] == ["sorry"]
