"""A PostgreSQL server of our own for a test session: temporary, on loopback, gone at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Durability is of no use to a database that lives as long as the tests.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB"}
START_LIMIT = 60.0  # seconds


def unprivileged_user() -> str | None:
    """The user to run the server as: PostgreSQL refuses root. None keeps the present user."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One running server; `url` is its SQLAlchemy address without a database name."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder, self.port = programs, folder, free_port()
        self.user = unprivileged_user()
        self.url = f"postgresql+psycopg://guichet@127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster, start the server and wait until it answers. Raises RuntimeError with its log."""
        if self.user:
            shutil.chown(self.folder, self.user)
        data, log = self.folder / "data", self.folder / "log"
        self._popen("initdb", "--auth=trust", "--username=guichet", "--encoding=UTF8", "--locale=C", "--no-sync",
                    f"--pgdata={data}", log=log).wait()  # fmt: skip
        tuning = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
        self.process = self._popen("postgres", "-D", str(data), "-k", str(self.folder), "-h", "127.0.0.1",
                                   "-p", str(self.port), *tuning, log=log)  # fmt: skip
        self._wait_until_it_answers(log)

    def stop(self) -> None:
        """End the server by its own id, cutting what is still connected."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(20)

    @contextmanager
    def database(self) -> Iterator[str]:
        """A fresh empty database as a SQLAlchemy address; dropped at the end, whoever is connected."""
        name = f"t{uuid.uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield f"{self.url}/{name}"
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _popen(self, program: str, *arguments: str, log: Path) -> "subprocess.Popen[bytes]":
        command = [str(self.programs / program), *arguments]
        if setpriv := shutil.which("setpriv"):  # the server must not outlive a killed test run
            command = [setpriv, "--pdeathsig=INT", *command]
        with log.open("ab") as out:
            return subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=self.folder,
                user=self.user, extra_groups=[] if self.user else None,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            )  # fmt: skip

    def _wait_until_it_answers(self, log: Path) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_LIMIT
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self._execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.02)  # nothing announces that a server has begun to listen
            else:
                return
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")

    def _execute(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user=guichet dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_server(programs: Path) -> Iterator[Server]:
    """Start a server in a folder of its own, and leave nothing behind."""
    # Not pytest's folder: that is closed to the server's user when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="guichet-postgres-"))
    server = Server(programs, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
