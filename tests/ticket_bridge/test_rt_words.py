"""Any words and any bytes go to Request Tracker and are found again; what marks them is seen by nobody."""

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.support.tracker.server import Tracker
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.rt_peer import RtPeer, attachments_of, desk, ticket_of
from ticket_bridge import (
    File,
    RefusedError,
    Requester,
    TicketRef,
    Visibility,
)
from ticket_bridge.operation import AddNote, Attach
from ticket_bridge.readback import compare
from ticket_bridge.systems.rt_words import mark_of

PUBLIC, INTERNAL = Visibility.PUBLIC, Visibility.INTERNAL
HARD = 'Ça « coûte » 5 < 6 & "7"\n\n  • \U0001f600 <!-- x --> </p><script>alert(1)</script>\x07 ‮fin'


@pytest.fixture
def peer(tracker: Tracker, tmp_path: Path) -> RtPeer:
    return RtPeer(tmp_path, Clock(), tracker)


async def test_any_words_open_a_ticket_and_stand_in_it(peer: RtPeer) -> None:
    request = handoff(subject=HARD, body=HARD, requester=Requester(name=HARD, email="no address, at all"))
    ref = await peer.system.open(request)
    assert (await ticket_of(peer, ref))["Requestor"] == []
    content = (await attachments_of(peer, ref))[1]["Content"]
    assert "<script>alert(1)</script>" in content
    note = AddNote(ref=ref, text=HARD, visibility=INTERNAL, event_id=HARD)
    await peer.system.add_note(ref, HARD, INTERNAL, HARD)
    assert compare(note, await peer.system.find(note)).differences == ()


async def test_nobody_sees_the_mark_of_a_note_and_its_words_are_shown_not_obeyed(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.add_note(ref, HARD, PUBLIC, "e1")
    page = await asyncio.to_thread(page_of, peer.server, ref)
    assert "guichet-" not in page
    assert mark_of("note", "e1") not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert [one for one in await attachments_of(peer, ref) if mark_of("note", "e1") in one["Content"]]


async def test_two_notes_of_one_ticket_are_told_apart_and_an_agents_copy_is_not_ours(peer: RtPeer) -> None:
    ref = await peer.system.open(handoff())
    await peer.system.add_note(ref, "one", INTERNAL, "e1")
    copied = {"Content": f"<p>two</p><!-- {mark_of('note', 'e2')} -->", "ContentType": "text/html"}
    await asyncio.to_thread(peer.server.ask, "POST", f"/ticket/{ref.key}/comment", "ana", json=copied)
    assert await peer.system.find(AddNote(ref=ref, text="two", visibility=INTERNAL, event_id="e2")) is None
    assert await peer.system.find(AddNote(ref=ref, text="one", visibility=INTERNAL, event_id="e1")) is not None


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("capture é.png", "image/png", b"\x89PNG\r\n\x00\xff"),
        ("journal.txt", "text/plain", "é\r\n\r\n".encode()),
        ("journal.txt", "text/plain; charset=latin-1", b"caf\xe9\r\n"),
        ("page.html", "text/html", b"<script>alert(1)</script>\r\n"),
        ("mail.eml", "message/rfc822", b"From: a@b\r\nSubject: x\r\n\r\nbody"),
        ("../../etc/passwd", "multipart/mixed", b"x"),
        ('"\\\r\n: x', "nonsense", b"x"),
        ("vide.txt", "text/plain", b""),
    ],
)
async def test_a_file_keeps_every_byte_and_its_name(
    peer: RtPeer, tmp_path: Path, name: str, media_type: str, content: bytes
) -> None:
    (tmp_path / "bytes").write_bytes(content)
    file = File(name=name, media_type=media_type, size=len(content), path=str(tmp_path / "bytes"))
    ref = await peer.system.open(handoff(transcript=()))
    attach = Attach(ref=ref, file=file, event_id="e1")
    await peer.system.attach(ref, file, "e1")
    assert compare(attach, await peer.system.find(attach)).differences == ()
    held = [one for one in await attachments_of(peer, ref) if one["Filename"]]
    wanted = [(Path(" ".join(name.replace("\\", "/").split())).name, str(len(content)))] if content else []
    assert [(one["Filename"], one["ContentLength"]) for one in held] == wanted


async def test_a_file_too_large_for_the_server_is_refused_and_one_without_bytes_is_mentioned(
    peer: RtPeer, tmp_path: Path
) -> None:
    (tmp_path / "large").write_bytes(b"x" * 101)
    system = desk(peer, largest_file=100)
    ref = await system.open(handoff())
    with pytest.raises(RefusedError, match="more than 100 bytes"):
        await system.attach(ref, File(name="large", size=101, path=str(tmp_path / "large")), "e1")
    mention = File(name="photo.jpg", media_type="image/jpeg", size=5)
    await system.attach(ref, mention, "e2")
    assert await system.find(Attach(ref=ref, file=mention, event_id="e2")) == mention


def page_of(server: Tracker, ref: TicketRef) -> str:
    """Read a ticket as an agent's browser gets it."""
    with httpx.Client(
        timeout=60, trust_env=False, headers={"Authorization": f"token {server.tokens['ana']}"}
    ) as client:
        answer = client.get(f"{server.url}/Ticket/History.html", params={"id": ref.key})
    answer.raise_for_status()
    assert "conversation.txt" in answer.text, "this is not the ticket with its history"
    return answer.text
