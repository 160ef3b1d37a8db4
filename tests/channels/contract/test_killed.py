"""`guichet run` with a channel, killed while the platform has a message of it: shown once, or twice where said so.

Each life takes seconds to begin: test_deliveries.py holds the short form, a house let go in the same place.
"""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app.mind import DATABASE
from tests.channels.contract.conftest import PEERS, made
from tests.channels.contract.desk import until
from tests.channels.contract.email_peer import EmailPeer
from tests.channels.contract.peer import Peer, Seen
from tests.support.needs import ROOT

FIRST, SECOND = "Bonjour, mon VPN ne marche plus depuis ce matin.", "Moi uniquement"
PATIENCE = 90  # seconds


@dataclass
class Running:
    """`guichet run` in a process of its own."""

    folder: Path
    process: "subprocess.Popen[str] | None" = None

    @property
    def home(self) -> Path:
        """Where it keeps everything."""
        return self.folder / "home"

    def start(self) -> None:
        """Start it, and wait until it serves."""
        command = [sys.executable, "-m", "bot", "run", "--home", str(self.home), "--port", "0"]
        outside = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
        environment = {**outside, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        with (self.folder / "run.log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        if not any(line.startswith("desk ") for line in self.process.stdout):
            self.end(signal.SIGTERM)
            raise AssertionError(f"guichet run did not start:\n{(self.folder / 'run.log').read_text()[-3000:]}")

    def end(self, how: signal.Signals) -> None:
        """End it."""
        if self.process is not None:
            process, self.process = self.process, None
            process.send_signal(how)
            process.wait(PATIENCE)
            if process.stdout is not None:
                process.stdout.close()

    def listens(self) -> bool:
        """Whether a mailbox is being read: what stood in it before is nobody's request."""
        with closing(sqlite3.connect(f"file:{self.home / DATABASE}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT 1 FROM journal WHERE id LIKE 'mail:%:cursor'").fetchone())


@pytest.fixture(params=[pytest.param(name, marks=[pytest.mark.smtp] if name == "email" else []) for name in PEERS])
async def alone(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Peer]:
    """A person on a platform, without a house."""
    if request.param not in ("email", "slack", "telegram"):
        pytest.skip(f"{request.param}: no platform stands between")
    peer = made(PEERS[request.param], tmp_path / "home", request)
    await peer.connect()
    try:
        yield peer
    finally:
        await peer.end()


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.kill
async def test_killed_while_the_platform_has_a_message(alone: Peer, tmp_path: Path) -> None:
    (tmp_path / "guichet.toml").write_text(alone.settings())
    running = Running(tmp_path)
    try:
        await asyncio.to_thread(running.start)
        if isinstance(alone, EmailPeer):
            await until(running.listens, "the mailbox to be read")
        await alone.withhold_answer()
        await alone.write(FIRST)
        await shown(alone, 1)
        await asyncio.to_thread(running.end, signal.SIGKILL)
        first = (await alone.seen())[0]
        await alone.recovered()
        await asyncio.to_thread(running.start)
        await alone.write(SECOND)
        texts = [one.text for one in await shown(alone, 2, other_than=first.text)]
    finally:
        await asyncio.to_thread(running.end, signal.SIGTERM)
    assert texts.count(first.text) == 1 or (alone.repeats and texts.count(first.text) == 2), alone.repeats


async def shown(peer: Peer, count: int, other_than: str = "") -> tuple[Seen, ...]:
    """Wait until the person has so many messages before them, the last one another than named."""
    async with asyncio.timeout(PATIENCE):
        while len(seen := await peer.seen()) < count or seen[-1].text == other_than:
            await asyncio.sleep(0.05)
    return seen
