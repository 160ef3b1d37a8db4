"""Durable timers."""

from datetime import timedelta

from bot.store.records import SqlRecords

HOUR = timedelta(hours=1)


async def test_a_timer_fires_once_at_its_time(house):
    await house.hear("later")
    await house.drain()
    assert await house.dispatcher.next_due() == house.clock.now() + HOUR
    assert await house.wait(HOUR - timedelta(milliseconds=1)) == []
    assert await house.wait(timedelta(milliseconds=1)) == ["timer later"]
    assert await house.wait(timedelta(days=3)) == []


async def test_a_cancelled_timer_does_not_fire(house):
    await house.hear("later")
    await house.drain()
    await house.hear("forget")
    await house.drain()
    assert await house.wait(timedelta(days=1)) == []


async def test_a_timer_set_anew_fires_at_the_new_time_alone(house):
    await house.hear("later")
    await house.wait(HOUR / 2)
    await house.hear("later")
    await house.drain()
    assert await house.wait(HOUR * 0.9) == []
    assert await house.wait(HOUR) == ["timer later"]


async def test_timers_fire_in_the_order_of_their_times(house):
    await house.hear("later=b")
    await house.wait(HOUR / 4)
    await house.hear("later=a")
    await house.drain()
    assert await house.wait(HOUR * 2) == ["timer b", "timer a"]


async def test_a_timer_is_passed_over_if_a_message_before_it_cancelled_it(house):
    await house.hear("later")
    await house.drain()
    await house.hear("forget")
    house.clock.move(house.clock.now() + HOUR)
    assert await house.ledger.fire(house.clock.now())
    assert await house.drain() == ["2: forget"]
    assert len(SqlRecords(house.database).events("1")) == 2


async def test_a_timer_is_passed_over_if_a_message_before_it_set_it_anew(house):
    await house.hear("later")
    await house.drain()
    house.clock.move(house.clock.now() + HOUR)
    await house.hear("later")
    assert await house.ledger.fire(house.clock.now())
    assert await house.drain() == ["2: later"]
    assert await house.wait(HOUR * 2) == ["timer later"]


async def test_all_overdue_timers_fire_once_after_a_long_stop(house):
    for n in range(60):
        await house.hear(f"later={n}", who=str(n))
    await house.drain()
    house.clock.move(house.clock.now() + 3 * HOUR)
    assert sorted(await house.drain()) == sorted(f"timer {n}" for n in range(60))
    assert await house.wait(HOUR) == []
