"""A server of our own in the foreground: started, stopped or killed with its children, and nothing else."""

import contextlib
import os
import pwd
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

HOST = "127.0.0.2"  # loopback too, yet not where clients come from: a connection from there Dovecot takes for safe
START_LIMIT = 60.0  # seconds
STOP_LIMIT = 20.0  # seconds
QUIET_PORTS = range(10_000, 32_000)

T = TypeVar("T")


def wait_until(condition: Callable[[], T], what: str, limit: float = 20.0) -> T:
    """Return the first true value of `condition`, asked every 10 ms. Raises AssertionError after `limit` seconds."""
    deadline = time.monotonic() + limit
    while True:
        if value := condition():
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {limit:g} s in vain for {what}")
        time.sleep(0.01)


def quiet_ports(count: int) -> list[int]:
    """Free loopback ports that no outgoing connection takes by itself.

    Only such a port can be closed and opened again: while its server is away, a client that tries again and again may
    be given a port of the system's own range as its source, and then hold it, or even be connected with itself.
    """
    with contextlib.ExitStack() as probes:
        found: list[int] = []
        while len(found) < count:
            probe = probes.enter_context(socket.socket())
            port = secrets.choice(QUIET_PORTS)
            with contextlib.suppress(OSError):
                probe.bind((HOST, port))
                found.append(port)
        return found


def listens(port: int, greeting: bytes = b"") -> bool:
    """Tell whether a server accepts connections there and begins with `greeting`."""
    try:
        with socket.create_connection((HOST, port), 2) as connection:
            return not greeting or connection.recv(200).startswith(greeting)
    except OSError:
        return False


@dataclass
class Daemon:
    """A server program with its children, all in one process group; `user` None keeps the present user."""

    command: list[str]
    log: Path
    port: int
    greeting: bytes
    user: str | None = None
    process: "subprocess.Popen[bytes] | None" = None
    guard: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, unless it runs, and wait until it greets. Raises RuntimeError with its log."""
        if self.process and self.process.poll() is None:
            return
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self.log.parent,
                start_new_session=True, user=self.user, extra_groups=[] if self.user else None,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            )  # fmt: skip
        process, self.guard = self.process, guard(self.process.pid)
        wait_until(lambda: process.poll() is not None or listens(self.port, self.greeting), "a greeting", START_LIMIT)
        if process.poll() is not None:
            raise RuntimeError(f"{self.command[0]} did not start:\n{self.log.read_text(errors='replace')}")

    def stop(self) -> None:
        """Ask it to end, then end what is left of it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            main = self.process.pid
            with contextlib.suppress(AssertionError):  # then it is killed
                wait_until(lambda: has_ended(main), "its end", STOP_LIMIT)
        self.kill()

    def kill(self) -> None:
        """End it and all its children with SIGKILL, and wait until the port is closed."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)  # before `wait`: until then the number is certainly ours
        if self.guard:
            self.guard.kill()
            self.guard.communicate()
        self.process.wait(STOP_LIMIT)
        self.process = self.guard = None
        wait_until(lambda: not listens(self.port), f"port {self.port} to close")

    def children(self) -> list[int]:
        """Process ids of its children, none while it is down."""
        if self.process is None:
            return []
        main = str(self.process.pid)
        return [int(child) for child in Path("/proc", main, "task", main, "children").read_text().split()]


def has_ended(pid: int) -> bool:
    """Tell whether our child has ended, and leave it unreaped: its number stays ours."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def guard(group: int) -> "subprocess.Popen[bytes]":
    """A process that ends this group when the test run is killed: then the pipe that it reads from closes.

    The system's own means, PR_SET_PDEATHSIG, is lost as soon as a server changes its user, as Postfix does.
    """
    words = ["sh", "-c", 'read -r _; kill -KILL "-$1"', "guard", str(group)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
