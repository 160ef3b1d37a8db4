"""Whether the ledger answers, as a monitor asks."""

from pathlib import Path

from bot.store.engine import connect, sqlite_url
from bot.store.records import SqlRecords
from bot.store.schema import upgrade


def test_a_ledger_that_can_be_read_is_well(tmp_path: Path) -> None:
    upgrade(sqlite_url(tmp_path / "house.sqlite3"))
    assert SqlRecords(connect(sqlite_url(tmp_path / "house.sqlite3"))).well()


def test_a_ledger_that_cannot_be_opened_is_not(tmp_path: Path) -> None:
    assert not SqlRecords(connect(sqlite_url(tmp_path / "nowhere" / "house.sqlite3"))).well()
