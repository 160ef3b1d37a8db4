"""Web API: messages that grow while people read them."""

from tests.support.slack import talk
from tests.support.slack.blocks.check import MARKDOWN, check_message
from tests.support.slack.calls import Call, Method
from tests.support.slack.methods.chat import WRITE, metadata_of, own_message, room_to_write, thread_to_write
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room
from tests.support.slack.world import World


def start(world: World, call: Call) -> Json:
    """chat.startStream"""
    room = room_to_write(world, call.need("channel"))
    thread = thread_to_write(room, call.need("thread_ts"))
    if room.kind != "im" and not (call.text("recipient_user_id") and call.text("recipient_team_id")):
        raise RefusalError("missing_recipient_user_id")
    message = Message(
        room.id, world.clock.stamp(), world.app.bot_user, chunk(call), thread=thread, by_app=True, streaming=True
    )
    talk.post(world, room, message)
    return {"channel": room.id, "ts": message.ts}


def chunk(call: Call) -> str:
    """The next piece. Raises RefusalError."""
    text = call.text("markdown_text")
    if len(text) > MARKDOWN:
        raise RefusalError("msg_too_long")
    return text


def growing(world: World, call: Call) -> tuple[Room, Message]:
    """A message that is not closed yet. Raises RefusalError."""
    room, message = own_message(world, call, "message_not_owned_by_app")
    if not message.streaming:
        raise RefusalError("message_not_in_streaming_state")
    return room, message


def append(world: World, call: Call) -> Json:
    """chat.appendStream"""
    room, message = growing(world, call)
    call.need("markdown_text")
    talk.change(world, room, message, world.app.bot_user, shows=False, text=message.text + chunk(call))
    return {"channel": room.id, "ts": message.ts}


def stop(world: World, call: Call) -> Json:
    """chat.stopStream"""
    room, message = growing(world, call)
    blocks = call.blocks() or []
    check_message(blocks)
    whole = message.text + chunk(call)
    new: Json = {"text": whole, "blocks": blocks, "streaming": False, "metadata": metadata_of(call) or message.metadata}
    talk.change(world, room, message, world.app.bot_user, shows=False, **new)
    return {"channel": room.id, "ts": message.ts}


METHODS = {
    "chat.startStream": Method(start, WRITE),
    "chat.appendStream": Method(append, WRITE),
    "chat.stopStream": Method(stop, WRITE),
}
