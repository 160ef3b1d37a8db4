"""Web API: messages."""

import re

from tests.support.slack import talk
from tests.support.slack.blocks.check import MARKDOWN, check_message
from tests.support.slack.calls import Call, Method
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room
from tests.support.slack.shapes import message_of
from tests.support.slack.world import World

MOST_TEXT = 40_000
LONE = re.compile(r"&(?!amp;|lt;|gt;)")


def room_to_write(world: World, ref: str) -> Room:
    """The room that the app may write to; a person's id means the direct message. Raises RefusalError."""
    if ref.startswith(("U", "W")):
        if ref not in world.people:
            raise RefusalError("channel_not_found")
        return world.direct(ref)
    named = next((room for room in world.rooms.values() if ref == f"#{room.name}"), None)
    room = world.room(named.id if named else ref)
    if room.archived:
        raise RefusalError("is_archived")
    is_open = room.kind == "channel" and "chat:write.public" in world.app.scopes
    if world.app.bot_user not in room.members and not is_open:
        raise RefusalError("not_in_channel")
    return room


def thread_to_write(room: Room, ts: str) -> str | None:
    """The thread of that name. Raises RefusalError."""
    if not ts:
        return None
    if room.find(ts) is None:
        raise RefusalError("thread_not_found")
    return ts


def words_of(call: Call) -> tuple[str, list[Json] | None, list[Json] | None]:
    """Text, blocks and attachments, judged. Raises RefusalError."""
    text, blocks = call.text("text"), call.blocks()
    attachments: list[Json] | None = None
    if call.args.get("attachments") is not None:
        attachments = call.parsed("attachments", [], "invalid_attachments")
    if markdown := call.text("markdown_text"):
        if text or blocks:
            raise RefusalError("markdown_text_conflict")
        if len(markdown) > MARKDOWN:
            raise RefusalError("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    if not text.strip() and not blocks and not attachments:
        raise RefusalError("no_text")
    if len(text) > MOST_TEXT:
        raise RefusalError("msg_too_long")
    check_message(blocks or [])
    return LONE.sub("&amp;", text), blocks, attachments


def metadata_of(call: Call) -> Json | None:
    """What the app hides in the message for itself. Raises RefusalError."""
    metadata: Json = call.parsed("metadata", {}, "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise RefusalError("invalid_metadata_schema")
    return metadata


def written(world: World, call: Call, room: Room) -> Message:
    """The app's message, judged but not yet posted. Raises RefusalError."""
    text, blocks, attachments = words_of(call)
    thread = thread_to_write(room, call.text("thread_ts"))
    return Message(
        room.id, world.clock.stamp(), world.app.bot_user, text, blocks or [], attachments or [], thread=thread,
        by_app=True, metadata=metadata_of(call),
    )  # fmt: skip


def post_message(world: World, call: Call) -> Json:
    """chat.postMessage"""
    room = room_to_write(world, call.need("channel"))
    message = written(world, call, room)
    if call.flag("reply_broadcast") and message.thread:
        message.subtype = "thread_broadcast"
    linked = call.flag("link_names") or call.text("parse") == "full"
    talk.post(world, room, message, linked)
    return {"channel": room.id, "ts": message.ts, "message": message_of(world, message)}


def post_ephemeral(world: World, call: Call) -> Json:
    """chat.postEphemeral"""
    room, user = room_to_write(world, call.need("channel")), call.need("user")
    if user not in room.members:
        raise RefusalError("user_not_in_channel")
    message = written(world, call, room)
    message.ephemeral_to = user
    talk.post(world, room, message)
    return {"message_ts": message.ts}


def own_message(world: World, call: Call, error: str) -> tuple[Room, Message]:
    """A message of the app's own. Raises RefusalError."""
    room = world.room(call.need("channel"))
    message = world.message(room, call.need("ts"))
    if not message.by_app or message.subtype == "tombstone":
        raise RefusalError(error)
    return room, message


def update(world: World, call: Call) -> Json:
    """chat.update: new text without blocks takes the old blocks away, and only such a change shows as edited"""
    room, message = own_message(world, call, "cant_update_message")
    text, blocks, attachments = words_of(call)
    new: Json = {"text": text or message.text}
    if blocks is not None or text:
        new["blocks"] = blocks or []
    if attachments is not None:
        new["attachments"] = attachments
    if metadata := metadata_of(call):
        new["metadata"] = metadata
    talk.change(world, room, message, world.app.bot_user, shows=not blocks, **new)
    return {"channel": room.id, "ts": message.ts, "text": message.text, "message": message_of(world, message)}


def delete(world: World, call: Call) -> Json:
    """chat.delete"""
    room, message = own_message(world, call, "cant_delete_message")
    talk.take_back(world, room, message)
    return {"channel": room.id, "ts": message.ts}


def permalink(world: World, call: Call) -> Json:
    """chat.getPermalink"""
    room = world.room(call.need("channel"))
    message = world.message(room, call.need("message_ts"))
    link = f"https://{world.domain}.slack.com/archives/{room.id}/p{message.ts.replace('.', '')}"
    if message.thread and message.thread != message.ts:
        link += f"?thread_ts={message.thread}&cid={room.id}"
    return {"channel": room.id, "permalink": link}


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, WRITE),
    "chat.postEphemeral": Method(post_ephemeral, WRITE),
    "chat.update": Method(update, WRITE),
    "chat.delete": Method(delete, WRITE),
    "chat.getPermalink": Method(permalink, takes_json=False),
}
