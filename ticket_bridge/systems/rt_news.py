"""What agents did, from Request Tracker's transactions in the order of their numbers."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from ticket_bridge.change import AssigneeChanged, ChangePage, NoteAdded, StateChanged, TicketChange, What
from ticket_bridge.port import DoubtfulError, RefusedError
from ticket_bridge.systems.rt_config import RtConfig
from ticket_bridge.systems.rt_read import NAME, Case, RtReader, sql, user_of
from ticket_bridge.systems.rt_wire import Json, RtWire
from ticket_bridge.systems.rt_words import as_text
from ticket_bridge.ticket import TicketState, Visibility

REMEMBERED = 20  # a transaction may become visible after one with a higher number: so far back they are asked for again
PAGE = 15  # changes in one page: each may cost three requests, and all must end within the bridge's time limit
LONGEST_NOTE = 50_000  # characters
LARGEST_TEXT = 1_000_000  # bytes
RT_ITSELF = "RT_System"
FIELDS = "Type,Field,OldValue,NewValue,Created,Creator,ObjectId"
_CURSOR = re.compile(rf"[0-9]{{1,18}}(?:\.[0-9]{{1,18}}){{0,{REMEMBERED}}}")


@dataclass(frozen=True, slots=True)
class Place:
    """How far has been read: everything up to `base`, and of what follows the transactions `seen`."""

    base: int = 0
    seen: tuple[int, ...] = ()

    def unread(self, numbers: list[int]) -> tuple[int, ...]:
        """Take the next page of what stands after `base`."""
        return tuple(number for number in sorted(numbers) if number > self.base and number not in self.seen)[:PAGE]

    def after(self, numbers: tuple[int, ...]) -> Place:
        """Give the place after these too."""
        known = sorted({*self.seen, *numbers})
        old, kept = known[:-REMEMBERED], known[-REMEMBERED:]
        return Place(max([self.base, *old]), tuple(kept))

    def __str__(self) -> str:
        """Write it as a cursor."""
        return ".".join(map(str, (self.base, *self.seen)))


def place_of(cursor: str | None) -> Place:
    """Read a cursor. Raises RefusedError for one that was never given out."""
    if cursor is None:
        return Place()
    if not _CURSOR.fullmatch(cursor):
        raise RefusedError("the cursor was not given out for Request Tracker; leave it out to start from the beginning")
    base, *seen = map(int, cursor.split("."))
    return Place(base, tuple(seen))


async def next_page(reader: RtReader, wire: RtWire, config: RtConfig, cursor: str | None) -> ChangePage:
    """Give the next changes of the tickets our account opened."""
    place = place_of(cursor)
    query = (
        f"ObjectType = 'RT::Ticket' AND TicketCreator = '{sql(config.account)}' AND id > {place.base}"
        " AND ( Type = 'Correspond' OR Type = 'Status' OR ( Field = 'Owner' AND Type != 'SetWatcher' ) )"
    )
    names = {"fields[Creator]": "Name,RealName"}
    items = await wire.get_all("/transactions", query=query, orderby="id", fields=FIELDS, **names)
    found = {_number(item): item for item in items}
    unread = place.unread(list(found))
    news = _News(reader, wire, config)
    changes = [await news.change(found[number]) for number in unread]
    return ChangePage(tuple(c for c in changes if c), str(place.after(unread)))


class _News:
    """Makes changes of transactions, and asks for each ticket and each person once."""

    def __init__(self, reader: RtReader, wire: RtWire, config: RtConfig) -> None:
        self._reader = reader
        self._wire = wire
        self._config = config
        self._cases: dict[str, Case | None] = {}
        self._people: dict[str, str] = {}

    async def change(self, item: dict[str, Json]) -> TicketChange | None:
        ticket = str(item.get("ObjectId", ""))
        if ticket not in self._cases:
            self._cases[ticket] = await self._case(ticket)
        case = self._cases[ticket]
        what = await self._what(item, case) if case else None
        if case is None or what is None:
            return None
        return TicketChange(
            change_id=f"{NAME}:{_number(item)}",
            ref=self._reader.ref(ticket),
            handoff_id=case.handoff_id,
            at=_time(item),
            author=_author(item),
            own=user_of(item).casefold() == self._config.account.casefold(),
            what=what,
        )

    async def _case(self, ticket: str) -> Case | None:
        try:
            return await self._reader.case(ticket)
        except RefusedError:  # moved to where our account sees nothing: no longer a matter of ours
            return None

    async def _what(self, item: dict[str, Json], of: Case) -> What | None:
        match item.get("Type"):
            case "Correspond" if user_of(item).casefold() in of.requesters:
                return None  # the requester's own mail to RT is no answer to them
            case "Correspond":
                text = await self._text(_number(item))
                return NoteAdded(text, Visibility.PUBLIC) if text else None
            case "Status":
                return self._moved(item)
            case _:
                return AssigneeChanged(await self._person(str(item.get("NewValue", ""))))

    def _moved(self, item: dict[str, Json]) -> StateChanged | None:
        before, after = (self._config.state_of(str(item.get(name, ""))) for name in ("OldValue", "NewValue"))
        by_a_reply = user_of(item) == RT_ITSELF and before is TicketState.NEW and after is TicketState.IN_PROGRESS
        # RT opens a new ticket by itself when somebody answers on it: the answer is the news
        return StateChanged(after) if after and not by_a_reply else None

    async def _person(self, number: str) -> str:
        if number not in self._people:
            self._people[number] = await self._reader.user_shown(number) if number.isdigit() else ""
        return self._people[number]

    async def _text(self, transaction: int) -> str:
        """Read what was written: the plain text where there is one, else the words of the HTML."""
        fields = "ContentType,ContentLength,Filename"
        parts = await self._wire.get_all(f"/transaction/{transaction}/attachments", fields=fields)
        texts = {str(one.get("ContentType")): str(one.get("id")) for one in reversed(parts) if _is_text(one)}
        plain, page = texts.get("text/plain"), texts.get("text/html")
        if not (plain or page):
            return ""
        content = _decoded(await self._wire.get(f"/attachment/{plain or page}"))
        return (content.strip() if plain else as_text(content))[:LONGEST_NOTE]


def _is_text(part: dict[str, Json]) -> bool:
    """Tell a text from a file, and from one so large that asking for it would stop all that comes after it."""
    size = str(part.get("ContentLength") or "0")
    return not part.get("Filename") and size.isdigit() and len(size) < len(str(LARGEST_TEXT))


def _decoded(attachment: Json) -> str:
    try:
        return base64.b64decode(str(attachment["Content"])).decode("utf-8", "replace")
    except (KeyError, TypeError, binascii.Error):
        return ""


def _number(item: dict[str, Json]) -> int:
    number = str(item.get("id", ""))
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise DoubtfulError("the ticket server gave a transaction without a number")
    return int(number)


def _author(item: dict[str, Json]) -> str:
    creator = item.get("Creator")
    creator = creator if isinstance(creator, dict) else {}
    return str(creator.get("RealName") or creator.get("Name") or creator.get("id") or "")[:200]


def _time(item: dict[str, Json]) -> datetime:
    try:
        return datetime.fromisoformat(str(item.get("Created")))
    except ValueError:
        raise DoubtfulError("the ticket server gave a transaction without a time") from None
