"""What is known of a person is told, and nothing of an account without proof."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dialog.conversation import Case, Conversation, Ended, Origin, Owner, Request, Slot
from bot.dialog.effects import Say
from bot.dialog.events import AnyEvent, PersonSaid
from bot.dialog.playbook import Playbook
from bot.dialog.turn import Turn
from bot.people import DeskFacts, DeskHours, read_hours
from bot.people.facts import is_vip
from bot.people.memory import remembered
from bot.ports.facts import About
from bot.ports.inbound import Sender
from bot.store.engine import sqlite_url
from bot.store.people import SqlPeople
from tests.store.house import House

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ANN = Sender(name="Ann", email="ann@example.org", language="fr", proof="sso")


def closed(number: int, at: datetime = NOON, origin: Origin = Origin.ANSWER, **slots: str) -> Request:
    told = {name: Slot(value, origin) for name, value in slots.items()}
    return Request(number, "vpn", slots=told, ended=Ended.SOLVED, closed_at=at)


def test_slots_of_closed_requests_are_remembered_the_latest_first():
    talks = (
        Conversation("2", requests=(closed(1, NOON - DAY, os="macos"),)),
        Conversation("1", requests=(closed(1, NOON - 5 * DAY, os="windows", site="Lyon", error_code="809"),)),
    )
    assert remembered(talks, NOON) == {"os": "macos", "site": "Lyon"}
    assert remembered(reversed(talks), NOON) == {"os": "macos", "site": "Lyon"}


def test_what_is_older_than_ninety_days_is_forgotten():
    talks = (Conversation("1", requests=(closed(1, NOON - 91 * DAY, os="macos"),)),)
    assert remembered(talks, NOON) == {}


@pytest.mark.parametrize("origin", [Origin.PROFILE, Origin.FLOW])
def test_what_was_itself_remembered_does_not_stay_fresh_by_being_used(origin):
    talks = (Conversation("1", requests=(closed(1, NOON, origin, os="macos"),)),)
    assert remembered(talks, NOON) == {}


def test_an_answer_that_nobody_knew_is_not_remembered():
    assert remembered((Conversation("1", requests=(closed(1, os="unknown"),)),), NOON) == {}


def test_an_open_request_is_not_remembered():
    open_one = replace(closed(1, os="macos"), closed_at=None, ended=None)
    assert remembered((Conversation("1", requests=(open_one,)),), NOON) == {}


@pytest.mark.parametrize(
    ("email", "vip"),
    [
        ("director@example.org", True),
        ("DIRECTOR@example.org", True),
        ("x@board.example.org", True),
        ("x@example.org", False),
    ],
)
def test_vips_are_known_by_address_or_pattern(email, vip):
    assert is_vip(email, ("director@example.org", "*@Board.example.org")) is vip


def test_nobody_is_no_vip_whatever_the_pattern():
    assert not is_vip("", ("*",))


def decide(talk: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
    """Close a request that told os=macos, and hand another one over."""
    if not isinstance(event, PersonSaid):
        return Turn(talk, (Say(text=event.facts.email, notice=True),))
    case = Case("1:2:1", (2,), key="T-1", state="new", opened_at=event.at)
    requests = (closed(1, event.at, os="macos"), Request(2, "printer", ended=Ended.ESCALATED))
    return Turn(replace(talk, owner=Owner.HUMAN, requests=requests, cases=(case,)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(sqlite_url(tmp_path / "ledger.sqlite3"), decide)
    yield house
    house.close()


def facts(house: House, **otherwise) -> DeskFacts:
    return DeskFacts(DeskHours(read_hours("mon-fri 08:30-18:00")), SqlPeople(house.database), **otherwise)


async def test_a_proven_person_is_known_again_in_another_conversation(house):
    await house.hear("vpn", name="Ann", email="Ann@example.org", language="fr", proof="sso")
    await house.drain()
    known = facts(house, vips=("ann@*",)).gather(About(Conversation("2"), ANN, house.clock.now()))
    assert (known.proof, known.name, known.email, known.language, known.vip) == (
        "sso", "Ann", "ann@example.org", "fr", True,
    )  # fmt: skip
    assert known.slots == {"os": "macos"}
    (request,) = known.open_requests
    assert (request.key, request.topic, request.state, request.conversation) == ("T-1", "printer", "new", "1")


async def test_without_proof_nothing_of_the_account_is_told(house):
    await house.hear("vpn", name="Ann", email="ann@example.org", proof="sso")
    await house.drain()
    stranger = replace(ANN, proof="none")
    known = facts(house, vips=("*",)).gather(About(Conversation("2"), stranger, house.clock.now()))
    assert (known.proof, known.vip, dict(known.slots), known.open_requests) == ("none", False, {}, ())


async def test_what_a_stranger_claimed_is_not_remembered_of_the_real_person(house):
    await house.hear("vpn", name="Eve", email="ann@example.org", proof="none")
    await house.drain()
    known = facts(house).gather(About(Conversation("2"), ANN, house.clock.now()))
    assert (dict(known.slots), known.open_requests) == ({}, ())


async def test_a_timer_is_about_whoever_wrote_last(house):
    await house.hear("vpn", name="Ann", email="ann@example.org", proof="dmarc")
    await house.drain()
    known = facts(house).gather(About(Conversation("1"), Sender(), house.clock.now()))
    assert (known.name, known.email, known.proof) == ("Ann", "ann@example.org", "dmarc")


async def test_of_a_conversation_in_which_nobody_is_known_nothing_is_told(house):
    await house.hear("vpn")
    await house.drain()
    for conversation in ("1", "99", "none"):
        known = facts(house).gather(About(Conversation(conversation), Sender(), house.clock.now()))
        assert (known.proof, known.name, known.email) == ("none", "", "")


def test_the_desk_is_told_open_or_back(house):
    known = facts(house)
    assert known.gather(About(Conversation("1"), ANN, NOON)).open
    night = known.gather(About(Conversation("1"), ANN, NOON.replace(hour=22)))
    assert (night.open, night.back_at) == (False, datetime(2026, 1, 6, 8, 30, tzinfo=UTC))
