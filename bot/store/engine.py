"""Connections: one writing engine and one reading engine for each database."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

BUSY_SECONDS = 30  # how long a verb in a second process waits for its turn to write


@dataclass(frozen=True, slots=True)
class Database:
    """The two engines of one database. Units of work go through a Writer, never to `writing` directly."""

    writing: Engine
    reading: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.writing.dialect.name == "sqlite"

    def close(self) -> None:
        """Close every connection."""
        self.writing.dispose()
        self.reading.dispose()


def sqlite_url(path: Path) -> str:
    """Give the address of a database file."""
    return f"sqlite:///{path}"


def connect(url: str, durable: bool = True) -> Database:
    """Open a database by its address.

    `durable=False` gives up surviving a power cut: for houses that live as long as one command.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, durable)
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False), durable)
    raise ValueError(f"{parsed.get_backend_name()} is not supported: give a sqlite: or postgresql: address")


def _sqlite(url: str, durable: bool) -> Database:
    writing, reading = (
        create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}) for _ in range(2)
    )
    for engine, begin in ((writing, "BEGIN IMMEDIATE"), (reading, "BEGIN")):
        _prepare_sqlite(engine, begin, "FULL" if durable else "OFF")
    return Database(writing, reading)


def _prepare_sqlite(engine: Engine, begin: str, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late, and not before a read
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _postgres(url: str, durable: bool) -> Database:
    settings = "-c idle_in_transaction_session_timeout=10s -c timezone=UTC"
    if not durable:
        settings += " -c synchronous_commit=off"
    writing, reading = (
        create_engine(url, pool_pre_ping=True, connect_args={"options": settings, "keepalives_idle": 10})
        for _ in range(2)
    )
    return Database(writing, reading)
