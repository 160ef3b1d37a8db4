"""The house of these tests, on both databases."""

from collections.abc import Iterator

import pytest

from bot.store.engine import sqlite_url
from tests.store.house import House, opened


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path) -> str:
    """The address of an empty database of either kind."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_database"))
    return sqlite_url(tmp_path / "ledger.sqlite3")


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """The embedded house on a virtual clock, on each database in turn."""
    with opened(database_url) as house:
        yield house
