"""A real Request Tracker as a peer of the contract, each time with a queue of its own."""

import asyncio
import base64
import html
import re
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.support.tracker.server import Tracker
from tests.ticket_bridge.handoffs import Clock
from ticket_bridge import ChangePage, TicketRef, TicketState, TicketSystem, Visibility
from ticket_bridge.systems.rt import RequestTracker
from ticket_bridge.systems.rt_config import RtConfig, RtField

STATUSES = {"new": "new", "open": "in_progress", "stalled": "pending", "resolved": "resolved", "rejected": "closed"}
TYPES = {"Comment": Visibility.INTERNAL, "Correspond": Visibility.PUBLIC}
WAYS = {Visibility.INTERNAL: "comment", Visibility.PUBLIC: "correspond"}


def desk_at(server: Tracker, queue: str, **otherwise: Any) -> RtConfig:
    """Describe our account's desk on a server, with one queue and a name that no other test has."""
    values: dict[str, Any] = {
        "url": server.url,
        "account": "guichet",
        "token": server.tokens["guichet"],
        "queue": queue,
        "instance": secrets.token_hex(4),
        "fields": {
            "reason": RtField("Guichet reason"),
            "topic": RtField("Service", {"vpn": "Network access", "printer": "Printing"}),
        },
    }
    return RtConfig(**(values | otherwise))


class FromNow(RequestTracker):
    """Has its beginning now: the server has served other tests before."""

    def __init__(self, config: RtConfig, beginning: str) -> None:
        super().__init__(config)
        self._beginning = beginning

    async def changes(self, cursor: str | None) -> ChangePage:
        return await super().changes(cursor or self._beginning)


class RtPeer:
    """Request Tracker, and Ana, its agent."""

    needs = "tracker"

    def __init__(self, folder: Path, clock: Clock, server: Tracker) -> None:
        self.server = server
        self.queue = server.new_queue()
        newest = server.ask("GET", "/transactions", params={"query": "id > 0", "orderby": "id", "order": "DESC"})
        self.rt = FromNow(desk_at(server, self.queue), str(newest["items"][0]["id"]))
        self.system: TicketSystem = self.rt

    def close(self) -> None:
        """Leave the server running: it is the session's."""

    async def subjects(self) -> list[str]:
        return await asyncio.to_thread(self.server.subjects, self.queue)

    async def notes(self, ref: TicketRef) -> list[tuple[str, Visibility]]:
        transactions = await self._ask(
            "GET", f"/ticket/{ref.key}/history", params={"fields": "Type", "per_page": "100"}
        )
        written = [(one["id"], TYPES[one["Type"]]) for one in transactions["items"] if one["Type"] in TYPES]
        return [(await self._words(number), visibility) for number, visibility in written]

    async def state(self, ref: TicketRef) -> TicketState:
        return TicketState(STATUSES[(await self._ask("GET", f"/ticket/{ref.key}"))["Status"]])

    async def agent_writes(self, ref: TicketRef, text: str, visibility: Visibility) -> None:
        message = {"Content": text, "ContentType": "text/plain"}
        await self._ask("POST", f"/ticket/{ref.key}/{WAYS[visibility]}", json=message)

    async def agent_moves(self, ref: TicketRef, state: TicketState) -> None:
        status = next(theirs for theirs, ours in STATUSES.items() if ours == state)
        await self._ask("PUT", f"/ticket/{ref.key}", json={"Status": status})
        assert await self.state(ref) is state

    async def agent_takes(self, ref: TicketRef) -> None:
        await self._ask("PUT", f"/ticket/{ref.key}", json={"Owner": "ana"})

    async def _words(self, transaction: str) -> str:
        """Read what a transaction says as its page shows it: comments unseen, lines ended by <br> alone."""
        parts = await self._ask("GET", f"/transaction/{transaction}/attachments")
        content = await self._ask("GET", f"/attachment/{parts['items'][0]['id']}")
        page = base64.b64decode(content["Content"]).decode()
        if content["ContentType"] == "text/plain":
            return page.strip()
        shown = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL).replace("\n", " ")
        return html.unescape(re.sub(r"<.*?>", "", re.sub(r"<br>\s*", "\n", shown))).strip()

    async def _ask(self, method: str, path: str, **request: Any) -> Any:
        return await asyncio.to_thread(self.server.ask, method, path, "ana", **request)


def desk(peer: RtPeer, **otherwise: Any) -> RequestTracker:
    """Make our account's desk at the peer's queue, otherwise configured."""
    return RequestTracker(replace(desk_at(peer.server, peer.queue), **otherwise))


async def ticket_of(peer: RtPeer, ref: TicketRef) -> dict:
    """Read a ticket past our own code."""
    return await asyncio.to_thread(peer.server.ask, "GET", f"/ticket/{ref.key}")


def fields_of(ticket: dict) -> dict[str, list[str]]:
    """Give the custom fields that hold something."""
    return {one["name"]: one["values"] for one in ticket["CustomFields"] if one["values"]}


async def attachments_of(peer: RtPeer, ref: TicketRef) -> list[dict]:
    """Read everything that was written on a ticket or attached to it."""
    query = {"fields": "Filename,ContentType,ContentLength,Content", "per_page": "100"}
    return (await asyncio.to_thread(peer.server.ask, "GET", f"/ticket/{ref.key}/attachments", params=query))["items"]
