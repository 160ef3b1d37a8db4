"""The ledger of a home that may be running elsewhere: read, and its dead letters settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.engine import Database, connect, sqlite_url
from bot.store.ledger import SqlLedger
from bot.store.records import SqlRecords
from bot.store.schema import SchemaError, check_schema, upgrade

from .mind import DATABASE


class HomeError(Exception):
    """A home without a database that this program can read; the message says the mend."""


@contextmanager
def open_records(home: Path) -> Iterator[SqlRecords]:
    """Read the ledger of a home. Raises HomeError."""
    database = _database(home)
    try:
        yield SqlRecords(database)
    finally:
        database.close()


@contextmanager
def open_ledger(home: Path) -> Iterator[SqlLedger]:
    """Write to the ledger of a home; a running house takes up by itself what became due. Raises HomeError."""
    ledger = SqlLedger(_database(home))
    try:
        yield ledger
    finally:
        ledger.close()


def _database(home: Path) -> Database:
    file = home / DATABASE
    if not file.is_file():
        raise HomeError(f"there is no database in {home}; name its home with --home DIR, or start with: guichet run")
    database = connect(sqlite_url(file))
    try:
        check_schema(database.reading)
    except SchemaError as error:
        database.close()
        raise HomeError(f"{file}: {error}") from None
    return database


def upgrade_home(home: Path) -> Path:
    """Make the home, and bring its database to this program's shape. Gives the database file."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    upgrade(sqlite_url(home / DATABASE))
    return home / DATABASE
