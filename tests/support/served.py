"""`guichet run` as people start it: a process of its own, its two addresses read from what it prints."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.needs import ROOT

STOPS_IN = 15  # seconds


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

    def start(self) -> None:
        """Start it, and wait until it has printed its addresses."""
        command = [sys.executable, "-m", "bot", "run", "--home", str(self.home), "--port", str(self.port)]
        outside = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
        self.process = subprocess.Popen(
            command, cwd=self.home.parent, env={**outside, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("desk "):
                self.login = line.split()[1]
                return
        raise AssertionError(f"guichet run ended with {self.process.wait()} before it was ready")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it; gives its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(how)
        status = self.process.wait(STOPS_IN)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
        return status
