"""Ticket effects reach the ticketing system once, and what people do there comes back."""

from datetime import timedelta

import pytest

from bot.dialog.effects import Button, ChangeTicket, CommentTicket, OpenTicket, StepTaken
from bot.dialog.events import Facts, File, TicketChanged, TicketDelayed
from bot.ports.delivery import Failed, Retry, Sent
from bot.ports.records import Line
from bot.tickets.desk import case_number
from bot.tickets.handoff import Story, handoff_request, transcript_lines
from tests.store.house import START
from tests.ticket_bridge.lossy_desk import Fault
from tests.tickets.conftest import furnished, lossy
from ticket_bridge import LocalSystem, TicketState, Visibility
from ticket_bridge.systems.local_tables import EntryKind

HOUR = timedelta(hours=1)
HANDOFF = "1:1:1"


async def history(system, key: str = "T-1") -> list[tuple[EntryKind, str]]:
    return [(entry.kind, entry.value) for entry in (await system.desk("x").dossier(key)).history]


async def test_a_handoff_opens_one_ticket_and_its_number_reaches_the_person(local):
    await local.house.hear("my ticket", email="ann@example.org", name="Ann", proof="sso")
    assert await local.house.drain() == ["1: my ticket", "ticket T-1"]
    (ticket,) = await local.system.desk("Ana").tickets()
    assert (ticket.handoff_id, ticket.subject) == (HANDOFF, "my ticket")


async def test_the_ticket_tells_what_was_said_until_the_handoff(local):
    await local.house.hear("hello")
    await local.house.drain()
    await local.house.hear("a ticket please")
    await local.house.drain()
    request = (await local.system.desk("Ana").dossier("T-1")).request
    assert [(line.who, line.text) for line in request.transcript] == [
        ("person", "hello"), ("bot", "1: hello"), ("person", "a ticket please"), ("bot", "2: a ticket please"),
    ]  # fmt: skip
    assert (request.channel, request.conversation) == ("web", "1")


async def test_what_the_person_adds_is_an_internal_note_marked_as_theirs(local):
    await local.house.hear("ticket")
    await local.house.drain()
    await local.desk.deliver(CommentTicket(HANDOFF, "it is urgent", author="person"), "1:9:0", "1")
    (note,) = [one for one in (await local.system.desk("Ana").dossier("T-1")).history if one.kind is EntryKind.NOTE]
    assert note.value == "From the requester:\nit is urgent"
    assert note.visibility is Visibility.INTERNAL


async def test_in_a_french_desk_the_mark_is_french(house, tmp_path):
    system = LocalSystem(tmp_path / "tickets.sqlite3", clock=house.clock.now, durable=False)
    tickets = furnished(house, system, lang="fr")
    await tickets.house.hear("ticket")
    await tickets.house.drain()
    await tickets.desk.deliver(CommentTicket(HANDOFF, "Toujours en panne", author="person"), "1:9:0", "1")
    assert (EntryKind.NOTE, "Écrit par la personne\u00a0:\nToujours en panne") in await history(system)
    system.close()


async def test_in_a_ticket_of_another_language_than_the_desks_the_mark_is_the_tickets(local):
    await local.house.hear("ticket")
    await local.house.drain()
    said = CommentTicket(HANDOFF, "Toujours en panne", author="person", lang="fr")
    await local.desk.deliver(said, "1:9:0", "1")
    assert (EntryKind.NOTE, "Écrit par la personne\u00a0:\nToujours en panne") in await history(local.system)


async def test_the_bots_own_note_bears_no_mark(local):
    await local.house.hear("ticket")
    await local.house.drain()
    await local.desk.deliver(CommentTicket(HANDOFF, "Symptom: none"), "1:9:0", "1")
    assert (EntryKind.NOTE, "Symptom: none") in await history(local.system)


async def test_a_file_goes_along_under_its_name_and_once(local):
    await local.house.hear("ticket")
    await local.house.drain()
    await local.house.hear("look", files=(File("error.png", "image/png", 120, "abc"),))
    await local.house.drain()
    seq = local.desk.records.transcript("1")[-2].seq
    effect = CommentTicket(HANDOFF, files=("abc",))
    for _ in range(2):
        assert await local.desk.deliver(effect, f"1:{seq}:0", "1") == Sent("T-1")
    assert await history(local.system) == [(EntryKind.FILE, "error.png")]


