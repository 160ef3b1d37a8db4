"""A process that stops between any two steps: wrappers that count the points where it may, and stop it at one."""

from collections.abc import Awaitable
from typing import Any, TypeVar

from ticket_bridge import Delivery, Journal

Answer = TypeVar("Answer")


class Killed(BaseException):
    """The process is gone: nothing may catch this."""


class Points:
    """Counts the points where a process may stop, and stops it at point number `last` (None: never)."""

    def __init__(self, last: int | None = None) -> None:
        self.passed = 0
        self._last = last

    def pass_(self) -> None:
        if self.passed == self._last:
            raise Killed
        self.passed += 1

    async def around(self, call: Awaitable[Answer]) -> Answer:
        """Have a point before a call and one after it."""
        try:
            self.pass_()
        except Killed:
            if hasattr(call, "close"):
                call.close()  # it will never be awaited
            raise
        answer = await call
        self.pass_()
        return answer


class MortalJournal:
    """A journal whose caller may be killed before and after each load and save."""

    def __init__(self, journal: Journal, points: Points) -> None:
        self._journal = journal
        self._points = points

    async def load(self, delivery_id: str) -> Delivery | None:
        return await self._points.around(self._journal.load(delivery_id))

    async def save(self, delivery: Delivery) -> None:
        await self._points.around(self._journal.save(delivery))


class MortalSystem:
    """A system whose caller may be killed before and after each call."""

    def __init__(self, system: Any, points: Points) -> None:
        self._system = system
        self._points = points

    def capabilities(self) -> Any:
        return self._system.capabilities()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._system, name)

        async def mortal(*arguments: Any) -> Any:
            return await self._points.around(method(*arguments))

        return mortal
