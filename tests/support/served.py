"""`guichet run` as people start it: a process of its own, its two addresses read from what it prints."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.needs import ROOT

STOPS_IN = 30  # seconds


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A house in a folder, started and stopped as often as a test wants; always on the same port."""

    home: Path
    port: int = field(default_factory=free_port)
    login: str = ""
    process: "subprocess.Popen[str] | None" = None

    @property
    def base(self) -> str:
        """The address of the chat page, without its last slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it writes to standard error."""
        return self.home.parent / "run.log"

    def start(self) -> None:
        """Start it, and wait until it has printed its addresses."""
        log = self.log.open("a")
        command = [sys.executable, "-m", "bot", "run", "--home", str(self.home), "--port", str(self.port)]
        outside = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
        self.process = subprocess.Popen(
            command, cwd=self.home.parent, env={**outside, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        log.close()
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("desk "):
                self.login = line.split()[1]
                return
        status = self.stop()
        raise AssertionError(f"guichet run ended with {status} before it was ready:\n{self.log.read_text()[-3000:]}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it; gives its exit status."""
        if self.process is None:
            return 0
        process, self.process = self.process, None
        process.send_signal(how)
        try:
            return process.wait(STOPS_IN)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
