"""What is done beside the way of a message may be given up at any moment, and leaves nothing behind."""

import asyncio
import gc

from bot.channels.slack.later import Later
from bot.channels.telegram.favours import Favours
from bot.channels.telegram.line import Line
from bot.channels.telegram.reading import Place


async def test_work_of_slack_that_was_given_up_before_it_began() -> None:
    later, done = Later(), []

    async def work() -> None:
        done.append(1)

    later.do(work(), "work")
    await later.end()
    gc.collect()  # a coroutine that was never awaited would raise here
    assert done == []
    await later.do(work(), "work")
    assert done == [1]


async def test_favours_of_telegram_that_were_given_up_before_they_began() -> None:
    favours = Favours(Line(lambda: ""))
    favours.type(Place(42))
    assert len(favours.running) == 1
    await favours.stop()
    gc.collect()
    await asyncio.sleep(0)
    assert not favours.running
