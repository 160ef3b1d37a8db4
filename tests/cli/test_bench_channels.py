"""`guichet bench channels`: each channel is measured, and what it measured was really read, written and stored."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.channel_trials import Ground, trials
from bot.dialog.events import PersonSaid
from bot.inbox import Inbox
from bot.ports.clock import SystemClock
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.store.chats import SqlChats
from bot.store.dispatch import LocalDispatcher
from bot.store.engine import connect, sqlite_url
from bot.store.files import FolderFiles
from bot.store.journal import SqlJournal
from bot.store.ledger import SqlLedger
from bot.store.schema import upgrade

CHANNELS = {"web", "email", "slack", "telegram"}
FIGURES = {
    "read_cpu_ms_p50", "read_cpu_ms_p95", "render_cpu_ms_p50", "render_cpu_ms_p95", "stored_per_s", "stored_cpu_ms",
    "commits_per_message", "share_of_limit",
}  # fmt: skip


def test_one_line_tells_every_channel_beside_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["bench", "channels", "--messages", "20", "--json"])
    assert not left.value.code
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert set(told["channels"]) == CHANNELS
    assert all(set(figures) == FIGURES for figures in told["channels"].values())
    assert all(min(figures.values()) > 0 for figures in told["channels"].values())
    assert told["raw_commits_per_s"] > 0
    assert 0 < told["cpu_share"] <= 1.1
    assert list(tmp_path.iterdir()) == []


async def test_each_trial_takes_a_message_once_and_renders_the_whole_answer(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "bench.sqlite3")
    await asyncio.to_thread(upgrade, url)
    database = connect(url)
    ledger, clock, heard = SqlLedger(database), SystemClock(), []
    inbox = Inbox(ledger, LocalDispatcher(ledger, clock), clock)

    async def receive(inbound: Inbound) -> Receipt | None:
        heard.append(inbound)
        return await inbox.receive(inbound)

    files = FolderFiles(tmp_path / "files")
    ground = Ground(clock, SqlJournal(ledger, clock), files, SqlChats(database), receive)
    try:
        for name, trial in trials(ground).items():
            assert await trial.take(1)
            (inbound,) = heard
            heard.clear()
            assert isinstance(inbound.event, PersonSaid)
            assert "erreur 809" in inbound.event.texts[0]
            assert inbound.address is not None and inbound.address.channel == name
            assert trial.read(1)
            assert "GlobalProtect" in str(trial.render())
    finally:
        ledger.close()
