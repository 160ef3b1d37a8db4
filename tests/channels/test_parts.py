"""A message in parts goes on where it was cut off, and a file that cannot be had now comes later."""

import asyncio
from pathlib import Path

import pytest

from bot.channels.fetching import Fetcher, GoneError
from bot.channels.parts import Parts
from bot.ports.clock import SystemClock
from bot.ports.delivery import Retry, Sent
from bot.store.engine import sqlite_url
from bot.store.files import FolderFiles
from bot.store.journal import SqlJournal
from tests.store.house import House

THREE = ("one", "two", "three")


@pytest.fixture
async def parts(tmp_path):
    house = House(sqlite_url(tmp_path / "ledger.sqlite3"))
    yield Parts(SqlJournal(house.ledger, SystemClock()), "slack")
    house.close()


async def test_a_message_in_parts_goes_on_at_the_part_that_failed(parts):
    said: list[str] = []

    async def one(place: int, part: str) -> Sent | Retry:
        if part == "three" and len(said) == 2 and "late" not in said:
            said.append("late")
            return Retry(why="busy")
        said.append(part)
        return Sent(f"ref{place}")

    assert await parts.send("7:1:0", THREE, one) == Retry(why="busy")
    assert await parts.send("7:1:0", THREE, one) == Sent("ref0 ref1 ref2")
    assert said == ["one", "two", "late", "three"]
    assert await parts.send("7:1:0", THREE, one) == Sent("ref0 ref1 ref2")
    assert said[-1] == "three", "nothing is sent a second time"


async def test_parts_that_were_found_elsewhere_are_not_sent(parts):
    said: list[str] = []

    async def one(place: int, part: str) -> Sent:
        said.append(part)
        return Sent(str(place))

    await parts.remember("7:1:0", ("a", "b"))
    assert await parts.send("7:1:0", THREE, one) == Sent("a b 2")
    assert said == ["three"]


async def test_a_file_that_cannot_be_had_now_comes_later(tmp_path: Path):
    files, asked = FolderFiles(tmp_path), []

    async def fetch(ref: str) -> bytes:
        asked.append(ref)
        if ref == "telegram:gone":
            raise GoneError
        if len(asked) < 3:
            raise ConnectionResetError
        return b"picture"

    fetcher = Fetcher(files, fetch)
    work = asyncio.create_task(fetcher.run())
    fetcher.want(["telegram:photo", "telegram:gone"])
    with pytest.raises(KeyError):
        files.get("telegram:photo")
    async with asyncio.timeout(20):
        while not files.holds("telegram:photo"):
            await asyncio.sleep(0.01)
    work.cancel()
    assert files.get("telegram:photo") == b"picture"
    assert asked == ["telegram:photo", "telegram:gone", "telegram:photo"]


def test_a_file_is_found_under_both_its_keys(tmp_path: Path):
    files = FolderFiles(tmp_path)
    files.put_as("slack:F1", b"log")
    assert files.get("slack:F1") == files.get(files.put(b"log")) == b"log"
    assert files.holds("slack:F1") and not files.holds("slack:F2")
    assert not files.holds("../../etc/passwd")
