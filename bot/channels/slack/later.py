"""Small work beside the way of a message: nobody waits for it, and its failure changes nothing else."""

import asyncio
import logging
from collections.abc import Coroutine

log = logging.getLogger(__name__)


class Later:
    """Does things in the background."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def do(self, work: Coroutine[None, None, None], what: str) -> "asyncio.Task[None]":
        """Begin it now; `what` names it should it fail."""
        task = asyncio.get_running_loop().create_task(_done(work, what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # given up before it began, it would be missed
        return task

    async def end(self) -> None:
        """Give up what has not ended."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _done(work: Coroutine[None, None, None], what: str) -> None:
    try:
        await work
    except Exception as error:  # the message itself is safe; the error's text may hold words
        log.info("%s: %s", what, type(error).__name__)
