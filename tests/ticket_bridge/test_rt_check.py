"""Request Tracker set up otherwise than the configuration says: every fault is named with its mend."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.support.tracker.server import SEED, Tracker
from tests.ticket_bridge.handoffs import Clock, handoff
from tests.ticket_bridge.rt_peer import RtPeer, desk, desk_at, fields_of, ticket_of
from ticket_bridge import (
    Priority,
    RefusedError,
    TicketRef,
    TicketState,
)
from ticket_bridge.systems.rt_config import RtConfig, RtField

PAGE = Path(__file__).parents[2] / "docs" / "ticket_systems" / "request-tracker.md"


@pytest.fixture
def peer(tracker: Tracker, tmp_path: Path) -> RtPeer:
    return RtPeer(tmp_path, Clock(), tracker)


async def test_a_unique_field_hides_a_twin_and_the_bridge_says_so(peer: RtPeer) -> None:
    system = desk(peer, handoff_field="Guichet unique", instance="")
    request = handoff(handoff_id=f"unique {peer.queue}")
    await system.open(request)
    ticket = {"Queue": peer.queue, "Subject": "twin", "CustomFields": {"Guichet unique": request.handoff_id}}
    twin = await asyncio.to_thread(peer.server.ask, "POST", "/ticket", json=ticket)  # answered 201
    assert "Guichet unique" not in fields_of(await ticket_of(peer, TicketRef("rt", twin["id"])))
    assert await peer.subjects() == [request.subject, "twin"]
    assert any("wants unique values: take that off" in fault for fault in await system.check())


FAULTS: list[tuple[dict[str, object], str]] = [
    ({"queue": "No such queue"}, "queue 'No such queue' is not there for guichet: create it, or grant SeeQueue"),
    ({"queues": {"x": "4"}}, "queue '4' is not there"),
    ({"handoff_field": "Nothing"}, "no custom field 'Nothing' for guichet: apply it to the queue"),
    ({"fields": {"level": RtField("Level")}}, "has no custom field 'Level'"),
    ({"fields": {"topic": RtField("Service", {"vpn": "VPN"})}}, "'Service' does not offer 'VPN': add it there"),
    ({"fields": {"mood": RtField("Service")}}, "fields: mood is unknown; use reason, topic"),
    ({"handoff_field": "Service"}, "must be of the type 'Enter one value'"),
    ({"statuses": dict.fromkeys(TicketState, "open") | {TicketState.PENDING: "paused"}}, "has no 'paused'"),
    ({"statuses": {TicketState.NEW: "new"}}, "statuses: closed is missing"),
    ({"priorities": dict.fromkeys(Priority, 1)}, "two have the same number"),
    ({"lifecycle": "incidents"}, "has the lifecycle 'default': give it 'incidents', or set `lifecycle`"),
    ({"token": "1-1-nonsense"}, "the token is not valid there (any more); make a new one"),
    ({"account": "ana"}, "the token is not of the account 'ana'"),
    ({"url": "http://rt.example.org"}, "url must begin with https://"),
    ({"instance": "a/b"}, "instance must not contain a slash"),
]


@pytest.mark.parametrize(("otherwise", "said"), FAULTS)
async def test_a_wrong_configuration_is_named_with_its_mend(
    peer: RtPeer, otherwise: dict[str, object], said: str
) -> None:
    faults = await desk(peer, **otherwise).check()
    assert [fault for fault in faults if said in fault], faults


async def test_an_account_without_rights_is_told_which_it_lacks(peer: RtPeer) -> None:
    system = desk(peer, account="mute", token=peer.server.tokens["mute"])
    (fault,) = [fault for fault in await system.check() if "is not there" in fault]
    assert "grant SeeQueue" in fault
    with pytest.raises(RefusedError, match=r"refused \(403\): the account has no right to it"):
        await system.open(handoff())


def test_a_token_is_shown_nowhere(peer: RtPeer) -> None:
    assert peer.server.tokens["guichet"] not in repr(desk_at(peer.server, peer.queue))


def test_the_configuration_needs_four_things_only() -> None:
    config = RtConfig(url="https://rt.example.org", account="guichet", token="1-2-x", queue="Service desk")
    assert config.faults() == ()


async def test_a_ticket_of_ours_without_its_key_tells_which_right_is_missing(peer: RtPeer) -> None:
    ticket = {"Queue": peer.queue, "Subject": "no key", "Content": "x"}
    made = await asyncio.to_thread(peer.server.ask, "POST", "/ticket", "guichet", json=ticket)
    (fault,) = await peer.system.check()
    assert fault == f"ticket {made['id']} of guichet holds no 'Guichet handoff': grant SetInitialCustomField"


def test_the_page_names_the_rights_that_our_account_has_here() -> None:
    granted = re.search(r"@ours = qw\((.*?)\)", SEED.read_text(), re.DOTALL)
    assert granted
    assert re.findall(r"^\| `(\w+)` \| [^|]*\|$", PAGE.read_text(), re.MULTILINE)[:7] == granted[1].split()
