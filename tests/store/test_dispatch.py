"""The dispatcher in real time: woken, not polling; lanes apart, order kept, all of it finished before it ends."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.inbox import Manners
from bot.ports.clock import SystemClock
from bot.ports.delivery import Retry
from bot.store.dispatch import LocalDispatcher
from tests.store.house import opened


@asynccontextmanager
async def running(url: str, **how):
    """A house at work in real time, in which nothing is ever found by the sweep."""
    with opened(url, clock=SystemClock(), sweep=timedelta(hours=1), **how) as house:
        work = asyncio.create_task(house.dispatcher.run(house.pump, house.outbox))
        yield house
        house.dispatcher.stop()
        await asyncio.wait_for(work, 60)


async def sent(house, count: int) -> list[str]:
    """Wait until so many messages were sent."""
    async with asyncio.timeout(60):
        while len(house.desk.sent) < count:
            await house.desk.more.wait()
            house.desk.more.clear()
    return [text for _, text in house.desk.sent]


async def test_each_answer_comes_without_the_sweep(database_url):
    async with running(database_url) as house:
        for n in range(1, 6):
            await house.hear("hello")
            assert (await sent(house, n))[-1] == f"{n}: hello"


async def test_what_waited_at_the_start_is_taken_up(database_url):
    with opened(database_url, clock=SystemClock()) as house:
        await house.hear("before")
    async with running(database_url) as house:
        assert await sent(house, 1) == ["1: before"]


async def test_many_conversations_are_answered_each_in_its_order(database_url):
    async with running(database_url) as house:
        for n in range(10):
            for who in range(20):
                await house.hear(f"{n}", who=str(who))
        answered = 0
        while answered < 200:
            texts = await sent(house, len(house.desk.sent) + 1)
            answered = sum(len(text.partition(": ")[2].split()) for text in texts)
    for who in range(20):
        answers = [text for address, text in house.desk.sent if address == str(who)]
        assert [number for text in answers for number in text.partition(": ")[2].split()] == list(map(str, range(10)))
        assert [int(text.partition(":")[0]) for text in answers] == list(range(1, len(answers) + 1))


async def test_what_an_effect_brings_back_is_taken_up_at_once(database_url):
    async with running(database_url) as house:
        await house.hear("ticket act=check")
        assert sorted(await sent(house, 3)) == ["1: ticket act=check", "action gave {'asked': 'check'}", "ticket T-1"]


async def test_a_burst_is_waited_for_and_a_retry_comes_back_in_time(database_url):
    manners = {"web": Manners(timedelta(seconds=0.2), timedelta(seconds=1))}
    async with running(database_url, manners=manners) as house:
        house.desk.ends = [Retry(timedelta(seconds=0.2))]
        for text in ("hi", "my", "vpn"):
            await house.hear(text)
        assert await sent(house, 1) == ["1: hi my vpn"]
        assert house.desk.keys == ["1:3:0", "1:3:0"]


async def test_what_was_begun_is_finished_before_the_end(database_url):
    async with running(database_url) as house:
        await house.hear("twice twice twice")
        await sent(house, 1)
    assert len(house.desk.sent) == 4


class OnceFailing:
    """A ledger whose first claim fails, as on a full disk."""

    def __init__(self, ledger) -> None:
        self.ledger, self.failed = ledger, False

    def __getattr__(self, name: str):
        return getattr(self.ledger, name)

    async def claim(self, now, limit):
        if not self.failed:
            self.failed = True
            raise OSError("disk full")
        return await self.ledger.claim(now, limit)


async def test_a_ledger_that_does_not_answer_for_a_moment_stops_nothing(house):
    ledger = OnceFailing(house.ledger)
    dispatcher = LocalDispatcher(ledger, SystemClock(), sweep=timedelta(seconds=0.1))
    await house.hear("hello")
    work = asyncio.create_task(dispatcher.run(house.pump, house.outbox))
    assert await sent(house, 1) == ["1: hello"]
    dispatcher.stop()
    await work
    assert ledger.failed


async def test_what_another_process_wrote_is_found_by_the_sweep(database_url):
    with opened(database_url, clock=SystemClock()) as receiver, opened(database_url, clock=SystemClock()) as worker:
        dispatcher = LocalDispatcher(worker.ledger, SystemClock(), sweep=timedelta(seconds=0.1))
        work = asyncio.create_task(dispatcher.run(worker.pump, worker.outbox))
        await receiver.hear("hello")
        assert await sent(worker, 1) == ["1: hello"]
        dispatcher.stop()
        await work


async def test_a_burst_that_was_waited_for_when_the_house_closed_is_answered_at_once_after_it_opens(database_url):
    """Nobody tells the new process of it: its message was stored before, and becomes ready after."""
    manners = {"web": Manners(timedelta(seconds=0.4), timedelta(seconds=1))}
    with opened(database_url, clock=SystemClock(), manners=manners) as house:
        await house.hear("hello")
        dispatcher = LocalDispatcher(house.ledger, SystemClock(), sweep=timedelta(seconds=20))
        work = asyncio.create_task(dispatcher.run(house.pump, house.outbox))
        async with asyncio.timeout(10):
            while not house.desk.sent:
                await asyncio.sleep(0.01)
        dispatcher.stop()
        await work
