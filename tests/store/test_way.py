"""One message's way through inbox, pump, outbox and ledger."""

from datetime import timedelta

import pytest

from bot.dialog.events import ButtonPressed, PersonSaid
from bot.inbox import CHAT, TEXT_LIMIT, WEB
from bot.ports.inbound import Address, Inbound
from bot.store.records import SqlRecords
from tests.store.house import opened


async def test_a_message_is_answered(house):
    receipt = await house.hear("hello")
    assert receipt is not None
    assert (receipt.conversation, receipt.seq, receipt.begun) == ("1", 1, True)
    assert await house.drain() == ["1: hello"]
    assert await house.drain() == []


async def test_the_same_delivery_twice_is_answered_once(house):
    assert await house.hear("hello", key="web:ann:7") is not None
    assert await house.hear("hello", key="web:ann:7") is None
    assert await house.drain() == ["1: hello"]
    assert await house.hear("hello", key="web:ann:7") is None
    assert await house.drain() == []


async def test_a_known_delivery_from_an_unknown_address_begins_no_conversation(house):
    await house.hear("hello", key="k")
    assert await house.hear("hello", who="bob", key="k") is None
    receipt = await house.hear("hi", who="bob")
    assert receipt.conversation != "1"
    assert receipt.begun
    assert len(SqlRecords(house.database).headlines()) == 2


async def test_each_person_has_a_conversation_and_its_own_numbers(house):
    receipts = [await house.hear(text, who) for text, who in (("a", "ann"), ("b", "bob"), ("c", "ann"))]
    assert [(one.conversation, one.seq) for one in receipts] == [("1", 1), ("2", 1), ("1", 2)]


async def test_an_event_for_a_conversation_that_does_not_exist_is_refused(house):
    for unknown in ("7", "", "x", "-1"):
        with pytest.raises(KeyError):
            await house.happen(ButtonPressed(at=house.clock.now(), button="yes"), unknown)


async def test_messages_that_wait_together_become_one_event_with_their_numbers(house):
    for text in ("hi", "my vpn", "is down"):
        await house.hear(text)
    assert await house.drain() == ["1: hi my vpn is down"]
    (recorded,) = SqlRecords(house.database).events("1")
    assert (recorded.first_seq, recorded.seq) == (1, 3)
    assert isinstance(recorded.event, PersonSaid)
    assert recorded.event.texts == ("hi", "my vpn", "is down")


async def test_a_button_ends_a_burst(house):
    await house.hear("one")
    await house.hear("two")
    await house.happen(ButtonPressed(at=house.clock.now(), button="yes"))
    await house.hear("three")
    assert await house.drain() == ["1: one two", "button_pressed", "3: three"]
    spans = [(one.first_seq, one.seq) for one in SqlRecords(house.database).events("1")]
    assert spans == [(1, 2), (3, 3), (4, 4)]


async def test_what_varies_is_recorded_on_the_event(house):
    await house.hear("my vpn is down", name="Ann", email="Ann@Example.org", proof="sso")
    await house.drain()
    (recorded,) = SqlRecords(house.database).events("1")
    assert isinstance(recorded.event, PersonSaid)
    assert (recorded.event.facts.proof, recorded.event.facts.name) == ("sso", "Ann")
    assert recorded.event.understanding.words == 4
    assert recorded.event.understanding.hits[0].article == "vpn-reset"
    assert (recorded.playbook, recorded.engine) == ("p1", "test")


class TestSettling:
    """A burst is waited for, but not for ever."""

    async def test_a_message_waits_for_more(self, database_url):
        with opened(database_url, manners={"web": WEB}) as house:
            await house.hear("hi")
            assert await house.drain() == []
            assert await house.wait(timedelta(seconds=0.5)) == []
            await house.hear("there")
            assert await house.wait(timedelta(seconds=0.7)) == []
            assert await house.wait(timedelta(seconds=0.1)) == ["1: hi there"]

    async def test_who_never_stops_is_answered_after_three_seconds(self, database_url):
        with opened(database_url, manners={"web": WEB}) as house:
            answers = []
            for n in range(5):
                await house.hear(str(n))
                answers += await house.wait(timedelta(seconds=0.7))
            assert answers == ["1: 0 1 2 3 4"]

    async def test_a_button_is_not_waited_for(self, database_url):
        with opened(database_url, manners={"web": WEB}) as house:
            await house.hear("hi")
            event = ButtonPressed(at=house.clock.now(), button="yes")
            await house.inbox.receive(Inbound("b", event, Address("web", "test", "ann")))
            assert await house.drain() == ["1: hi", "button_pressed"]


async def test_a_direct_message_a_day_after_all_was_closed_begins_a_new_conversation(database_url):
    with opened(database_url, manners={"web": CHAT}) as house:
        await house.hear("close")
        await house.wait(timedelta(hours=23))
        assert (await house.hear("still there close")).conversation == "1"
        await house.wait(timedelta(hours=25))
        receipt = await house.hear("hello again")
        assert (receipt.conversation, receipt.seq, receipt.begun) == ("2", 1, True)
        assert (await house.hear("and again")).conversation == "2"


async def test_an_open_conversation_goes_on_however_late(database_url):
    with opened(database_url, manners={"web": CHAT}) as house:
        await house.hear("hello")
        await house.wait(timedelta(days=30))
        assert (await house.hear("back")).conversation == "1"


async def test_a_text_too_long_is_cut_and_the_cut_is_marked(house):
    await house.hear("x" * (TEXT_LIMIT + 5))
    await house.drain()
    (line, _) = SqlRecords(house.database).transcript("1")
    assert line.text == "x" * TEXT_LIMIT + " […]"


async def test_no_text_can_stop_the_house(house):
    for text in ("", "\0", "\ud800 half a character", "🙂" * 50, "{}", "'; DROP TABLE words; --"):
        await house.hear(text, who=f"who {text[:5]}", key=f"key {text[:5]}", name=text, email=text, id=text)
    assert len(await house.drain()) == 6


async def test_overlong_keys_stay_apart(house):
    long = "k" * 1000
    assert await house.hear("a", key=long + "1") is not None
    assert await house.hear("b", key=long + "2") is not None
    assert await house.hear("b", key=long + "2") is None
