"""The ledger under the real engine and the packs that ship: states rebuilt, a person's words in one place."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.dialog.engine import decide
from bot.dialog.events import AgentActed, AgentSaid, ButtonPressed, TicketChanged
from bot.dialog.understanding import Hit, Understanding
from bot.nlu.reading import read
from bot.ports.inbound import Address, Inbound
from bot.ports.understander import NO_CLUES, Clues, Hints
from bot.store import log
from bot.store.records import SqlRecords
from bot.store.tables import metadata
from tests.store.house import House, Meaning, opened
from tests.support.talk import library

NAME = "Zaphod"  # a word that no pack, rule or table knows
TOPICS = {"vpn": "vpn", "printer": "printer", "password": "password_account", "mail": "email_outlook"}
TEXTS = [
    f"my vpn is down since this morning, error 809, {NAME}",
    f"the printer of {NAME} on Windows 11",
    f"I forgot my password, I am {NAME}, badge 12345, zaphod@example.org",
    "yes",
    "no",
    f"I do not know, {NAME}",
    f"human please, {NAME}",
    "windows 11",
    f"my mail is {NAME}",
    "not now",
    f"no, I meant macOS, said {NAME}",
    "thanks",
    f"where is my ticket {NAME}",
    f"cancel {NAME}",
    "back to the first problem",
    "in French please",
]
BUTTONS = ["yes", "no", "cannot_try", "human", "one", "dont_know", "Just me"]


class Rules(Meaning):
    """Reads by the real rules; the topic is a word of the text."""

    def understand(self, text: str, hints: Hints) -> Understanding:
        topic = next((topic for word, topic in TOPICS.items() if word in text), None)
        return replace(read(text, hints), intent=topic, confidence=0.9 if topic else 0.0)

    def search(self, text: str, lang: str, clues: Clues = NO_CLUES, top: int = 5) -> tuple[Hit, ...]:
        return ()


STEPS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(TEXTS)),
    st.tuples(st.just("press"), st.sampled_from(BUTTONS)),
    st.tuples(st.just("wait"), st.sampled_from(["1", "5", "30"])),
    st.tuples(st.just("agent"), st.sampled_from([f"I look, {NAME}", "Fixed"])),
    st.tuples(st.just("act"), st.sampled_from(["take", "hand_back", "resolve"])),
    st.tuples(st.just("ticket"), st.sampled_from(["in_progress", "resolved", f"a reply to {NAME}"])),
)


async def play(house: House, steps: list[tuple[str, str]]) -> None:
    """Let it all happen in one conversation."""
    who: dict[str, Any] = {"name": NAME, "email": f"{NAME}@example.org", "proof": "sso", "id": NAME}
    await house.hear("hello", who=NAME, **who)
    for n, (kind, what) in enumerate(steps):
        at = house.clock.now()
        match kind:
            case "say":
                await house.hear(what, who=NAME, **who)
            case "press":
                pressed = Inbound(f"b{n}", ButtonPressed(at=at, button=what), Address("web", "test", NAME))
                await house.inbox.receive(pressed)
            case "wait":
                await house.wait(timedelta(hours=int(what)))
            case "agent":
                await house.happen(AgentSaid(at=at, name=NAME, text=what))
            case "act":
                await house.happen(AgentActed(at=at, name=NAME, action=what))
            case _ if NAME in what:
                await house.happen(TicketChanged(at=at, key="T-1", reply=what, author=NAME))
            case _:
                await house.happen(TicketChanged(at=at, key="T-1", state=what))
        await house.drain()
    await house.wait(timedelta(days=7))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=12))
async def test_states_can_be_rebuilt_and_words_stand_in_one_place(tmp_path_factory, steps):
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger')}/l"
    with opened(url, decide=decide, book=library(), mind=Rules()) as house:
        await play(house, steps)
        assert SqlRecords(house.database).dead() == ()
        with house.database.reading.connect() as connection:
            cached = log.state(connection, "1")
            assert log.rebuilt(connection, "1", decide, lambda version: library()) == cached
            leaks = {
                table.name: row
                for table in metadata.sorted_tables
                if table.name not in ("words", "person", "address")
                for row in connection.execute(select(table))
                if NAME.lower() in json.dumps(list(map(str, row))).lower()
            }
        assert leaks == {}
