"""The wall around the pages of the desk: who may come in, in which language they read, and the closed door."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from bot.console.keys import SESSION_LIFE, DeskKeys
from bot.console.language import KNOWN, page_language
from bot.console.names import Names
from bot.console.pages import templates
from bot.console.views import Reader
from bot.dialog.playbook import Playbook
from bot.ports.clock import Clock

COOKIE = "guichet_desk"
WITHIN = ("/desk", "/kb")  # the session's cookie goes to these pages, and to no other


@dataclass(frozen=True, slots=True)
class Door:
    """Lets in who has a session. `playbook` gives the names of topics, teams and articles; `secure`: https alone."""

    keys: DeskKeys
    clock: Clock
    playbook: Callable[[], Playbook] = field(default=Playbook)
    zone: tzinfo = UTC
    desk_name: str = "Support"
    secure: bool = False
    _templates: Jinja2Templates = field(default_factory=templates)

    def reader(self, request: Request) -> Reader | None:
        """Tell who reads; None for whoever has no session. A language in the address is remembered."""
        asked = request.query_params.get("lang", "")
        now = self.clock.now()
        session = self.keys.session(request.cookies.get(COOKIE, ""), now, asked if asked in KNOWN else "")
        if session is None:
            return None
        return Reader(session.lang or page_language(request), self.zone, now, Names(self.playbook()))

    def let_in(self, answer: Response, session: str) -> None:
        """Give the browser its session."""
        for path in WITHIN:
            answer.set_cookie(
                COOKIE,
                session,
                max_age=int(SESSION_LIFE.total_seconds()),
                path=path,
                secure=self.secure,
                httponly=True,
                samesite="strict",
            )

    def let_out(self, request: Request, answer: Response) -> None:
        """End the session, here and in the browser."""
        self.keys.close_session(request.cookies.get(COOKIE, ""))
        for path in WITHIN:
            answer.delete_cookie(COOKIE, path=path, secure=self.secure, httponly=True, samesite="strict")

    def closed(self, request: Request) -> Response:
        """Show the closed door."""
        return self.page(request, "desk/closed.html", {}, 401)

    def page(
        self, request: Request, name: str, values: Mapping[str, object], status: int = 200, lang: str = ""
    ) -> Response:
        """Show a page, which no cache keeps."""
        context = {"lang": lang or page_language(request), "desk_name": self.desk_name, **values}
        return self._templates.TemplateResponse(
            request, name, context, status_code=status, headers={"Cache-Control": "no-store"}
        )
