"""How the bridge takes its steps, one by one."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.journals import MemoryJournal, to_the_end
from tests.ticket_bridge.lossy_desk import SETTLE, Fault, LossyDesk
from ticket_bridge import (
    Breaker,
    Bridge,
    Delivery,
    DeliveryState,
    DoubtfulError,
    HandoffRequest,
    LocalSystem,
    SqliteJournal,
    StaleDeliveryError,
    StateChanged,
    TicketRef,
    TicketState,
    Visibility,
)
from ticket_bridge.change import NoteAdded, TicketChange, What
from ticket_bridge.codec import to_plain
from ticket_bridge.operation import Found, OpenTicket, Operation

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


class House:
    """A bridge to a lossy desk, with its journal and its clock."""

    def __init__(self, *script: Fault, breaker: Breaker | None = None) -> None:
        self.clock = Clock()
        self.desk = LossyDesk(self.clock, script)
        self.journal = MemoryJournal()
        self.bridge = Bridge(self.desk, self.journal, self.clock, breaker=breaker)

    async def opened(self) -> TicketRef:
        """Open a ticket without any fault."""
        script, self.desk._script = self.desk._script, []
        delivery = await self.bridge.advance(self.bridge.queue(handoff()))
        self.desk._script = script
        assert delivery.ref is not None
        return delivery.ref

    async def to_the_end(self, delivery: Delivery) -> Delivery:
        return await to_the_end(self.bridge, delivery, self.clock)


async def test_one_step_opens_the_ticket_reads_it_back_and_confirms() -> None:
    house = House()
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.ref) == (DeliveryState.CONFIRMED, TicketRef("lossy", "L-1"))
    assert house.desk.looked == 1
    assert house.journal.states(delivery.id) == ["sending", "confirmed"]


async def test_the_send_is_saved_before_the_call() -> None:
    house = House()

    class Desk(LossyDesk):
        async def open(self, request: HandoffRequest) -> TicketRef:
            saved.extend(house.journal.states(delivery.id))
            return await super().open(request)

    saved: list[str] = []
    bridge = Bridge(Desk(house.clock), house.journal, house.clock)
    delivery = bridge.queue(handoff())
    await bridge.advance(delivery)
    assert saved == ["sending"]


async def test_queued_again_after_it_was_confirmed_it_is_still_one_ticket() -> None:
    house = House()
    first = await house.bridge.advance(house.bridge.queue(handoff()))
    again = await house.bridge.advance(house.bridge.queue(handoff()))
    assert again == first
    assert house.desk.subjects() == [handoff().subject]


async def test_busy_waits_as_long_as_the_system_says_and_then_sends_again() -> None:
    house = House(Fault.BUSY)
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.not_before) == (DeliveryState.QUEUED, house.clock.now + timedelta(seconds=7))
    assert await house.bridge.advance(delivery) == delivery  # nothing happens before it is due
    assert house.desk.opened == 1
    delivery = await house.to_the_end(delivery)
    assert (delivery.state, delivery.attempts, delivery.last_error) == (DeliveryState.CONFIRMED, 2, "")
    assert house.desk.happened == [Fault.BUSY]


async def test_a_refusal_ends_the_delivery_and_keeps_its_words() -> None:
    house = House(Fault.REFUSED)
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.last_error) == (DeliveryState.FAILED, "no such queue")
    assert delivery.operation == OpenTicket(request=handoff())
    assert await house.bridge.advance(delivery) == delivery


async def test_a_lost_answer_settles_and_is_looked_up_before_anything_else() -> None:
    house = House(Fault.ANSWER_LOST)
    delivery = await house.bridge.advance(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.not_before) == (DeliveryState.UNKNOWN, house.clock.now + SETTLE)
    house.clock.pass_(SETTLE - timedelta(microseconds=1))
    assert await house.bridge.advance(delivery) == delivery
    assert house.desk.looked == 0
    house.clock.reach(delivery.not_before)
    delivery = await house.bridge.advance(delivery)
    assert (delivery.state, delivery.attempts) == (DeliveryState.CONFIRMED, 1)
    assert house.desk.subjects() == [handoff().subject]


async def test_a_lost_request_is_looked_up_twice_and_then_sent_again() -> None:
    house = House(Fault.REQUEST_LOST)
    delivery = await house.to_the_end(house.bridge.queue(handoff()))
    states = house.journal.states(delivery.id)
    assert states == ["sending", "unknown", "unknown", "queued", "sending", "confirmed"]
    assert (delivery.attempts, house.desk.looked) == (2, 3)
    assert house.desk.subjects() == [handoff().subject]


async def test_a_search_that_lags_is_waited_for_and_nothing_is_sent_twice() -> None:
    house = House(Fault.LAGGING)
    delivery = await house.to_the_end(house.bridge.queue(handoff()))
    assert house.desk.happened == [Fault.LAGGING]
    assert (delivery.state, delivery.attempts) == (DeliveryState.CONFIRMED, 1)


@pytest.mark.parametrize("fault", [Fault.IGNORED, Fault.KEY_DROPPED])
async def test_an_opening_answered_as_done_but_never_found_fails_with_its_key_and_is_not_repeated(fault: Fault) -> None:
    house = House(fault)
    delivery = await house.to_the_end(house.bridge.queue(handoff()))
    assert (delivery.state, delivery.ref) == (DeliveryState.FAILED, TicketRef("lossy", "L-1"))
    assert delivery.last_error == "answered as done, but not there when read back 4 times"
    assert house.desk.opened == 1


async def test_a_change_of_state_that_was_answered_and_ignored_is_reported() -> None:
    house = House(Fault.IGNORED)
    ref = await house.opened()
    delivery = await house.to_the_end(house.bridge.queue_state(ref, TicketState.RESOLVED, "e1"))
    assert house.desk.happened == [Fault.IGNORED]
    assert delivery.state is DeliveryState.FAILED
    assert house.desk.state(ref.key) is TicketState.NEW


@pytest.mark.parametrize("fault", [Fault.NONE, Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST_AND_LATE])
async def test_a_note_is_written_once_whatever_was_lost(fault: Fault) -> None:
    house = House(fault)
    ref = await house.opened()
    delivery = await house.to_the_end(house.bridge.queue_note(ref, "ça remarche", PUBLIC, "e1"))
    await house.to_the_end(house.bridge.queue_note(ref, "ça remarche", PUBLIC, "e1"))
    assert delivery.state is DeliveryState.CONFIRMED
    assert house.desk.notes(ref.key) == ["ça remarche"]


async def test_an_internal_note_that_became_public_is_a_failure() -> None:
    class Indiscreet(LossyDesk):
        async def add_note(self, ref: TicketRef, text: str, visibility: Visibility, event_id: str) -> None:
            await super().add_note(ref, text, PUBLIC, event_id)

    clock = Clock()
    bridge = Bridge(Indiscreet(clock), MemoryJournal(), clock)
    opened = await bridge.advance(bridge.queue(handoff()))
    assert opened.ref is not None
    delivery = await bridge.advance(bridge.queue_note(opened.ref, "entre nous", INTERNAL, "e1"))
    assert (delivery.state, delivery.differences) == (
        DeliveryState.FAILED,
        ("visibility is held otherwise than asked",),
    )


async def test_a_ticket_with_another_subject_counts_as_opened_and_says_so() -> None:
    class Cutting(LossyDesk):
        async def open(self, request: HandoffRequest) -> TicketRef:
            return await super().open(replace(request, subject=request.subject[:10]))

    clock = Clock()
    bridge = Bridge(Cutting(clock), MemoryJournal(), clock)
    delivery = await bridge.advance(bridge.queue(handoff()))
    assert (delivery.state, delivery.differences) == (
        DeliveryState.CONFIRMED,
        ("subject is held otherwise than asked",),
    )


async def test_a_look_that_cannot_be_made_proves_nothing_and_nothing_is_sent() -> None:
    class Blind(LossyDesk):
        async def find(self, operation: Operation) -> Found | None:
            self.looked += 1
            if self.looked <= 4:
                raise DoubtfulError("no answer in time")
            return await super().find(operation)

    clock = Clock()
    desk = Blind(clock, [Fault.ANSWER_LOST])
    bridge = Bridge(desk, MemoryJournal(), clock)
    delivery = await to_the_end(bridge, bridge.queue(handoff()), clock)
    assert (delivery.state, desk.opened, desk.looked) == (DeliveryState.CONFIRMED, 1, 6)


async def test_a_call_without_an_end_counts_as_doubtful() -> None:
    class Silent(LossyDesk):
        async def open(self, request: HandoffRequest) -> TicketRef:
            self.opened += 1
            return await asyncio.Future()

    clock = Clock()
    bridge = Bridge(Silent(clock), MemoryJournal(), clock, time_limit=timedelta(0))
    delivery = await bridge.advance(bridge.queue(handoff()))
    assert (delivery.state, delivery.last_error) == (DeliveryState.UNKNOWN, "no answer within 0 s")


async def test_five_failures_in_a_row_rest_the_system_and_one_trial_wakes_it() -> None:
    house = House(*[Fault.BUSY] * 5)
    deliveries = [await house.bridge.advance(house.bridge.queue(handoff(n))) for n in range(8)]
    assert house.desk.opened == 5
    rest = house.bridge.breaker.resting_until
    assert rest == house.clock.now + timedelta(seconds=30)
    assert [d.not_before for d in deliveries[5:]] == [rest] * 3
    assert [d.attempts for d in deliveries[5:]] == [0] * 3
    house.clock.reach(rest)
    assert (await house.bridge.advance(deliveries[0])).state is DeliveryState.CONFIRMED
    assert house.bridge.breaker.resting_until is None
    for delivery in deliveries[1:]:
        assert (await house.to_the_end(delivery)).state is DeliveryState.CONFIRMED
    assert len(house.desk.subjects()) == 8


async def test_while_resting_only_one_trial_goes_at_a_time() -> None:
    clock, breaker = Clock(), Breaker(threshold=1)
    breaker.failed(clock())
    clock.pass_(timedelta(seconds=30))
    assert breaker.pause(clock()) is None
    assert breaker.pause(clock()) == timedelta(seconds=1)
    breaker.failed(clock())
    assert breaker.pause(clock()) == timedelta(seconds=30)


async def test_a_trial_that_never_reports_back_holds_nobody_up_for_ever() -> None:
    clock, breaker = Clock(), Breaker(threshold=1)
    breaker.failed(clock())
    for _ in range(2):
        clock.pass_(timedelta(seconds=30))
        assert breaker.pause(clock()) is None


async def test_a_refusal_does_not_rest_the_system() -> None:
    house = House(*[Fault.REFUSED] * 9)
    for number in range(9):
        await house.bridge.advance(house.bridge.queue(handoff(number)))
    assert house.bridge.breaker.resting_until is None
    assert house.desk.opened == 9


async def test_two_workers_with_the_same_delivery_open_one_ticket() -> None:
    house = House()
    other = Bridge(house.desk, house.journal, house.clock)
    delivery = house.bridge.queue(handoff())
    both = await asyncio.gather(house.bridge.advance(delivery), other.advance(delivery))
    assert house.journal.refused == 1  # they did meet
    for one in both:
        assert (await house.to_the_end(one)).state is DeliveryState.CONFIRMED
    assert house.desk.subjects() == [handoff().subject]


async def test_what_was_confirmed_holds_no_words_any_more() -> None:
    house = House()
    ref = await house.opened()
    note = await house.to_the_end(house.bridge.queue_note(ref, "je suis au 2e étage", PUBLIC, "e1"))
    kept = [revisions[-1] for revisions in house.journal.saved.values()]
    assert note.id in house.journal.saved
    for secret in ("Léa", "example.org", "809", "étage"):
        assert not [text for text in kept if secret in text]


async def test_half_a_character_reaches_the_ticket_as_a_question_mark(tmp_path: Path) -> None:
    clock = Clock()
    system, journal = LocalSystem(tmp_path / "t", clock=clock), SqliteJournal(tmp_path / "d")
    bridge = Bridge(system, journal, clock)
    delivery = await bridge.advance(bridge.queue(handoff(subject="VPN \ud83d 😀", slots={"\ud83d": "\udc00"})))
    assert (delivery.state, delivery.differences) == (DeliveryState.CONFIRMED, ())
    assert [t.subject for t in await system.desk("Ana").tickets()] == ["VPN \ufffd 😀"]
    system.close()
    journal.close()


async def test_the_same_script_gives_the_same_steps() -> None:
    script = [Fault.BUSY, Fault.REQUEST_LOST, Fault.ANSWER_LOST_AND_LATE]
    one, two = House(*script), House(*script)
    await one.to_the_end(one.bridge.queue(handoff()))
    await two.to_the_end(two.bridge.queue(handoff()))
    assert one.journal.saved == two.journal.saved
    assert one.desk.happened == script


async def test_only_what_agents_did_and_said_in_public_leaves_the_desk() -> None:
    house = House()
    mixed = [(own, what) for own in (True, False) for what in (NoteAdded("a", PUBLIC), NoteAdded("b", INTERNAL))]
    house.desk.news = tuple(_change(n, own, what) for n, (own, what) in enumerate(mixed))
    house.desk.news += (_change(9, False, StateChanged(TicketState.RESOLVED)),)
    page = await house.bridge.changes(None)
    assert [c.what for c in page.changes] == [NoteAdded("a", PUBLIC), StateChanged(TicketState.RESOLVED)]
    assert to_plain(page.changes[1].what) == {"state": "resolved", "kind": "state"}


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
async def test_a_journal_refuses_whoever_fell_behind(kind: str, tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "d") if kind == "sqlite" else MemoryJournal()
    first = replace(House().bridge.queue(handoff()), revision=1)
    assert await journal.load(first.id) is None
    await journal.save(first)
    with pytest.raises(StaleDeliveryError):
        await journal.save(first)
    with pytest.raises(StaleDeliveryError):
        await journal.save(replace(first, revision=3))
    await journal.save(replace(first, revision=2, state=DeliveryState.SENDING))
    assert await journal.load(first.id) == replace(first, revision=2, state=DeliveryState.SENDING)
    if isinstance(journal, SqliteJournal):
        journal.close()


def _change(number: int, own: bool, what: What) -> TicketChange:
    return TicketChange(
        change_id=f"lossy:{number}",
        ref=TicketRef("lossy", "L-1"),
        handoff_id="c:1:1",
        at=Clock().now,
        author="x",
        own=own,
        what=what,
    )
