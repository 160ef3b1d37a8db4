"""A person's words stand in one place: secrets never, everything else in `words`, `person` and `address` alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.dialog.conversation import Case, Conversation, Request, Slot
from bot.dialog.effects import Effect, OpenTicket, Say
from bot.dialog.events import (
    ActionFinished,
    AgentSaid,
    AnyEvent,
    Facts,
    File,
    OpenRequest,
    PersonEdited,
    PersonSaid,
    TicketChanged,
)
from bot.dialog.understanding import Entity, Hit, Problem, Understanding
from bot.store.codec import decode, encode, moment, stamp
from bot.store.records import SqlRecords
from bot.store.tables import metadata, words

PLACES = {"words", "person", "address"}
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def everything(house) -> dict[str, str]:
    """The whole database as text, table by table."""
    with house.database.reading.connect() as connection:
        return {
            table.name: json.dumps([list(map(str, row)) for row in connection.execute(select(table))])
            for table in metadata.sorted_tables
        }


async def test_a_secret_is_in_no_table_at_any_time(house):
    secret = "Tr0ub4dor&3x"
    said = PersonSaid(
        at=AT, texts=(f"my password is {secret} boom",), files=(File(name=f"mot de passe: {secret}.png", ref="r"),)
    )
    for n, event in enumerate((said, PersonEdited(at=AT, text=f"password: {secret}"))):
        await house.hear("hello", who="ann", key=f"begin {n}")
        await house.happen(event)
        assert all(secret not in text for text in everything(house).values())
        await house.drain()
        assert all(secret not in text for text in everything(house).values())
    assert SqlRecords(house.database).dead()
    assert "•••••" in SqlRecords(house.database).dead_letter(SqlRecords(house.database).dead()[0].id).told


async def test_what_a_person_says_and_is_stands_in_one_place(house):
    await house.hear("Zaphod", who="chat-42", name="Zaphod", email="zaphod@example.org", proof="sso")
    await house.happen(AgentSaid(at=house.clock.now(), name="Zaphod", text="Zaphod"))
    await house.hear("ticket note tell act=x twice Zaphod", who="chat-42")
    waiting = everything(house)
    await house.drain()
    await house.hear("boom Zaphod", who="chat-42")
    await house.drain()
    handled = everything(house)
    assert "Zaphod" in waiting["words"]
    assert "Zaphod" in handled["words"]
    for tables in (waiting, handled):
        assert [name for name, text in tables.items() if "zaphod" in text.lower() and name not in PLACES] == []


async def test_copies_for_the_way_out_are_gone_once_they_are_delivered(house):
    await house.hear("note tell act=x")
    await house.drain()
    with house.database.reading.connect() as connection:
        kept = connection.execute(select(words.c.key).where(words.c.kind == "effect").order_by(words.c.key)).scalars()
        assert [key.partition(":")[2] for key in kept] == ["1:1:3", "1:2:0"]


async def test_without_the_words_everything_still_reads_and_counts(house):
    await house.hear("ticket later act=x", name="Ann", email="ann@example.org", proof="sso")
    await house.drain()
    records = SqlRecords(house.database)
    before = [(recorded.seq, recorded.event.kind, recorded.event.at) for recorded in records.events("1")]
    rules = [turn.trace for turn in records.turns("1")]
    with house.database.writing.begin() as connection:
        connection.execute(delete(words))
    assert [(one.seq, one.event.kind, one.event.at) for one in records.events("1")] == before
    assert [turn.trace for turn in records.turns("1")] == rules
    assert {line.text for line in records.transcript("1")} == {""}
    assert await house.wait(timedelta(hours=1)) == ["timer later"]


texts = st.text(max_size=20)
meanings = st.builds(
    Understanding,
    entities=st.tuples(st.builds(Entity, name=texts, value=texts, text=texts)),
    problems=st.tuples(st.builds(Problem, text=texts, entities=st.tuples(st.builds(Entity, name=texts, value=texts)))),
    hits=st.tuples(st.builds(Hit, texts, st.integers(), texts, st.floats(0, 1), st.booleans())),
)
facts = st.builds(
    Facts,
    name=texts,
    slots=st.dictionaries(texts, texts),
    back_at=st.none() | st.just(AT),
    open_requests=st.tuples(st.builds(OpenRequest, key=texts)),
)
happenings = st.one_of(
    st.builds(
        PersonSaid,
        at=st.just(AT),
        facts=facts,
        texts=st.tuples(texts, texts),
        files=st.tuples(st.builds(File, name=texts, ref=texts)),
        understanding=meanings,
    ),
    st.builds(PersonEdited, at=st.just(AT), text=texts, understanding=meanings),
    st.builds(TicketChanged, at=st.just(AT), facts=facts, reply=texts),
    st.builds(ActionFinished, at=st.just(AT), call=texts, slots=st.dictionaries(texts, st.integers() | texts)),
)
conversations = st.builds(
    Conversation,
    id=texts,
    requests=st.tuples(
        st.builds(Request, number=st.integers(), symptom=texts, slots=st.dictionaries(texts, st.builds(Slot, texts))),
    ),
    cases=st.tuples(st.builds(Case, handoff=texts, requests=st.just((1,)), opened_at=st.just(AT))),
    agent=texts,
    last_said=st.none() | st.builds(Say, text=texts),
)


@given(happenings)
def test_an_event_comes_back_as_it_was(event):
    assert decode(AnyEvent, *encode(event)) == event


@given(conversations)
def test_a_state_comes_back_as_it_was(conversation):
    assert decode(Conversation, *encode(conversation)) == conversation


@given(st.builds(OpenTicket, handoff=texts, title=texts, slots=st.dictionaries(texts, texts)))
def test_an_effect_comes_back_as_it_was(effect):
    assert decode(Effect, *encode(effect)) == effect


@given(happenings)
def test_a_body_reads_without_its_words(event):
    body, _ = encode(event)
    assert decode(AnyEvent, body, None).at == event.at


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\0"])
def test_half_characters_do_not_reach_the_database(text):
    body, said = encode(AgentSaid(at=AT, name=text, text=text))
    assert (body + said).encode()
    assert "\0" not in said


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001 - made aware in the next line
def test_times_are_kept_to_the_millisecond(at):
    aware = at.replace(tzinfo=UTC)
    assert timedelta() <= aware - moment(stamp(aware)) < timedelta(milliseconds=1)
