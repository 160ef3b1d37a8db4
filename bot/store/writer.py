"""The one writer of a process: units of work in their order, as many as wait in one commit."""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.ports.ledger import NotWrittenError

T = TypeVar("T")
Unit = Callable[[Connection], T]

GROUP_SECONDS = 0.05  # a group takes no further unit once it has worked this long
GROUP_SIZE = 100


@dataclass(slots=True)
class _Order:
    unit: Unit[Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None

    def answer(self) -> None:
        """Tell the one who waits, unless they have gone away."""
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs units, each all or nothing, in one thread on one connection.

    `watch` is called with "before" and "after" and the number of each commit; the kill tests die there.
    """

    def __init__(self, engine: Engine, watch: Callable[[str, int], None] | None = None) -> None:
        self._engine = engine
        self._watch = watch
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self.commits = 0
        self.cpu_seconds = 0.0

    def submit(self, unit: Unit[T]) -> asyncio.Future[T]:
        """Queue a unit of at most 50 ms; the future is done once its commit is on disk.

        A unit that raises leaves no trace, and its exception is the future's. Call it on a running event loop.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="ledger-writer", daemon=True)
            self._thread.start()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._orders.put(_Order(unit, loop, future))
        return future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        connection: Connection | None = None
        closing = False
        while not closing and (order := self._orders.get()) is not None:
            group = [order]
            try:
                connection = connection or self._engine.connect()
                closing = self._commit(connection, group)
            except Exception as error:
                _fail(group, error)
            if connection is not None and any(self._is_database_error(order.error) for order in group):
                _let_go(connection)  # it may be broken: the next group asks for another
                connection = None
            self._answer(group)
            self.cpu_seconds = time.thread_time()
        if connection is not None:
            _let_go(connection)

    def _is_database_error(self, error: Exception | None) -> bool:
        driver = self._engine.dialect.dbapi
        return isinstance(error, DBAPIError) or (driver is not None and isinstance(error, driver.Error))

    def _commit(self, connection: Connection, group: list[_Order]) -> bool:
        """Run the group, which grows by what is queued meanwhile; tell whether the writer is to stop."""
        try:
            with connection.begin() as transaction:
                closing = self._run_group(connection, group)
                if all(order.error for order in group):
                    transaction.rollback()
                    return closing
                if self._watch:
                    self._watch("before", self.commits + 1)
            self.commits += 1
        except Exception as error:
            _fail(group, error)
            return False
        if self._watch:
            self._watch("after", self.commits)
        return closing

    def _run_group(self, connection: Connection, group: list[_Order]) -> bool:
        until = time.monotonic() + GROUP_SECONDS
        _run(connection, group[0])
        while not group[0].error and len(group) < GROUP_SIZE and time.monotonic() < until:
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                return False
            if order is None:
                return True
            group.append(order)
            _run_apart(connection, order)
        return False

    def _told(self, error: Exception | None) -> Exception | None:
        """What is told of an error: of one that no unit is to blame for, that nothing was written."""
        driver = self._engine.dialect.dbapi
        away = (OperationalError,) if driver is None else (OperationalError, driver.OperationalError)
        return NotWrittenError(type(error).__name__) if isinstance(error, away) else error

    def _answer(self, group: list[_Order]) -> None:
        for order in group:
            order.error = self._told(order.error)
        for loop in {order.loop for order in group}:
            mine = [order for order in group if order.loop is loop]
            try:
                loop.call_soon_threadsafe(_answer_all, mine)
            except RuntimeError:  # that loop is closed: nobody waits any more
                continue


def _fail(group: list[_Order], error: Exception) -> None:
    for order in group:
        order.error = order.error or error


def _let_go(connection: Connection) -> None:
    with contextlib.suppress(DBAPIError):
        connection.close()


def _run(connection: Connection, order: _Order) -> None:
    """Run the first unit of a group; if it raises, the whole transaction goes with it."""
    try:
        order.result = order.unit(connection)
    except Exception as error:
        order.error = error


def _run_apart(connection: Connection, order: _Order) -> None:
    """Run a further unit in a savepoint, so that one that raises takes back its own writes alone."""
    connection.exec_driver_sql("SAVEPOINT unit")
    try:
        order.result = order.unit(connection)
        connection.exec_driver_sql("RELEASE SAVEPOINT unit")
    except Exception as error:
        order.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT unit")


def _answer_all(orders: list[_Order]) -> None:
    for order in orders:
        order.answer()
