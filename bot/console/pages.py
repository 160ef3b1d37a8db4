"""The pages anyone may see: the chat, the widget, the privacy notice, and whether the house is well."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from bot.console.language import page_language
from bot.console.privacy import Notice

STATIC_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
TEMPLATES = Path(str(resources.files("bot.console"))) / "templates"

STARTERS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "Mon VPN ne se connecte plus",
        "Je n’arrive plus à ouvrir ma session",
        "L’imprimante ne sort plus rien",
    ),
    "en": ("My VPN no longer connects", "I can’t sign in any more", "The printer prints nothing"),
}


@dataclass(frozen=True, slots=True)
class PublicDoors:
    """What the public pages need. `widget` is the chat's script; `well` tells whether the house can do its work."""

    widget: str
    desk_name: str = "Support"
    languages: tuple[str, ...] = ("fr", "en")
    notice: Notice = field(default_factory=Notice)
    starters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: STARTERS)
    well: Callable[[], bool] = field(default=lambda: True)


def templates() -> Jinja2Templates:
    """Give the templates; everything put into them is escaped."""
    return Jinja2Templates(directory=TEMPLATES)


def public_routes(doors: PublicDoors) -> APIRouter:
    """Give the routes that are open to everyone."""
    pages = Pages(doors)
    routes = APIRouter(include_in_schema=False)
    routes.add_api_route("/", pages.chat, methods=["GET"])
    routes.add_api_route("/widget.js", pages.widget, methods=["GET"])
    routes.add_api_route("/privacy", pages.privacy, methods=["GET"])
    routes.add_api_route("/healthz", pages.health, methods=["GET"])
    routes.add_api_route("/static/{name}", pages.static, methods=["GET"])
    return routes


class Pages:
    """Shows them."""

    def __init__(self, doors: PublicDoors) -> None:
        self._doors = doors
        self._templates = templates()
        self._widget = _Kept(doors.widget.encode(), "text/javascript")
        self._static = _static_files()

    async def chat(self, request: Request) -> Response:
        """Show the page with the chat in it."""
        starters = json.dumps({lang: list(lines) for lang, lines in self._doors.starters.items()}, ensure_ascii=False)
        return self._page(request, "chat.html", {"starters": starters})

    async def privacy(self, request: Request) -> Response:
        """Show the privacy notice."""
        return self._page(request, "privacy.html", {"notice": self._doors.notice})

    async def widget(self, request: Request) -> Response:
        """Give the widget's script, to any page that asks for it."""
        return self._widget.answer(request, {"Cross-Origin-Resource-Policy": "cross-origin"})

    async def static(self, request: Request, name: str) -> Response:
        """Give one of our own style sheets, scripts or pictures."""
        kept = self._static.get(name)
        return kept.answer(request) if kept else Response(status_code=404)

    async def health(self) -> Response:
        """Tell a monitor whether the house can do its work."""
        well = await asyncio.to_thread(self._doors.well)
        return JSONResponse({"status": "ok" if well else "fault"}, status_code=200 if well else 503)

    def _page(self, request: Request, name: str, values: Mapping[str, object]) -> Response:
        lang = page_language(request, self._doors.languages)
        context = {"lang": lang, "languages": self._doors.languages, "desk_name": self._doors.desk_name, **values}
        return self._templates.TemplateResponse(request, name, context, headers={"Vary": "Accept-Language"})


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file held in memory; browsers ask whether theirs is still the same."""

    content: bytes
    type: str

    def answer(self, request: Request, headers: Mapping[str, str] | None = None) -> Response:
        tag = f'"{sha256(self.content).hexdigest()[:24]}"'
        told = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=told)
        return Response(self.content, media_type=self.type, headers=told)


def _static_files() -> dict[str, _Kept]:
    folder = resources.files("bot.console") / "static"
    return {
        item.name: _Kept(item.read_bytes(), STATIC_TYPES[Path(item.name).suffix])
        for item in folder.iterdir()
        if Path(item.name).suffix in STATIC_TYPES
    }
