"""A provider's token endpoint, as strict as the strictest: one client, and refresh tokens that are good once."""

import asyncio
import json
import secrets
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.channels.email.tokens import Grant
from tests.support.daemon import HOST


@dataclass
class Provider:
    """`issue` makes an access token; `asked` keeps the forms that came. `client_secret` None: a public client."""

    issue: Callable[[], str]
    client_id: str = "desk"
    client_secret: str | None = "s3cret"
    seconds: float = 3600.0
    scope: str = "https://mail.example/ offline_access"
    rotates: bool = True
    refresh: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    troubles: list[tuple[int, bytes]] = field(default_factory=list)  # answers instead of the next ones
    url: str = ""
    slow: asyncio.Event | None = None  # answers wait for it

    def consent(self) -> str:
        """A person consents: an authority for as long as it is renewed."""
        self.refresh = f"1//{secrets.token_urlsafe(24)}"
        return self.refresh

    def grant(self, folder: Path) -> Grant:
        """What an operator would set up, with the secrets in files."""
        secret, refresh = folder / "client.secret", folder / "refresh.token"
        secret.write_text(self.client_secret or "")
        refresh.write_text(self.consent())
        return Grant(
            self.url, self.client_id, self.scope, secret.read_text if self.client_secret else None, refresh.read_text
        )

    async def answer(self, request: web.Request) -> web.Response:
        """Check a request as RFC 6749 has it, and answer."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        if self.slow:
            await self.slow.wait()
        if self.troubles:
            status, body = self.troubles.pop(0)
            return web.Response(status=status, body=body, content_type="application/json")
        error = self._fault(form)
        if error:
            return web.json_response({"error": error}, status=401 if error == "invalid_client" else 400)
        told = {"access_token": self.issue(), "token_type": "Bearer", "expires_in": int(self.seconds)}
        if self.rotates and form["grant_type"] == "refresh_token":
            told["refresh_token"] = self.consent()
        return web.Response(text=json.dumps(told), content_type="application/json")

    def _fault(self, form: dict[str, str]) -> str:
        wanted = {"client_id": self.client_id, **({"client_secret": self.client_secret} if self.client_secret else {})}
        if {name: value for name, value in form.items() if name.startswith("client_")} != wanted:
            return "invalid_client"
        if form.get("scope", self.scope) != self.scope:
            return "invalid_scope"
        match form.get("grant_type"):
            case "client_credentials":
                return "invalid_request" if "refresh_token" in form else ""
            case "refresh_token" if form.get("refresh_token") == self.refresh != "":
                return ""
            case "refresh_token":
                self.refresh = ""  # one that was used before has been stolen: all that came of it is void
                return "invalid_grant"
            case _:
                return "unsupported_grant_type"


@asynccontextmanager
async def open_provider(provider: Provider, certificates: Path | None = None) -> AsyncIterator[Provider]:
    """The endpoint, at work until left; by TLS where a folder with cert.pem and key.pem is given."""
    app = web.Application()
    app.router.add_post("/token", provider.answer)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    context = None
    if certificates:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificates / "cert.pem", certificates / "key.pem")
    try:
        site = web.TCPSite(runner, HOST, 0, ssl_context=context)
        await site.start()
        port = runner.addresses[0][1]
        provider.url = f"http{'s' if certificates else ''}://{HOST}:{port}/token"
        yield provider
    finally:
        await runner.cleanup()
