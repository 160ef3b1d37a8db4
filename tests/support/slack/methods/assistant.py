"""Web API: assistant threads."""

from tests.support.slack import events, talk
from tests.support.slack.calls import Call, Method
from tests.support.slack.refusal import Json, RefusalError, refused_with
from tests.support.slack.surfaces import Assistant
from tests.support.slack.world import World

MOST_PROMPTS = 4


def thread(world: World, call: Call, must_be_assistant: bool = True) -> Assistant:
    """The assistant thread meant; a status may also be shown in a channel's thread. Raises RefusalError."""
    room = world.room(call.need("channel_id"))
    ts = call.need("thread_ts")
    found = world.assistants.get((room.id, ts))
    if found is None and not must_be_assistant and room.find(ts):
        found = world.assistants[room.id, ts] = Assistant("", {})
    if found is None:
        raise RefusalError("invalid_thread_ts")
    return found


def set_status(world: World, call: Call) -> Json:
    """assistant.threads.setStatus: an empty one takes it away"""
    status = call.args.get("status")
    if not isinstance(status, str):
        raise refused_with("invalid_arguments", ["missing required field: status"])
    thread(world, call, must_be_assistant=False).status = status
    return {}


def set_title(world: World, call: Call) -> Json:
    """assistant.threads.setTitle"""
    found, title = thread(world, call), call.need("title")
    room = world.rooms[call.need("channel_id")]
    found.title = title
    if root := room.find(call.need("thread_ts")):
        talk.change(
            world, room, root, world.app.bot_user, shows=False, extra={"assistant_app_thread": {"title": title}}
        )
    return {}


def set_prompts(world: World, call: Call) -> Json:
    """assistant.threads.setSuggestedPrompts"""
    prompts: list[Json] = call.parsed("prompts", [], "invalid_arguments")
    if not 1 <= len(prompts) <= MOST_PROMPTS:
        raise refused_with("invalid_arguments", ["no more than 4 items allowed [json-pointer:/prompts]"])
    if any(set(prompt) != {"title", "message"} for prompt in prompts):
        raise refused_with("invalid_arguments", ["missing required field: title or message [json-pointer:/prompts]"])
    found = thread(world, call)
    found.prompts, found.prompts_title = prompts, call.text("title")
    return {}


def started(world: World, person: str, room: str, ts: str, context: Json, kind: str) -> None:
    """Tell the app that somebody opened an assistant thread, or looks at another channel meanwhile."""
    event = {
        "type": kind, "event_ts": world.clock.stamp(),
        "assistant_thread": {"user_id": person, "context": context, "channel_id": room, "thread_ts": ts},
    }  # fmt: skip
    events.emit(world, event)


WRITE = ("assistant:write", "chat:write")
METHODS = {
    "assistant.threads.setStatus": Method(set_status, WRITE),
    "assistant.threads.setTitle": Method(set_title, ("assistant:write",)),
    "assistant.threads.setSuggestedPrompts": Method(set_prompts, ("assistant:write",)),
}