async def test_the_same_effect_again_does_nothing_again(local):
    await local.house.hear("ticket")
    await local.house.drain()
    for _ in range(3):
        again = await local.desk.deliver(OpenTicket(HANDOFF, title="another subject"), "1:1:0", "1")
        assert isinstance(again, Sent)
        assert await local.desk.deliver(CommentTicket(HANDOFF, "hello"), "1:5:0", "1") == Sent("T-1")
    assert len(await local.system.desk("Ana").tickets()) == 1
    assert len(await history(local.system)) == 1


async def test_states_are_carried_over_and_a_closed_ticket_is_reopened(local):
    await local.house.hear("ticket")
    await local.house.drain()
    for n, state in enumerate(("in_progress", "pending", "resolved", "closed", "reopened")):
        assert await local.desk.deliver(ChangeTicket(HANDOFF, state), f"1:{n + 5}:0", "1") == Sent("T-1")
    moves = [value for _, value in await history(local.system)]
    assert moves == ["in_progress", "pending", "resolved", "closed", "in_progress"]


async def test_a_state_that_the_tool_refuses_is_a_dead_letter_and_disturbs_nobody(local):
    await local.house.hear("ticket")
    await local.house.drain()
    await local.system.desk("Ana").move("T-1", TicketState.CLOSED)
    ended = await local.desk.deliver(ChangeTicket(HANDOFF, "pending"), "1:7:0", "1")
    assert isinstance(ended, Failed)
    assert ended.brings == (TicketChanged(at=START, key="T-1"),)


async def test_a_note_for_a_handoff_without_a_ticket_is_passed_over(local):
    assert await local.desk.deliver(CommentTicket("8:1:1", "hello"), "8:2:0", "8") == Sent()
    assert await local.desk.deliver(ChangeTicket("8:1:1", "resolved"), "8:3:0", "8") == Sent()


async def test_while_the_tool_is_busy_the_person_gets_a_case_number_and_later_the_ticket(house):
    tickets = lossy(house, Fault.BUSY, Fault.BUSY)
    await house.hear("ticket")
    assert await house.drain() == ["1: ticket", "ticket_delayed"]
    assert await house.wait(HOUR) == ["ticket L-3"]
    assert tickets.system.subjects() == ["ticket"]


async def test_a_lost_answer_makes_no_second_ticket(house):
    tickets = lossy(house, Fault.ANSWER_LOST_AND_LATE, Fault.NONE)
    await house.hear("ticket")
    await house.drain()
    assert await house.wait(HOUR) == ["ticket L-1"]
    assert tickets.system.subjects() == ["ticket"]


async def test_a_doubtful_end_is_tried_again_when_the_bridge_says_so(house):
    tickets = lossy(house, Fault.BUSY)
    await house.hear("hello")
    await house.drain()
    ended = await tickets.desk.deliver(OpenTicket(HANDOFF, title="VPN"), "1:1:0", "1")
    assert isinstance(ended, Retry)
    assert ended.after == timedelta(seconds=7)
    assert ended.brings == (TicketDelayed(at=START, handoff=HANDOFF, case="C-1-1"),)


async def test_a_refused_ticket_is_a_dead_letter_and_the_person_has_a_number(house):
    tickets = lossy(house, Fault.REFUSED)
    await house.hear("ticket")
    assert await house.drain() == ["1: ticket", "ticket_delayed"]
    (letter,) = tickets.desk.records.dead()
    assert (letter.conversation, letter.why) == ("1", "no such queue")


async def test_a_public_answer_comes_in_once_and_an_internal_note_never(local):
    await local.house.hear("ticket")
    await local.house.drain()
    desk = local.system.desk("Ana")
    await desk.write("T-1", "I am on it", Visibility.PUBLIC)
    await desk.write("T-1", "a difficult one", Visibility.INTERNAL)
    assert await local.watch.look() == 1
    assert await local.watch.look() == 0
    await local.house.drain()
    changed = [one.event for one in local.desk.records.events("1") if isinstance(one.event, TicketChanged)]
    assert [(one.key, one.reply, one.author) for one in changed] == [("T-1", "I am on it", "Ana")]


