"""The one writer: units all or nothing, many in one commit, in their order."""

import asyncio
import threading

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, UniqueConstraint, insert, select

from bot.ports.ledger import NotWrittenError
from bot.store.engine import connect
from bot.store.writer import Writer

metadata = MetaData()
numbers = Table("numbers", metadata, Column("n", Integer), UniqueConstraint("n"))


@pytest.fixture
def database(database_url):
    database = connect(database_url)
    metadata.create_all(database.writing)
    yield database
    database.close()


@pytest.fixture
def writer(database):
    writer = Writer(database.writing)
    yield writer
    writer.close()


def put(*values: int):
    """A unit that writes numbers."""

    def unit(connection):
        for n in values:
            connection.execute(insert(numbers), {"n": n})
        return values[-1]

    return unit


def kept(database) -> list[int]:
    with database.reading.connect() as connection:
        return list(connection.execute(select(numbers.c.n).order_by(numbers.c.n)).scalars())


async def test_a_unit_gives_its_result_once_it_is_committed(database, writer):
    assert await writer.submit(put(1, 2)) == 2
    assert kept(database) == [1, 2]
    assert writer.commits == 1


async def test_a_unit_that_fails_leaves_no_trace_and_harms_no_other(database, writer):
    gate = threading.Event()
    waiting = writer.submit(lambda connection: gate.wait(5))
    orders = [writer.submit(unit) for unit in (put(1), put(2, 1), put(3), put(3), put(4))]
    gate.set()
    results = await asyncio.gather(waiting, *orders, return_exceptions=True)
    assert [isinstance(result, Exception) for result in results] == [False, False, True, False, True, False]
    assert kept(database) == [1, 3, 4]


async def test_the_first_unit_of_a_group_fails_alone(database, writer):
    await writer.submit(put(1))
    results = await asyncio.gather(*map(writer.submit, (put(5, 1), put(6))), return_exceptions=True)
    assert isinstance(results[0], Exception)
    assert kept(database) == [1, 6]


async def test_units_that_wait_share_a_commit(writer):
    gate = threading.Event()
    orders = [writer.submit(lambda connection: gate.wait(5)), *(writer.submit(put(n)) for n in range(50))]
    gate.set()
    await asyncio.gather(*orders)
    assert writer.commits <= 5


async def test_units_run_in_the_order_in_which_they_were_given(writer):
    seen: list[int] = []
    await asyncio.gather(*(writer.submit(lambda connection, n=n: seen.append(n)) for n in range(200)))
    assert seen == list(range(200))


async def test_closing_finishes_what_is_queued(database, writer):
    orders = [writer.submit(put(n)) for n in range(20)]
    writer.close()
    await asyncio.gather(*orders)
    assert kept(database) == list(range(20))


async def test_somebody_who_gave_up_waiting_stops_nobody(database, writer):
    gate = threading.Event()
    orders = [writer.submit(lambda connection: gate.wait(5)), writer.submit(put(1)), writer.submit(put(2))]
    orders[1].cancel()
    gate.set()
    await orders[2]
    assert kept(database) == [1, 2]


async def test_a_second_process_waits_its_turn(database, database_url, writer):
    other = connect(database_url)
    second = Writer(other.writing)
    try:
        await asyncio.gather(*(one.submit(put(n)) for n in range(0, 40, 2) for one in (writer,)),
                             *(second.submit(put(n)) for n in range(1, 40, 2)))  # fmt: skip
    finally:
        second.close()
        other.close()
    assert kept(database) == list(range(40))


async def test_a_connection_that_is_lost_is_replaced(postgres_database):
    database = connect(postgres_database)
    metadata.create_all(database.writing)
    writer = Writer(database.writing)
    await writer.submit(put(1))
    with database.reading.begin() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        connection.exec_driver_sql(f"{others} AND datname = current_database()")
    with pytest.raises(NotWrittenError):
        await writer.submit(put(2))
    await writer.submit(put(3))
    assert kept(database) == [1, 3]
    writer.close()
    database.close()


async def test_a_database_that_cannot_be_reached_is_said_and_asked_again(tmp_path):
    lost = connect(f"sqlite:///{tmp_path}/not-yet/ledger")
    writer = Writer(lost.writing)
    with pytest.raises(NotWrittenError):
        await writer.submit(put(1))
    (tmp_path / "not-yet").mkdir()
    await writer.submit(lambda connection: metadata.create_all(connection))
    await writer.submit(put(1))
    assert kept(lost) == [1]
    writer.close()
    lost.close()
