"""Reading the ledger back, and what is kept beside it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.dialog.conversation import Case, Conversation, Owner
from bot.dialog.effects import OpenTicket, Say
from bot.dialog.events import AgentActed, AgentSaid, AnyEvent, ButtonPressed, TicketChanged, TicketOpened
from bot.dialog.playbook import Playbook, Policy
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.store import log
from bot.store.files import FolderFiles
from bot.store.journal import SqlJournal
from bot.store.playbooks import SqlPlaybooks
from bot.store.records import SqlRecords
from bot.store.tables import words
from tests.store.handler import decide
from tests.store.house import opened


async def test_a_transcript_has_every_line_in_the_order_it_was_handled(house):
    await house.hear("hello ticket")
    await house.drain()
    await house.happen(ButtonPressed(at=house.clock.now(), button="yes"))
    await house.happen(AgentSaid(at=house.clock.now(), name="Zoé", text="I look"))
    await house.happen(TicketChanged(at=house.clock.now(), key="T-1", reply="Fixed", author="Max"))
    await house.drain()
    lines = [(line.author, line.text or line.pressed) for line in SqlRecords(house.database).transcript("1")]
    assert lines == [
        ("person", "hello ticket"),
        ("bot", "1: hello ticket"),
        ("bot", "ticket T-1"),
        ("person", "yes"),
        ("bot", "button_pressed"),
        ("agent", "I look"),
        ("agent", "Fixed"),
        ("bot", "ticket_changed"),
    ]


async def test_who_takes_over_reads_what_could_not_be_handled(house):
    await house.hear("boom my vpn")
    await house.drain()
    lines = SqlRecords(house.database).transcript("1")
    assert [(line.author, line.text) for line in lines] == [("person", "boom my vpn"), ("bot", "sorry")]


async def test_every_turn_is_kept_with_its_reason_and_what_it_asked_for(house):
    await house.hear("hello ticket")
    await house.drain()
    turns = SqlRecords(house.database).turns("1")
    assert [(turn.turn, turn.trace.rule) for turn in turns] == [(1, "said"), (2, "ticket")]
    assert [effect.kind for effect in turns[0].effects] == ["open_ticket", "say"]
    assert isinstance(turns[0].effects[0], OpenTicket)
    assert turns[0].effects[0].title == "hello ticket"


async def test_conversations_are_listed_latest_first(house):
    await house.hear("hello", "ann", name="Ann", email="ann@example.org", proof="sso")
    await house.hear("hello", "bob")
    await house.drain()
    house.clock.move(house.clock.now() + timedelta(minutes=1))
    await house.happen(AgentActed(at=house.clock.now(), action="take"), "1")
    await house.drain()
    records = SqlRecords(house.database)
    assert [(one.conversation, one.owner, one.person) for one in records.headlines()] == [
        ("1", Owner.HUMAN, "Ann"),
        ("2", Owner.BOT, ""),
    ]
    assert [one.conversation for one in records.headlines(owner=Owner.HUMAN)] == ["1"]


def with_a_case(conversation: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
    """Hand everything over at once."""
    if isinstance(event, TicketOpened):
        case = Case(handoff=event.handoff, requests=(1,), key=event.key, opened_at=event.at)
        conversation = Conversation(id=conversation.id, owner=Owner.HUMAN, cases=(case,))
        return Turn(conversation, (Say(text=event.key, notice=True),), Trace())
    return Turn(conversation, (OpenTicket(handoff=f"{conversation.id}:1:1"),), Trace())


async def test_open_requests_are_told_only_where_the_address_was_proven(database_url):
    with opened(database_url, decide=with_a_case) as house:
        await house.hear("help", "ann", email="Ann@example.org", proof="sso")
        await house.hear("help", "stranger", email="ann@example.org", proof="none")
        await house.drain()
        records = SqlRecords(house.database)
        assert [(one.key, one.conversation) for one in records.open_requests(" ANN@example.org")] == [("T-1", "1")]
        assert records.open_requests("bob@example.org") == ()


@pytest.mark.parametrize("kind", ["sqlite"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.lists(
        st.tuples(
            st.sampled_from(["hi", "ticket", "act=x", "later", "forget", "twice note", "boom", "close", "tell"]),
            st.sampled_from(["ann", "bob"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=12,
    )
)
async def test_the_state_can_be_rebuilt_from_the_events(tmp_path_factory, kind, words):
    with opened(f"sqlite:///{tmp_path_factory.mktemp('ledger')}/l") as house:
        for text, who, work in words:
            await house.hear(text, who)
            if work:
                await house.wait(timedelta(minutes=40))
        await house.wait(timedelta(hours=2))
        with house.database.reading.connect() as connection:
            for headline in SqlRecords(house.database).headlines():
                cached = log.state(connection, headline.conversation)
                rebuilt = log.rebuilt(connection, headline.conversation, decide, lambda version: Playbook(hash=version))
                assert rebuilt == cached


async def test_an_unknown_conversation_is_said_to_be_unknown(house):
    for unknown in ("1", "", "x"):
        with pytest.raises(KeyError):
            SqlRecords(house.database).conversation(unknown)
        assert SqlRecords(house.database).transcript(unknown) == ()


async def test_a_playbook_outlives_its_time(house):
    old = Playbook(policy=Policy(questions=3), hash="old")
    first, second = SqlPlaybooks(house.ledger, old), SqlPlaybooks(house.ledger, Playbook(hash="new"))
    for _ in range(2):
        await first.keep(house.clock)
    assert second.current().hash == "new"
    assert second.kept("old") == old
    assert second.kept("unknown") is None


async def test_a_journal_keeps_an_entry_only_after_the_revision_before_it(house):
    await house.hear("hello")
    journal = SqlJournal(house.ledger, house.clock)
    assert await journal.load("d") is None
    assert await journal.save("d", 1, "queued", "one", conversation="1")
    assert not await journal.save("d", 1, "queued", "other")
    assert await journal.save("d", 2, "sending", "two", conversation="1")
    assert not await journal.save("d", 2, "sending", "other")
    assert await journal.load("d") == "two"


async def test_an_entry_whose_words_are_erased_counts_as_none_and_can_be_written_anew(house):
    journal = SqlJournal(house.ledger, house.clock)
    assert await journal.save("d", 1, "queued", "one")
    assert await journal.save("d", 2, "sending", "two")
    await house.ledger.writer.submit(lambda rows: rows.execute(delete(words).where(words.c.kind == "journal")))
    assert await journal.load("d") is None
    assert await journal.save("d", 1, "queued", "again")
    assert await journal.load("d") == "again"


def test_equal_files_are_kept_once_and_unknown_ones_are_said_to_be_unknown(tmp_path):
    files = FolderFiles(tmp_path / "files")
    ref = files.put(b"picture")
    assert files.put(b"picture") == ref
    assert files.get(ref) == b"picture"
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1
    for unknown in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(KeyError):
            files.get(unknown)
