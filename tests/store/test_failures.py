"""What cannot be handled or sent: fences, tries, dead letters, doubtful ends."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.dialog.effects import Say
from bot.dialog.events import AgentSaid
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.outbox import TRIES as SENDS
from bot.ports.delivery import Failed, Retry, Sent, Unknown
from bot.ports.ledger import FencedOffError, Handled
from bot.pump import TRIES
from bot.store.records import SqlRecords

A_LEASE = timedelta(minutes=2)


async def test_who_was_overtaken_writes_nothing(house):
    await house.hear("hello")
    (slow,) = await house.ledger.claim(house.clock.now(), 1)
    assert await house.ledger.claim(house.clock.now(), 1) == ()
    house.clock.move(house.clock.now() + A_LEASE)
    (quick,) = await house.ledger.claim(house.clock.now(), 1)
    await house.pump.turn(quick)
    turn = Turn(slow.conversation, (Say(text="late"),), Trace())
    with pytest.raises(FencedOffError):
        await house.ledger.keep(slow, Handled(slow.items, slow.items[0].event, turn), house.clock.now())
    assert (await house.pump.turn(slow)).parcels == ()
    assert await house.drain() == ["1: hello"]
    assert len(SqlRecords(house.database).events("1")) == 1


async def test_a_message_nobody_can_handle_goes_to_the_dead_letters_and_the_conversation_goes_on(house):
    await house.hear("boom")
    assert await house.drain() == ["sorry"]
    await house.hear("hello")
    assert await house.drain() == ["2: hello"]
    (letter,) = SqlRecords(house.database).dead()
    assert (letter.id, letter.what, letter.why.split()[0]) == ("in:1:1", "person_said", "RuntimeError")
    assert "boom" not in letter.why
    assert '"boom"' in SqlRecords(house.database).dead_letter("in:1:1").told


async def test_of_a_burst_only_the_message_at_fault_dies(house):
    for text in ("hello", "boom", "bye"):
        await house.hear(text)
    assert await house.drain() == ["1: hello", "sorry", "3: bye"]


async def test_a_message_that_kills_the_process_is_counted(house):
    await house.hear("hello")
    for _ in range(TRIES):
        assert await house.ledger.claim(house.clock.now(), 1)
        house.clock.move(house.clock.now() + A_LEASE)
    assert await house.drain() == ["sorry"]
    assert [letter.id for letter in SqlRecords(house.database).dead()] == ["in:1:1"]


async def test_after_a_restart_claims_are_free_at_once(house):
    await house.hear("hello")
    assert await house.ledger.claim(house.clock.now(), 1)
    assert await house.drain() == []
    await house.ledger.recover()
    assert await house.drain() == ["1: hello"]


async def test_a_dead_letter_is_tried_again_or_dropped(house):
    records = SqlRecords(house.database)
    await house.hear("boom")
    await house.drain()
    assert await house.ledger.replay("in:1:1", house.clock.now()) == "1"
    assert await house.drain() == ["sorry"]
    assert [letter.id for letter in records.dead()] == ["in:1:2"]
    await house.ledger.drop("in:1:2")
    assert records.dead() == ()
    for unknown in ("in:1:2", "in:x:y", "out:1:1:9", "nonsense", ""):
        with pytest.raises(KeyError):
            await house.ledger.drop(unknown)
        with pytest.raises(KeyError):
            records.dead_letter(unknown)


async def test_a_channel_that_asks_to_wait_is_waited_for_and_order_is_kept(house):
    house.desk.ends = [Retry(timedelta(seconds=30))]
    await house.hear("twice")
    assert await house.drain() == []
    await house.hear("later")
    assert await house.wait(timedelta(seconds=29)) == []
    assert await house.wait(timedelta(seconds=1)) == ["first twice", "1: twice", "2: later"]


async def test_a_lane_that_waits_holds_no_other_up(house):
    house.desk.ticket_ends = [Retry(timedelta(seconds=30))]
    await house.hear("ticket")
    assert await house.drain() == ["1: ticket"]
    assert await house.wait(timedelta(seconds=30)) == ["ticket T-1"]


async def test_a_channel_that_fails_for_a_while_is_tried_again_later_and_later(house):
    house.desk.ends = [Unknown("gone")] * 4 + [RuntimeError("broken")]
    await house.hear("hello")
    times = []
    while due := await house.dispatcher.next_due():
        house.clock.move(due)
        times.append(due)
        await house.drain()
    assert [text for _, text in house.desk.sent] == ["1: hello"]
    waits = [(after - before).total_seconds() for before, after in pairwise(times)]
    assert all(later > earlier for earlier, later in pairwise(waits))
    assert set(house.desk.keys) == {"1:1:0"}


async def test_what_can_never_be_sent_is_a_dead_letter_and_a_person_takes_over(house):
    house.desk.ends = [Failed("blocked")]
    await house.hear("hello")
    assert await house.drain() == ["sorry"]
    (letter,) = SqlRecords(house.database).dead()
    assert (letter.id, letter.what, letter.why) == ("out:1:1:0", "say", "blocked")
    await house.ledger.replay("out:1:1:0", house.clock.now())
    assert await house.drain() == ["1: hello"]


async def test_a_channel_that_is_gone_for_good_ends_and_calls_for_help_once(house):
    house.desk.ends = [Unknown("gone")] * (SENDS * 2)
    await house.hear("hello")
    assert await house.wait(timedelta(days=3)) == []
    assert [letter.id for letter in SqlRecords(house.database).dead()] == ["out:1:1:0", "out:1:2:0"]


async def test_on_a_channel_that_must_not_repeat_a_doubtful_send_is_held_for_a_person(house):
    house.desk.ends = [Unknown("cut off")]
    await house.hear("hello", channel="mail")
    assert await house.wait(timedelta(days=3)) == []
    (letter,) = SqlRecords(house.database).dead()
    assert (letter.id, letter.status) == ("out:1:1:0", "held")
    await house.ledger.replay("out:1:1:0", house.clock.now())
    assert await house.drain() == ["1: hello"]


async def test_a_send_that_was_cut_off_is_looked_up_where_the_channel_can(house):
    async def look_up(address, key):
        return Sent("found") if key == "1:1:0" else None

    house.desk.look_up = look_up
    house.desk.ends = [Unknown("cut off")]
    await house.hear("hello")
    assert await house.wait(timedelta(hours=1)) == []
    assert house.desk.keys == ["1:1:0"]
    assert SqlRecords(house.database).dead() == ()


async def test_a_ticket_is_never_given_up(house):
    house.desk.ticket_ends = [Retry()] * 40
    await house.hear("ticket")
    assert await house.wait(timedelta(days=2)) == ["1: ticket", "ticket T-1"]
    assert SqlRecords(house.database).dead() == ()


class TestActions:
    """Custom actions run once unless they may run again."""

    async def test_what_an_action_gives_comes_back_as_an_event(self, house):
        await house.hear("act=check")
        assert await house.drain() == ["1: act=check", "action gave {'asked': 'check'}"]

    async def test_an_action_out_of_time_is_told(self, house):
        await house.hear("act=slow")
        assert await house.drain() == ["1: act=slow", "action timeout"]

    @pytest.mark.parametrize(("action", "answer", "runs"), [("once", "unknown", []), ("safe", "gave", ["safe"])])
    async def test_an_action_cut_off_by_a_crash(self, house, action, answer, runs):
        await house.hear(f"act={action}")
        (claim,) = await house.ledger.claim(house.clock.now(), 1)
        kept = await house.pump.turn(claim)
        await house.ledger.begin(next(parcel for parcel in kept.parcels if parcel.lane == "action"))
        answers = await house.drain()
        assert house.desk.runs == runs
        assert any(text.startswith(f"action {answer}") for text in answers)


async def test_when_an_agent_takes_over_what_the_bot_has_not_said_is_not_said(house):
    house.desk.ticket_ends = [Retry(timedelta(minutes=5))]
    house.desk.ends = [Retry(timedelta(minutes=1))]
    await house.hear("ticket")
    await house.drain()
    await house.happen(AgentSaid(at=house.clock.now(), name="Zoé", text="I am here"))
    assert await house.wait(timedelta(minutes=10)) == ["I am here", "ticket T-1"]
    assert [line.author for line in SqlRecords(house.database).transcript("1")] == ["person", "agent", "bot"]


async def test_what_a_failing_door_said_is_never_logged(house, caplog):
    house.desk.ends = [RuntimeError("secret words of Ann")]
    await house.hear("boom of Ann")
    await house.hear("hello")
    await house.drain()
    assert caplog.records
    assert "Ann" not in caplog.text
