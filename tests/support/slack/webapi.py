"""The Web API's front: tokens, scopes and faults, before a method is asked."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from tests.support.slack.calls import Call, Method, read_call
from tests.support.slack.methods import assistant, auth, chat, conversations, files, reactions, stream, users, views
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.world import World

FAMILIES = (assistant, auth, chat, conversations, files, reactions, stream, users, views)


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, world: World, socket_address: Callable[[], str]) -> None:
        self.world = world
        self.methods: dict[str, Method] = {
            name: method for family in FAMILIES for name, method in family.METHODS.items()
        }
        self.methods["apps.connections.open"] = Method(lambda world, call: {"url": socket_address()}, token="app")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call; what happens to it may be a fault that a test ordered."""
        world, name = self.world, request.match_info["method"]
        if world.faults.slow:
            await asyncio.sleep(world.faults.slow)
        method = self.methods.get(name)
        try:
            call = await read_call(request, method is not None and method.takes_json)
            with world.lock:
                body = self.perform(method, call)
                is_lost = world.faults.take(world.faults.lost, name)
        except RefusalError as refused:
            return web.json_response(refused.answer(), status=refused.status, headers=refused.headers)
        if is_lost and request.transport is not None:
            request.transport.abort()
        return web.json_response({"ok": True, **body}, headers=self.headers(method))

    def headers(self, method: Method | None) -> dict[str, str]:
        """What Slack says of scopes beside each answer."""
        needed = method.scopes if method else ()
        return {"x-oauth-scopes": ",".join(sorted(self.world.app.scopes)), "x-accepted-oauth-scopes": ",".join(needed)}

    def perform(self, method: Method | None, call: Call) -> Json:
        """Do it, or raise RefusalError."""
        world = self.world
        world.calls.append((call.method, call.args))
        world.changed()
        if world.faults.take(world.faults.floods, call.method):
            after = str(world.faults.retry_after)
            raise RefusalError("ratelimited", status=429, headers={"Retry-After": after})
        if method is None:
            raise RefusalError("unknown_method", req_method=call.method)
        if planned := world.faults.broken.get(call.method):
            raise RefusalError(planned.pop(0))
        self.let(method, call)
        body = method.answer(world, call)
        world.changed()
        return body

    def let(self, method: Method, call: Call) -> None:
        """Judge the token and the scopes. Raises RefusalError."""
        if method.token is None:
            return
        app, now = self.world.app, self.world.clock.now()
        if not call.token:
            raise RefusalError("not_authed")
        token = app.tokens.get(call.token)
        if token is None:
            raise RefusalError("invalid_auth")
        if token.kind != method.token:
            raise RefusalError("not_allowed_token_type")
        if token.revoked:
            raise RefusalError("token_revoked")
        if token.expires is not None and token.expires < now:
            raise RefusalError("token_expired")
        if method.scopes and not app.scopes.intersection(method.scopes):
            provided = ",".join(sorted(app.scopes))
            raise RefusalError("missing_scope", needed=method.scopes[0], provided=provided)
