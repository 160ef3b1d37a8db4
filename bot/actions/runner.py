"""Running actions within their time limit, whatever they do."""

import asyncio
import contextlib
import copy
import inspect
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.actions.loading import ActionsError, load
from bot.actions.tracker import done, tracker_state
from bot.dialog.effects import RunAction
from bot.ports.actions import Broke, Done

if TYPE_CHECKING:
    from rasa_sdk import Action

LIMIT = timedelta(seconds=10)
THREADS = 64  # a thread whose action hangs cannot be ended: more than so many are not begun

End = tuple[Any, BaseException | None]  # what work gave, or what it raised

log = logging.getLogger(__name__)


class RasaRunner:
    """Implements bot.ports.actions.ActionRunner with rasa-sdk Actions in this process.

    Actions are the classes of `modules` and those in `classes`; they are loaded at the first use, or by `load`. An
    action is repeatable where its class says `repeatable = True`. `domain` is what `run` gets as its domain.
    """

    def __init__(
        self,
        modules: Iterable[str] = (),
        classes: Iterable[type["Action"]] = (),
        limit: timedelta = LIMIT,
        domain: Mapping[str, Any] | None = None,
    ) -> None:
        self._modules = tuple(modules)
        self._classes = tuple(classes)
        self._limit = limit
        self._domain = dict(domain or {})
        self._actions: Mapping[str, Action] | None = None
        self._loading = threading.Lock()
        self._threads = threading.BoundedSemaphore(THREADS)

    def load(self) -> tuple[str, ...]:
        """Load the actions now, and name them. Raises ActionsError with every fault."""
        with self._loading:
            if self._actions is None:
                self._actions = load(self._modules, self._classes)
            return tuple(sorted(self._actions))

    def repeatable(self, action: str) -> bool:
        """Tell whether the action may run again after a doubtful end; an unknown one may not."""
        return getattr(self._find(action), "repeatable", False) is True

    async def run(self, effect: RunAction, conversation: str) -> Done | Broke:
        """Run the action to its end or its limit. Raises nothing that an action raises."""
        action = await asyncio.to_thread(self._find, effect.action)
        if action is None:
            log.error("action %s: no module of the settings has it", effect.action)
            return Broke("failed")
        task = asyncio.create_task(self._ran(action, effect, conversation))
        try:
            await asyncio.wait({task}, timeout=self._limit.total_seconds())
        finally:
            task.cancel()  # without effect where it has ended; one that does not heed it is not waited for
            task.add_done_callback(_heard)
        if not task.done():
            log.error("action %s: no end within %g s", effect.action, self._limit.total_seconds())
            return Broke("timeout")
        if task.cancelled() or (error := task.exception()):
            log.error("action %s: %s", effect.action, "cancelled" if task.cancelled() else _where(error))
            return Broke("failed")
        return task.result()

    def _find(self, name: str) -> "Action | None":
        try:
            self.load()
        except ActionsError as error:
            log.error("the actions cannot be loaded: %s", error)
            return None
        return self._actions.get(name) if self._actions else None

    async def _ran(self, action: "Action", effect: RunAction, conversation: str) -> Done:
        from rasa_sdk import Tracker
        from rasa_sdk.executor import CollectingDispatcher

        dispatcher = CollectingDispatcher()
        tracker = Tracker.from_dict(tracker_state(effect, conversation))
        domain = copy.deepcopy(self._domain)
        try:
            if inspect.iscoroutinefunction(action.run):
                events = await action.run(dispatcher, tracker, domain)
            else:
                events = await self._in_thread(lambda: action.run(dispatcher, tracker, domain))
                events = await events if inspect.isawaitable(events) else events
        except SystemExit as error:  # would end the house
            raise RuntimeError("the action called for the process to exit") from error
        return done(effect, events, dispatcher.messages)

    async def _in_thread(self, work: Callable[[], Any]) -> Any:
        """Run what may block in a thread of its own, which does not keep the process from ending."""
        if not self._threads.acquire(blocking=False):
            raise RuntimeError(f"{THREADS} actions hang")
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[End] = loop.create_future()

        def run() -> None:
            result: Any = None
            failure: BaseException | None = None
            try:
                result = work()
            except BaseException as error:
                failure = error
            finally:
                self._threads.release()
            with contextlib.suppress(RuntimeError):  # the house has closed meanwhile
                loop.call_soon_threadsafe(_settle, ended, (result, failure))

        threading.Thread(target=run, name="action", daemon=True).start()
        result, failure = await ended
        if failure is not None:
            raise failure
        return result


def _settle(ended: asyncio.Future[End], end: End) -> None:
    if not ended.done():  # it is, where the limit has passed
        ended.set_result(end)


def _heard(task: asyncio.Task[Done]) -> None:
    """Take note of how a task ended that nobody waits for any more: its error is not to be told with its words."""
    if not task.cancelled():
        task.exception()


def _where(error: BaseException | None) -> str:
    """Name an error by its kind and place: its message might hold a person's words."""
    trace = error.__traceback__ if error else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}{place}"
