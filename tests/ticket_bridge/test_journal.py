"""What is kept of a delivery, and who may keep it."""

import asyncio
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.houses import House
from tests.ticket_bridge.journals import MemoryJournal
from ticket_bridge import (
    Bridge,
    Delivery,
    DeliveryState,
    LocalSystem,
    Requester,
    SqliteJournal,
    StaleDeliveryError,
    Step,
    TranscriptLine,
    Visibility,
)
from ticket_bridge.systems.local_tables import Dossier
from ticket_bridge.words import storable


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
    opened = await house.to_the_end(house.bridge.queue(handoff()))
    assert opened.ref is not None
    await house.to_the_end(house.bridge.queue_note(opened.ref, "je suis au 2e étage", Visibility.PUBLIC, "e1"))
    kept = [revisions[-1] for revisions in house.journal.saved.values()]
    assert len(kept) == 2
    for secret in ("Léa", "example.org", "809", "étage"):
        assert not [text for text in kept if secret in text]


@given(
    texts=st.lists(st.text(st.characters(exclude_categories=[])), min_size=6, max_size=6),
    slots=st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.text(), st.lists)),
)
@settings(max_examples=40)
def test_any_words_a_person_can_send_reach_the_ticket(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], slots: dict[str, Any]
) -> None:
    subject, body, name, what, said, slot = texts
    request = handoff(
        subject=subject,
        body=body,
        requester=Requester(name=name, email=name),
        steps=(Step(what=what, result="unknown"),),
        transcript=(TranscriptLine(who="person", text=said),),
        slots={"application": slot} | slots,
    )

    async def brought() -> tuple[Delivery, Dossier]:
        clock, path = Clock(), tmp_path_factory.mktemp("desk") / "tickets.sqlite3"
        with closing(LocalSystem(path, clock=clock, durable=False)) as system:
            bridge = Bridge(system, MemoryJournal(), clock)
            return await bridge.advance(bridge.queue(request)), await system.desk("Ana").dossier("T-1")

    delivery, dossier = asyncio.run(brought())
    assert (delivery.state, delivery.differences) == (DeliveryState.CONFIRMED, ())
    assert dossier.request == storable(request)


async def test_half_a_character_reaches_the_ticket_as_a_question_mark(tmp_path: Path) -> None:
    clock = Clock()
    system, journal = LocalSystem(tmp_path / "t", clock=clock), SqliteJournal(tmp_path / "d")
    bridge = Bridge(system, journal, clock)
    delivery = await bridge.advance(bridge.queue(handoff(subject="VPN \ud83d 😀", slots={"\ud83d": "\udc00"})))
    assert (delivery.state, delivery.differences) == (DeliveryState.CONFIRMED, ())
    assert [t.subject for t in await system.desk("Ana").tickets()] == ["VPN \ufffd 😀"]
    system.close()
    journal.close()


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
