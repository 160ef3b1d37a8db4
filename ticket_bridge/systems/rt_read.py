"""What Request Tracker holds: every look at tickets, marked notes, files, links and people."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ticket_bridge.port import RefusedError
from ticket_bridge.systems.rt_config import RtConfig
from ticket_bridge.systems.rt_wire import Json, RtWire, dicts
from ticket_bridge.ticket import File, Opened, Requester, TicketRef

NAME = "rt"


@dataclass(frozen=True, slots=True)
class Marked:
    """The HTML text that bears a mark, and the transaction it came with."""

    transaction: str
    page: str


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket of ours: its handoff, and the logins of those it is for."""

    handoff_id: str
    requesters: frozenset[str]


class RtReader:
    """Reads, and changes nothing. Raises TryLaterError, RefusedError or DoubtfulError."""

    def __init__(self, wire: RtWire, config: RtConfig) -> None:
        self._wire = wire
        self._config = config
        self._pages = config.url.rstrip("/") + "/Ticket/Display.html?id="

    def ref(self, key: str) -> TicketRef:
        """Name a ticket, with the page agents see."""
        return TicketRef(NAME, key, self._pages + key)

    async def opened(self, handoff_id: str) -> Opened | None:
        """Find the ticket of a handoff, in whatever queue it is by now; of twins the first."""
        field, held = self._config.handoff_field, self._config.held_id(handoff_id)
        query = f"'CF.{{{sql(field)}}}' = '{sql(held)}'"
        found = await self._wire.get_all("/tickets", query=query, orderby="id", fields="Subject,Priority,CustomFields")
        # compared once more: some databases take capitals for small letters
        ticket = next((one for one in found if held in values_of(one, field)), None)
        if ticket is None:
            return None
        return Opened(
            ref=self.ref(str(ticket["id"])),
            handoff_id=handoff_id,
            subject=str(ticket.get("Subject", "")),
            priority=self._config.priority_of(str(ticket.get("Priority", ""))),
        )

    async def status(self, ref: TicketRef) -> str:
        """Read a ticket's status."""
        return str((await self._ticket(ref)).get("Status", ""))

    async def case(self, number: str) -> Case | None:
        """Read which handoff a ticket is of, None where it is none of ours."""
        ticket = await self._wire.get(f"/ticket/{number}")
        held = values_of(ticket, self._config.handoff_field)
        handoff_id = self._config.handoff_id(held[0]) if held else None
        requesters = frozenset(str(one.get("id")).casefold() for one in dicts(ticket.get("Requestor")))
        return Case(handoff_id, requesters) if handoff_id else None

    async def links(self, ref: TicketRef) -> set[tuple[str, str]]:
        """Read what a ticket is tied to, as pairs of the kind and the other's number."""
        links = (await self._ticket(ref)).get("_hyperlinks")
        return {(str(one.get("ref")), str(one.get("id"))) for one in dicts(links)}

    async def marked(self, ref: TicketRef, mark: str) -> Marked | None:
        """Find what our account wrote with a mark on a ticket. The server compares, so no other text travels."""
        query = json.dumps([{"field": "Content", "operator": "LIKE", "value": mark}])
        fields = "Content,ContentType,Creator,TransactionId"
        path = f"/ticket/{number_of(ref)}/attachments"
        for one in await self._wire.get_all(path, query=query, fields=fields, orderby="id"):  # mails of it come later
            ours = user_of(one).casefold() == self._config.account.casefold()
            if ours and one.get("ContentType") == "text/html" and mark in str(one.get("Content")):
                return Marked(str(one.get("TransactionId")), str(one["Content"]))
        return None

    async def is_public(self, transaction: str) -> bool:
        """Tell whether a transaction is one that requesters may read: correspondence, and nothing else."""
        return bool((await self._wire.get(f"/transaction/{transaction}")).get("Type") == "Correspond")

    async def file_of(self, transaction: str) -> File | None:
        """Read the description of the file that came with a transaction."""
        path = f"/transaction/{transaction}/attachments"
        for one in await self._wire.get_all(path, fields="Filename,ContentType,ContentLength"):
            if one.get("Filename"):
                size = str(one.get("ContentLength", ""))
                number = int(size) if size.isascii() and size.isdigit() else 0
                return File(name=str(one["Filename"]), media_type=str(one.get("ContentType")), size=number)
        return None

    async def user_named(self, requester: Requester) -> str | None:
        """Find a user by e-mail, else by login: exactly one, and letter by letter but for capitals."""
        for known, field in ((requester.email, "EmailAddress"), (requester.sso_id, "Name")):
            wanted = known.strip()
            if not wanted:
                continue
            query = json.dumps([{"field": field, "value": wanted}])
            found = await self._wire.get_all("/users", query=query, fields="Name,EmailAddress")
            names = {str(one.get("Name")) for one in found if str(one.get(field)).casefold() == wanted.casefold()}
            if len(names) == 1:
                return names.pop()
        return None

    async def user_shown(self, number: str) -> str:
        """Give a user's name for people; "" for RT's nobody."""
        user = await self._wire.get(f"/user/{number}")
        return "" if user.get("Name") == "Nobody" else str(user.get("RealName") or user.get("Name") or number)

    async def _ticket(self, ref: TicketRef) -> dict[str, Json]:
        return await self._wire.get(f"/ticket/{number_of(ref)}")


def number_of(ref: TicketRef) -> str:
    """Give the number of a ticket as RT counts. Raises RefusedError for what can be none."""
    if not (ref.key.isascii() and ref.key.isdigit() and len(ref.key) <= 18):
        raise RefusedError(f"there is no ticket {ref.key} in Request Tracker, whose tickets have plain numbers")
    return ref.key


def sql(text: str) -> str:
    """Write a text inside the quotes of RT's query language."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def values_of(ticket: dict[str, Json], field: str) -> list[str]:
    """Read a custom field of a ticket."""
    for one in dicts(ticket.get("CustomFields")):
        if one.get("name") == field:
            return [str(value) for value in one.get("values") or []]
    return []


def user_of(item: dict[str, Json]) -> str:
    """Read the login of who made something."""
    creator = item.get("Creator")
    return str(creator.get("id", "")) if isinstance(creator, dict) else ""
