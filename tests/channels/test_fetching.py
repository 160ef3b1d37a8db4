"""Files brought after their message: each once, and none stops the others."""

import asyncio
import contextlib
import os

import pytest

from bot.channels.fetching import Fetcher
from bot.ports.ledger import NotWrittenError
from bot.store.files import FolderFiles


async def test_what_is_asked_for_again_and_again_is_brought_once(tmp_path):
    files, asked, may = FolderFiles(tmp_path), [], asyncio.Event()

    async def fetch(ref: str) -> bytes:
        asked.append(ref)
        await may.wait()
        if len(asked) == 1:
            raise ConnectionError
        return b"bytes"

    fetcher = Fetcher(files, fetch)
    for _ in range(1_000):
        fetcher.want(["telegram:1"])
    work = asyncio.create_task(fetcher.run())
    async with asyncio.timeout(20):
        while not asked:
            await asyncio.sleep(0.01)
        fetcher.want(["telegram:1"])
        may.set()
        while not files.holds("telegram:1"):
            await asyncio.sleep(0.01)
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work
    assert asked == ["telegram:1"] * 2


async def test_a_disk_that_fails_stops_no_other_file(tmp_path):
    class Failing(FolderFiles):
        def holds(self, ref: str) -> bool:
            if ref == "telegram:bad":
                raise PermissionError
            return super().holds(ref)

    files = Failing(tmp_path)

    async def fetch(ref: str) -> bytes:
        return b"bytes"

    fetcher = Fetcher(files, fetch)
    fetcher.want(["telegram:bad"])
    work = asyncio.create_task(fetcher.run())
    fetcher.want(["telegram:good"])
    async with asyncio.timeout(20):
        while not files.holds("telegram:good"):
            await asyncio.sleep(0.01)
    assert not work.done()
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


def test_a_full_disk_is_not_filled_further_try_after_try(tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for _ in range(3):
        with pytest.raises(NotWrittenError):
            FolderFiles(tmp_path).put(b"bytes")
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
