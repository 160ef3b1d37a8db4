"""A real Redmine of our own for a test session: temporary, on loopback, gone at the end."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.daemon import HOST, Daemon, quiet_ports, wait_until
from tests.support.redmine.clerk import Clerk
from tests.support.redmine.template import (
    ACCOUNTS,
    environment,
    give_away,
    quick_folder,
    template,
    unprivileged_user,
)

THREADS = "1:4"  # puma's fewest and most
BEGAN = re.compile(rb"\[([0-9a-f-]{36})\] Started (?:POST|PUT|DELETE) ")
ENDED = re.compile(rb"\[([0-9a-f-]{36})\] Completed ")


class RedmineServer:
    """One running Redmine; `accounts` are the numbers and keys that seed.rb wrote down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = quiet_ports(1)[0]
        self.url = f"http://{HOST}:{self.port}"
        accounts = json.loads((folder / ACCOUNTS).read_text())
        self.numbers: dict[str, int] = {name: value for name, value in accounts.items() if isinstance(value, int)}
        self.keys: dict[str, str] = {name: value for name, value in accounts.items() if isinstance(value, str)}
        self.log = folder / "instances" / "default" / "log" / "production.log"
        self._read = 0
        self._under_way: set[bytes] = set()
        told = [f"{name}={value}" for name, value in environment(folder).items()]
        puma = ["puma", "-b", f"tcp://{HOST}:{self.port}", "-e", "production", "-t", THREADS, str(folder / "config.ru")]
        self.daemon = Daemon(
            ["env", "-i", *told, *puma], log=folder / "puma.log", port=self.port, greeting=b"",
            user=unprivileged_user(),
        )  # fmt: skip

    def start(self) -> None:
        """Start it, unless it runs, and wait until it accepts connections."""
        if self.daemon.process is None:
            self._read = (
                self.log.stat().st_size if self.log.exists() else 0
            )  # what a killed one began has ended with it
            self._under_way.clear()
        self.daemon.start()

    def finish(self) -> None:
        """Start it where it was killed, and wait until every write that arrived has ended, its client gone or not.

        It takes requests up in the order they arrive, so all that came before ours have begun when ours is answered.
        """
        self.start()
        self.as_agent().get("/issue_statuses.json")
        wait_until(self._is_idle, "all writes to end")

    def kill(self) -> None:
        """End it with SIGKILL; started again it has its data and its port."""
        self.daemon.kill()

    def _is_idle(self) -> bool:
        """Follow Redmine's own log: a write has a line when it begins and one when it ends."""
        if self.log.exists():
            with self.log.open("rb") as log:
                log.seek(self._read)
                for line in log:
                    if not line.endswith(b"\n"):
                        break
                    self._read += len(line)
                    self._follow(line)
        return not self._under_way

    def _follow(self, line: bytes) -> None:
        if began := BEGAN.search(line):
            self._under_way.add(began[1])
        elif ended := ENDED.search(line):
            self._under_way.discard(ended[1])

    def as_admin(self) -> Clerk:
        """Give the interface of an administrator."""
        return Clerk(self.url, self.keys["admin_key"])

    def as_agent(self) -> Clerk:
        """Give the interface of the agent Ana."""
        return Clerk(self.url, self.keys["agent_key"])


@contextmanager
def running_redmine(redmine: Path) -> Iterator[RedmineServer]:
    """Start a server in a folder of its own, and leave nothing behind."""
    kept = template(redmine)
    folder = Path(tempfile.mkdtemp(prefix="guichet-redmine-", dir=quick_folder()))
    try:
        shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
        give_away(folder)
        server = RedmineServer(folder)
        try:
            server.start()
            yield server
        finally:
            server.daemon.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
