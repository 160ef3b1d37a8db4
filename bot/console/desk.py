"""The desk: conversations and tickets, closed to strangers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.door import Door
from bot.console.dossier import dossier
from bot.console.views import Reader, row, turns
from bot.console.words import CHANNELS, LANGUAGES, OWNERS, told
from bot.dialog.events import AgentSaid, PersonSaid, TicketChanged
from bot.ports.desk import DeskReader, Dossier
from bot.ports.files import Files

FORM_LIMIT = 4_096  # bytes
AT_ONCE = 60  # conversations in the list


@dataclass(frozen=True, slots=True)
class DeskDoors:
    """What the desk needs."""

    door: Door
    reader: DeskReader
    files: Files


def desk_routes(doors: DeskDoors) -> APIRouter:
    """Give the routes under /desk."""
    desk = Desk(doors)
    routes = APIRouter(prefix="/desk", include_in_schema=False)
    routes.add_api_route("", desk.listing, methods=["GET"])
    routes.add_api_route("/login", desk.ask, methods=["GET"])
    routes.add_api_route("/login", desk.enter, methods=["POST"])
    routes.add_api_route("/logout", desk.leave, methods=["POST"])
    routes.add_api_route("/conversations/{number}", desk.conversation, methods=["GET"])
    routes.add_api_route("/conversations/{number}/files/{ref}", desk.file, methods=["GET"])
    return routes


class Desk:
    """Shows the desk to those who have a session, and a closed door to everyone else."""

    def __init__(self, doors: DeskDoors) -> None:
        self._doors = doors
        self._door = doors.door

    async def ask(self, request: Request) -> Response:
        """Ask before a link is used: a mail program that looks at it must not burn it."""
        token = request.query_params.get("token", "")
        known = self._door.keys.known_link(token, self._door.clock.now())
        return self._page(request, "desk/login.html", {"token": token if known else ""}, 200 if known else 403)

    async def enter(self, request: Request) -> Response:
        """Use a link up and open a session."""
        token = await _field(request, "token")
        session = self._door.keys.open_session(token, self._door.clock.now()) if _ours(request) else ""
        if not session:
            return self._page(request, "desk/login.html", {"token": ""}, 403)
        answer = RedirectResponse("/desk", 303)
        self._door.let_in(answer, session)
        return answer

    async def leave(self, request: Request) -> Response:
        """End the session."""
        answer = RedirectResponse("/desk", 303)
        if _ours(request):
            self._door.let_out(request, answer)
        return answer

    async def listing(self, request: Request) -> Response:
        """Show the list of conversations."""
        reader = self._door.reader(request)
        if reader is None:
            return self._door.closed(request)
        return self._page(request, "desk/list.html", await self._queue(request, reader), lang=reader.lang)

    async def conversation(self, request: Request, number: str) -> Response:
        """Show one conversation beside the list."""
        reader = self._door.reader(request)
        if reader is None:
            return self._door.closed(request)
        found = await asyncio.to_thread(self._doors.reader.dossier, number)
        queue = await self._queue(request, reader)
        if found is None:
            return self._page(request, "desk/list.html", {**queue, "missing": number}, 404, reader.lang)
        told_of = {
            "one": row(found.standing, reader),
            "turns": turns(found, reader),
            "dossier": dossier(found.standing, reader),
            "older": found.older,
        }
        return self._page(request, "desk/conversation.html", {**queue, **told_of}, lang=reader.lang)

    async def file(self, request: Request, number: str, ref: str) -> Response:
        """Give a file of a conversation, always to be saved, never to be shown or run by the browser."""
        if self._door.reader(request) is None:
            return self._door.closed(request)
        found = await asyncio.to_thread(self._doors.reader.dossier, number)
        name = _file_name(found, ref) if found else ""
        try:
            content = await asyncio.to_thread(self._doors.files.get, ref) if name else b""
        except KeyError:
            name = ""
        if not name:
            return Response(status_code=404)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        }
        return Response(content, media_type="application/octet-stream", headers=headers)

    async def _queue(self, request: Request, reader: Reader) -> dict[str, object]:
        owner = request.query_params.get("owner", "")
        owner = owner if owner in OWNERS else ""
        before = _moment(request.query_params.get("before", ""))
        counts = await asyncio.to_thread(self._doors.reader.count)
        found = await asyncio.to_thread(self._doors.reader.recent, owner, before, AT_ONCE + 1)
        shown = found[:AT_ONCE]
        tabs = [
            (code, told(OWNERS, code, reader.lang), counts.get(code, 0) if code else sum(counts.values()))
            for code in OWNERS
        ]
        older = shown[-1].updated_at.isoformat() if len(found) > AT_ONCE else ""
        return {"rows": [row(one, reader) for one in shown], "tabs": tabs, "owner": owner, "older_than": older}

    def _page(
        self, request: Request, name: str, values: Mapping[str, object], status: int = 200, lang: str = ""
    ) -> Response:
        words = {"channels": CHANNELS, "languages": LANGUAGES, "told": told}
        return self._door.page(request, name, {**words, **values}, status, lang)


def _file_name(found: Dossier, ref: str) -> str:
    with_files = PersonSaid | AgentSaid | TicketChanged
    files = (one for turn in found.turns if isinstance(turn.event, with_files) for one in turn.event.files)
    return next((one.name or one.ref for one in files if one.ref == ref), "")


def _ours(request: Request) -> bool:
    """Whether a form was sent from our own page, as far as the browser tells."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


async def _field(request: Request, name: str) -> str:
    """Read one field of a small form."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > FORM_LIMIT:
            return ""
    return parse_qs(body.decode("ascii", "replace")).get(name, [""])[0]


def _moment(told_moment: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told_moment)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
