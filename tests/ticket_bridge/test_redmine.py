"""What a real Redmine does beyond the contract, and what our side of it must hold against that."""

from pathlib import Path

import pytest

from tests.support.redmine.server import RedmineServer
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.redmine_peer import RedminePeer, other_way
from ticket_bridge import (
    File,
    LinkKind,
    RefusedError,
    Requester,
    TicketState,
    Visibility,
)
from ticket_bridge.operation import AddNote, Attach, OpenTicket
from ticket_bridge.readback import compare

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL


@pytest.fixture
def peer(redmine: RedmineServer, tmp_path: Path) -> RedminePeer:
    return RedminePeer(tmp_path, Clock(), redmine)


async def test_a_ticket_arrives_where_and_as_the_configuration_says(peer: RedminePeer) -> None:
    ref = await peer.system.open(handoff(level="N3"))
    ticket = peer.ana.ticket(ref.key, "attachments")
    named = {name: ticket[name]["name"] for name in ("tracker", "category", "priority", "status", "author")}
    assert named == {
        "tracker": "Bug", "category": "Réseau", "priority": "High", "status": "New", "author": "Guichet Desk",
    }  # fmt: skip
    assert ticket["description"].splitlines() == handoff().body.splitlines()
    assert [a["filename"] for a in ticket["attachments"]] == ["conversation.txt"]
    assert ref.url == f"{peer.server.url}/issues/{ref.key}"
    assert "custom_fields" not in ticket  # our keys: agents do not see them


async def test_the_same_handoff_opened_twice_is_one_ticket(peer: RedminePeer) -> None:
    assert await peer.system.open(handoff()) == await peer.system.open(handoff(subject="something else"))
    assert await peer.subjects() == [handoff().subject]


async def test_a_long_or_empty_subject_still_makes_a_ticket_and_the_cut_is_told(peer: RedminePeer) -> None:
    long = handoff(1, subject="é" * 300)
    await peer.system.open(long)
    await peer.system.open(handoff(2, subject=" \n"))
    assert await peer.subjects() == ["é" * 255, handoff(2).handoff_id]
    differences = compare(OpenTicket(request=long), await peer.system.find(OpenTicket(request=long))).differences
    assert differences == ("subject is held otherwise than asked",)


async def test_a_status_that_redmine_answers_well_and_ignores_is_refused_with_its_mend(peer: RedminePeer) -> None:
    parent, child = await peer.system.open(handoff(1)), await peer.system.open(handoff(2))
    await peer.system.link(child, parent, LinkKind.CHILD_OF, "e1")
    with pytest.raises(
        RefusedError, match=r"stayed 'New': allow our role this step to 'Closed' .* or close what blocks"
    ):
        await peer.system.set_state(parent, TicketState.CLOSED, "", "e2")
    assert await peer.state(parent) is TicketState.NEW


async def test_the_same_event_id_serves_each_kind_of_write_once(peer: RedminePeer, tmp_path: Path) -> None:
    ref = await peer.system.open(handoff())
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    await peer.system.add_note(ref, "interne", INTERNAL, "e" * 400)
    await peer.system.set_state(ref, TicketState.PENDING, "on attend", "e" * 400)
    await peer.system.attach(ref, File(name="a/b.txt", size=5, path=str(path)), "e" * 400)
    await peer.system.add_note(ref, "interne", INTERNAL, "e2")
    note = AddNote(ref=ref, text="interne", visibility=INTERNAL, event_id="e" * 400)
    attach = Attach(ref=ref, file=File(name="a/b.txt", size=5), event_id="e" * 400)
    assert compare(note, await peer.system.find(note)).there
    assert await peer.system.find(attach) == File(name="a b.txt", size=5)
    assert [text for text, _ in await peer.notes(ref)] == ["interne", "on attend", "interne"]
    seen = peer.ana.ticket(ref.key)["journals"]
    assert [d["property"] for journal in seen for d in journal["details"]] == ["attr", "attachment"]
    assert all(journal["notes"] or journal["details"] for journal in seen)  # nothing of our keys, no empty line


async def test_a_file_without_bytes_is_mentioned_and_one_too_large_is_refused(
    peer: RedminePeer, tmp_path: Path
) -> None:
    ref, path = await peer.system.open(handoff()), tmp_path / "large"
    path.write_bytes(b"x" * 101)
    attach = Attach(ref=ref, file=File(name="photo.jpg", size=300), event_id="e1")
    await peer.system.attach(ref, attach.file, "e1")
    assert await peer.notes(ref) == [("[photo.jpg, 300 B]", INTERNAL)]
    assert compare(attach, await peer.system.find(attach)).differences == ()
    with pytest.raises(RefusedError, match="larger than 100 bytes"):
        await other_way(peer, largest_file=100).attach(ref, File(name="large", path=str(path)), "e2")


async def test_a_ticket_is_opened_with_the_files_that_are_there(peer: RedminePeer, tmp_path: Path) -> None:
    (tmp_path / "écran.png").write_bytes(b"123")
    paths = [str(tmp_path / "écran.png"), str(tmp_path / "gone.png"), None]
    files = tuple(File(name=Path(path or "x").name, path=path) for path in paths)
    ref = await peer.system.open(handoff(files=files, transcript=()))
    attached = peer.ana.ticket(ref.key, "attachments")["attachments"]
    assert [(a["filename"], a["filesize"]) for a in attached] == [("écran.png", 3)]


@pytest.mark.parametrize("text", ["a\x00b", "😀 \u202e ‮", "<script>&amp;\r\n  *gras*\t", "{{toc}} !http://x/y.png!"])
async def test_any_words_are_noted_and_read_back(peer: RedminePeer, text: str) -> None:
    ref = await peer.system.open(handoff())
    note = AddNote(ref=ref, text=text, visibility=PUBLIC, event_id="e1")
    await peer.system.add_note(ref, text, PUBLIC, "e1")
    assert compare(note, await peer.system.find(note)).differences == ()


async def test_nobody_is_recognised_without_a_key_that_may_list_people(peer: RedminePeer) -> None:
    lea = Requester(email="lea@example.org", sso_id="u1234")
    assert await other_way(peer, directory_key="").resolve_requester(lea) is None
    assert await peer.system.resolve_requester(Requester(email="ea@example.org", name="Léa")) is None
    with pytest.raises(RefusedError, match="403"):
        await other_way(peer, directory_key=peer.server.keys["bot_key"]).resolve_requester(lea)
