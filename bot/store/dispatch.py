"""The embedded dispatcher: one event loop works on what is due; woken, never polling but for a slow sweep."""

import asyncio
import contextlib
import heapq
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.ports.clock import Clock
from bot.ports.ledger import Claim, Kept, Ledger, Left, Parcel, Receipt

AT_WORK = 16  # conversations worked on at a time
SWEEP = timedelta(seconds=5)
EARLY_SWEEPS = 10  # after a start, ten times as often: bursts that were waited for before it are nobody's news now
AFTER_ERROR = timedelta(seconds=1)

log = logging.getLogger(__name__)


class Turns(Protocol):
    """What works on a claim: the pump."""

    async def turn(self, claim: Claim) -> Kept:
        """Handle the first waiting event of a claim."""


class Deliveries(Protocol):
    """What carries a parcel out: the outbox."""

    async def deliver(self, parcel: Parcel) -> tuple[Left, tuple[Receipt, ...]]:
        """Try one parcel once."""


class LocalDispatcher:
    """Implements bot.ports.dispatcher.Dispatcher within one process.

    Either `run` it, or `drain` it step by step on a virtual clock; never both at a time. `sweep`: how long what another
    process wrote, or a wake-up that was lost, waits at most.
    """

    def __init__(self, ledger: Ledger, clock: Clock, sweep: timedelta = SWEEP) -> None:
        self._sweep_every = sweep
        self._ledger = ledger
        self._clock = clock
        self._turns, self._timers, self._parcels = Due(), Due(), Due()
        self._woken = asyncio.Event()
        self._lanes: dict[tuple[str, str], bool] = {}  # at work; True: more may wait behind
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweep_at, self._sweeps = clock.now(), 0
        self._at_work = 0
        self._careful = True
        self._stopping = False

    def wake(self, at: datetime) -> None:
        """Tell that a conversation is ready at a time."""
        self._turns.add(at)
        self._woken.set()

    async def next_due(self) -> datetime | None:
        """Tell when the earliest timer, retry or waiting conversation falls due."""
        return await self._ledger.next_due()

    async def drain(self, pump: Turns, outbox: Deliveries) -> None:
        """Work until nothing is due at this moment of the clock: what goes out first, then turns, then timers."""
        going: Claim | None = None
        while True:
            now = self._clock.now()
            if parcels := await self._ledger.heads(now):
                await outbox.deliver(parcels[0])
            elif going := going or next(iter(await self._ledger.claim(now, limit=1)), None):
                going = (await pump.turn(going)).next
            elif not await self._ledger.fire(now):
                return

    async def run(self, pump: Turns, outbox: Deliveries) -> None:
        """Work until told to stop; what was begun is finished first."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self._sweep()
                await self._round(pump, outbox)
            except Exception as error:  # a full disk or a lost connection passes
                log.error("the ledger does not answer: %s", type(error).__name__)
                await asyncio.sleep(AFTER_ERROR.total_seconds())
            await self._sleep()
        while self._tasks:
            await asyncio.wait(self._tasks)

    def stop(self) -> None:
        """End `run` once what was begun is finished."""
        self._stopping = True
        self._woken.set()

    async def _round(self, pump: Turns, outbox: Deliveries) -> None:
        now = self._clock.now()
        if self._timers.take(now):
            for receipt in await self._ledger.fire(now):
                self.wake(receipt.ready_at)
                self._timers.add(now)  # there may be more than one sweep takes
        if (free := self._free()) > 0 and self._turns.take(now):
            claims = await self._ledger.claim(now, free)
            if len(claims) == free:
                self._turns.add(now)
            for claim in claims:
                self._careful = self._careful and claim.tries > 1
                self._at_work += 1
                self._start(self._work(claim, pump, outbox))
        if self._parcels.take(now):
            for parcel in await self._ledger.heads(now):
                self._send(parcel, outbox, more=True)

    def _free(self) -> int:
        """Tell how many more conversations may be worked on.

        What was being handled when a process died is handled one by one: a message that kills takes no other with it.
        """
        return (1 if self._careful else AT_WORK) - self._at_work

    async def _sleep(self) -> None:
        """Wait for a call, the next time known, or the sweep, which then looks at everything."""
        now = self._clock.now()
        queues = [self._timers, self._parcels] + ([self._turns] if self._free() > 0 else [])
        sweep = self._sweep_at - now
        known = min((due.first - now for due in queues if due.first), default=sweep)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(min(known, sweep), timedelta()).total_seconds()):
                await self._woken.wait()

    async def _sweep(self) -> None:
        """Ask the ledger once in a while, and first of all, whether something is overdue that nobody told of."""
        now = self._clock.now()
        if now < self._sweep_at:
            return
        early = self._sweeps < EARLY_SWEEPS  # what a process before us was told of falls due, and nobody told us
        overdue = timedelta() if early else self._sweep_every / 5  # what just fell due is being worked on
        every = self._sweep_every / EARLY_SWEEPS if early else self._sweep_every
        self._sweeps, self._sweep_at = self._sweeps + 1, now + every
        due = await self._ledger.next_due()
        if due is not None and due + overdue <= now:
            for times in (self._turns, self._timers, self._parcels):
                times.add(now)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("work was cut off: %s", type(error).__name__)  # its lease runs out, then it is tried again

    async def _work(self, claim: Claim, pump: Turns, outbox: Deliveries) -> None:
        """Work on a conversation until nothing waits in it."""
        going: Claim | None = claim
        try:
            while going is not None:
                kept = await pump.turn(going)
                self._send_all(kept, outbox)
                going = kept.next
        finally:
            self._at_work -= 1
            self._woken.set()

    def _send_all(self, kept: Kept, outbox: Deliveries) -> None:
        """Send what heads its lane; what is behind is found when the lane is done with the earlier."""
        for parcel in kept.parcels:
            if parcel.lane not in kept.behind:
                self._send(parcel, outbox)
            elif (parcel.conversation, parcel.lane) in self._lanes:
                self._lanes[parcel.conversation, parcel.lane] = True
            else:
                self._parcels.add(self._clock.now())
        if kept.timer_at:
            self._timers.add(kept.timer_at)
        if kept.ready_at:
            self.wake(kept.ready_at)
        self._woken.set()

    def _send(self, parcel: Parcel, outbox: Deliveries, more: bool = False) -> None:
        """Begin a lane, or tell the one at work that more waits."""
        lane = parcel.conversation, parcel.lane
        if lane in self._lanes:
            self._lanes[lane] = True
            return
        self._lanes[lane] = more
        self._start(self._lane(parcel, outbox))

    async def _lane(self, parcel: Parcel, outbox: Deliveries) -> None:
        """Deliver a lane's parcels, each after the one before it is settled."""
        lane = parcel.conversation, parcel.lane
        try:
            following: Parcel | None = parcel
            while following is not None:
                left, receipts = await outbox.deliver(following)
                for receipt in receipts:
                    self.wake(receipt.ready_at)
                if left.again_at:
                    self._parcels.add(left.again_at)
                    self._woken.set()
                    return
                following = await self._following(lane)
        finally:
            del self._lanes[lane]

    async def _following(self, lane: tuple[str, str]) -> Parcel | None:
        """Find the next parcel of a lane; it is not even looked for where none can be."""
        while self._lanes[lane]:
            self._lanes[lane] = False
            if heads := await self._ledger.heads(self._clock.now(), *lane):
                self._lanes[lane] = True
                return heads[0]
        return None


class Due:
    """Times at which something falls due."""

    def __init__(self) -> None:
        self._times: list[datetime] = []

    @property
    def first(self) -> datetime | None:
        """The earliest time, None when nothing is known to fall due."""
        return self._times[0] if self._times else None

    def add(self, at: datetime) -> None:
        """Note a time."""
        heapq.heappush(self._times, at)

    def take(self, now: datetime) -> bool:
        """Tell whether something is due, and forget what is."""
        taken = False
        while self._times and self._times[0] <= now:
            heapq.heappop(self._times)
            taken = True
        return taken
