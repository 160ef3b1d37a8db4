"""The other addresses of the platform: response_urls, uploads and downloads."""

import json

from aiohttp import web

from tests.support.slack import talk
from tests.support.slack.blocks.check import check_message
from tests.support.slack.methods.chat import LONE
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message
from tests.support.slack.screens import HOOK_LIFE, HOOK_USES
from tests.support.slack.surfaces import Hook
from tests.support.slack.world import World

SIGN_IN = (
    "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to your workspace</body></html>"
)
MOST_UPLOAD = 100 * 1024**2


class Doors:
    """Handlers of these addresses."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes of a file, bare or as the field of a form; their number was announced."""
        if request.content_type == "multipart/form-data":
            parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            content = parts[0].file.read() if parts else b""
        else:
            content = await request.read()
        with self.world.lock:
            file = self.world.files.get(request.match_info["file"])
            if file is None or file.uploaded or file.size != len(content):
                return web.Response(status=400, text="bad upload")
            file.content, file.uploaded = content, True
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """Give the bytes to who shows the app's token; all others get a sign-in page, with status 200."""
        world = self.world
        with world.lock:
            scheme, _, given = request.headers.get("Authorization", "").partition(" ")
            file = world.files.get(request.match_info["file"].partition("-")[2])
            if scheme.lower() != "bearer" or not self.opens(given):
                return web.Response(text=SIGN_IN, content_type="text/html")
            if file is None or not file.uploaded:
                return web.Response(status=404, text="not found")
            return web.Response(body=file.content, content_type=file.mimetype)

    def opens(self, given: str) -> bool:
        """Tell whether that token opens files."""
        token = self.world.app.tokens.get(given)
        if token is None or token.kind != "bot" or token.revoked or "files:read" not in self.world.app.scopes:
            return False
        return token.expires is None or token.expires > self.world.clock.now()

    async def respond(self, request: web.Request) -> web.Response:
        """Take an answer to an interaction at its response_url."""
        world = self.world
        with world.lock:
            hook = world.hooks.get(request.match_info["ref"])
            try:
                body = json.loads(await request.text())
                if hook is None or world.clock.now() - hook.born > HOOK_LIFE or hook.uses >= HOOK_USES:
                    raise RefusalError("expired_url", status=404)
                hook.uses += 1
                answer_hook(world, hook, body)
            except ValueError:
                return web.json_response({"ok": False, "error": "invalid_payload"}, status=500)
            except RefusalError as refused:
                return web.json_response(refused.answer(), status=404 if refused.status == 404 else 500)
            world.changed()
        return web.Response(text="ok")


def answer_hook(world: World, hook: Hook, body: Json) -> None:
    """Post, replace or delete, as the app answered. Raises RefusalError."""
    room = world.rooms[hook.room]
    original = next((each for each in room.messages if each.ts == hook.message), None)
    if body.get("delete_original"):
        if original is not None:
            talk.take_back(world, room, original)
        return
    text, blocks = LONE.sub("&amp;", str(body.get("text") or "")), body.get("blocks") or []
    if not text and not blocks:
        raise RefusalError("no_text")
    check_message(blocks)
    if body.get("replace_original") and original is not None:
        talk.change(world, room, original, world.app.bot_user, text=text, blocks=blocks)
        return
    hidden = body.get("response_type") != "in_channel"
    message = Message(
        room.id, world.clock.stamp(), world.app.bot_user, text, blocks, thread=body.get("thread_ts"), by_app=True,
        ephemeral_to=hook.user if hidden else None,
    )  # fmt: skip
    talk.post(world, room, message)
