"""The same tests for every channel: `peer` is a person on one of them, with a house of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.contract.email_peer import EmailPeer
from tests.channels.contract.peer import NEEDED, Peer
from tests.channels.contract.slack_peer import SlackPeer
from tests.channels.contract.telegram_peer import TelegramPeer
from tests.channels.contract.terminal_peer import TerminalPeer
from tests.channels.contract.web_peer import WebPeer

PEERS: dict[str, type[Peer]] = {one.name: one for one in (TerminalPeer, WebPeer, EmailPeer, SlackPeer, TelegramPeer)}


@pytest.fixture(params=[pytest.param(name, marks=[pytest.mark.smtp] if name == "email" else []) for name in PEERS])
async def peer(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Peer]:
    """A person and an open house; whatever the test was about, the channel kept to what it says it can show."""
    kind, needed = PEERS[request.param], NEEDED.get(request.function.__name__)
    if needed is not None and needed in kind.lacks:
        pytest.skip(f"{kind.name}: {kind.lacks[needed]}")
    one = made(kind, tmp_path / "home", request)
    try:
        await one.open()
        yield one
        await keeps_to_its_word(one)
    finally:
        await one.end()


def made(kind: type[Peer], home: Path, request: pytest.FixtureRequest) -> Peer:
    """Make a person on a channel."""
    if kind is EmailPeer:
        return EmailPeer(home, request.getfixturevalue("smtp_house"))
    return kind(home)


async def keeps_to_its_word(peer: Peer) -> None:
    """Nothing that was sent is longer, or has more or longer buttons, than the channel says; nothing is left undone."""
    can = peer.capabilities
    for message in await peer.seen():
        assert not can.length or message.size <= can.length, f"{message.size} > {can.length} {can.unit}"
        assert len(message.buttons) <= can.buttons
        assert all(len(label) <= can.label for label in message.buttons)
        assert message.strange == ()
    assert peer.desk.is_sound()
    assert peer.desk.owed() == 0