async def test_a_state_set_by_people_comes_in_and_our_own_does_not(local):
    await local.house.hear("ticket")
    await local.house.drain()
    await local.desk.deliver(ChangeTicket(HANDOFF, "pending"), "1:7:0", "1")
    await local.system.desk("Ana").move("T-1", TicketState.RESOLVED)
    assert await local.watch.look() == 1
    await local.house.drain()
    assert [one.event.state for one in local.desk.records.events("1") if isinstance(one.event, TicketChanged)] == [
        "resolved"
    ]


async def test_a_watch_that_starts_again_goes_on_where_it_was(local):
    await local.house.hear("ticket")
    await local.house.drain()
    await local.system.desk("Ana").move("T-1", TicketState.PENDING)
    assert await local.watch.look() == 1
    assert await furnished(local.house, local.system).watch.look() == 0


async def test_tickets_of_nobodys_conversation_are_passed_over(local):
    await local.system.open(handoff_request(OpenTicket("77:1:1", "by hand"), "77", Story(), lambda ref: None))
    await local.system.desk("Ana").move("T-1", TicketState.PENDING)
    assert await local.watch.look() == 0


def test_a_handoff_carries_everything_that_the_effect_says():
    effect = OpenTicket(
        handoff="12:1:2", title="VPN 809", summary="Symptom: none", priority="P2", impact=2, urgency=1, level="N2",
        team="network", reason="admin_rights", topic="vpn", requests=(1,), slots={"os": "windows", "site": "Lyon"},
        steps=(StepTaken("vpn-restart@1", "did_not_help"),), lang="fr", files=("abc",), vip=True,
    )  # fmt: skip
    facts = Facts(proof="sso", name="Ann", email="ann@example.org")
    line = Line(1, START, "person", files=(File("a.png", "image/png", 3, "abc"),))
    request = handoff_request(effect, "12", Story("web", facts, (line,)), lambda ref: f"/files/{ref}")
    assert (request.subject, request.priority, request.impact, request.urgency) == ("VPN 809", "P2", 2, 1)
    assert (request.level, request.team, request.reason, request.topic) == ("N2", "network", "admin_rights", "vpn")
    assert (request.requester.email, request.requester.vip, request.requester.site) == ("ann@example.org", True, "Lyon")
    assert [(step.what, step.result) for step in request.steps] == [("vpn-restart@1", "did_not_help")]
    assert [(file.name, file.media_type, file.size, file.path) for file in request.files] == [
        ("a.png", "image/png", 3, "/files/abc")
    ]


def test_an_address_without_proof_does_not_become_the_requester():
    facts = Facts(proof="none", name="Ann", email="boss@example.org")
    request = handoff_request(OpenTicket("1:1:1"), "1", Story("web", facts), lambda ref: None)
    assert (request.requester.name, request.requester.email) == ("Ann", "")


def test_a_pressed_button_is_told_by_the_words_it_bore():
    asked = Line(1, START, "bot", "Does it work?", buttons=(Button("yes", "Oui"), Button("no", "Non")))
    assert [line.text for line in transcript_lines((asked, Line(2, START, "person", pressed="no")))] == [
        "Does it work?", "Non",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "told"),
    [("Bonjour.\n\nLu. [Vos droits](/privacy)", "Bonjour.\n\nLu."), ("[Your rights](/privacy)", ""),
     ("See [our page](https://desk.example/x).", "See [our page](https://desk.example/x).")],
)  # fmt: skip
def test_a_link_to_our_own_pages_leads_nowhere_from_a_ticket_and_is_left_out(said, told):
    lines = transcript_lines((Line(1, START, "bot", said),))
    assert "\n".join(line.text for line in lines) == told


def test_a_case_number_names_conversation_and_handoff():
    assert case_number("12:3:2") == "C-12-2"
