"""The web application, put together from what it is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from starlette.middleware.cors import CORSMiddleware

from bot.console.desk import DeskDoors, desk_routes
from bot.console.headers import SecurityHeaders
from bot.console.knowledge import KnowledgeDoors, knowledge_routes
from bot.console.pages import PublicDoors, public_routes

CHAT_HEADERS = ("Authorization", "Content-Type", "Last-Event-ID", "X-Message-Id", "X-File-Name", "X-Lang")


@dataclass(frozen=True, slots=True)
class ConsoleDoors:
    """What the pages need of the house.

    `channels`: routes of channels that answer over HTTP (the web chat).
    `origins`: other sites whose pages may carry the widget, such as "https://intranet.example.org".
    """

    public: PublicDoors
    desk: DeskDoors
    knowledge: KnowledgeDoors
    channels: Sequence[APIRouter] = ()
    origins: tuple[str, ...] = ()


def build(doors: ConsoleDoors) -> FastAPI:
    """Make the application. It serves nothing but these pages: no schema, no documentation of itself."""
    app = FastAPI(title="Guichet", docs_url=None, redoc_url=None, openapi_url=None)
    own = public_routes(doors.public), desk_routes(doors.desk), knowledge_routes(doors.knowledge)
    for routes in (*doors.channels, *own):
        app.include_router(routes)
    if doors.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=list(doors.origins), allow_methods=["GET", "POST"], allow_headers=CHAT_HEADERS
        )
    app.add_middleware(SecurityHeaders, secure=doors.desk.door.secure)
    return app
