"""Web API: channels, direct messages and what was said in them."""

from tests.support.slack import talk
from tests.support.slack.calls import Call, Method, page
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room, room_of
from tests.support.slack.scopes import HISTORY, READ
from tests.support.slack.shapes import message_of
from tests.support.slack.world import World


def let(world: World, room: Room, scopes: dict[str, str]) -> Room:
    """The room, if the scope for its kind is granted. Raises RefusalError."""
    if (needed := scopes[room.kind]) not in world.app.scopes:
        raise RefusalError("missing_scope", needed=needed, provided=",".join(sorted(world.app.scopes)))
    return room


def describe(world: World, room: Room, counted: bool = False) -> Json:
    """The channel object."""
    return room_of(room, world.team, world.app.bot_user, counted)


def info(world: World, call: Call) -> Json:
    """conversations.info"""
    room = let(world, world.room(call.need("channel")), READ)
    return {"channel": describe(world, room, call.flag("include_num_members"))}


def list_all(world: World, call: Call) -> Json:
    """conversations.list"""
    kinds = [{"public_channel": "channel", "private_channel": "group"}.get(kind.strip(), kind.strip())
             for kind in (call.text("types") or "public_channel").split(",")]  # fmt: skip
    for kind in kinds:
        if kind not in READ:
            raise RefusalError("invalid_types")
        if READ[kind] not in world.app.scopes:
            raise RefusalError("missing_scope", needed=READ[kind], provided=",".join(sorted(world.app.scopes)))
    here = [room for room in world.rooms.values() if room.kind in kinds
            and (room.kind == "channel" or world.app.bot_user in room.members)
            and not (room.archived and call.flag("exclude_archived"))]  # fmt: skip
    shown, cursor = page(here, call)
    return {"channels": [describe(world, room, True) for room in shown], "response_metadata": {"next_cursor": cursor}}


def members(world: World, call: Call) -> Json:
    """conversations.members"""
    room = let(world, world.room(call.need("channel")), READ)
    shown, cursor = page(room.members, call)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


def open_direct(world: World, call: Call) -> Json:
    """conversations.open"""
    users = [user.strip() for user in call.text("users").split(",") if user.strip()]
    if call.text("channel"):
        return {"channel": {"id": world.room(call.text("channel")).id}}
    if not users:
        raise RefusalError("users_list_not_supplied")
    if any(user not in world.people for user in users):
        raise RefusalError("user_not_found")
    if len(users) > 1:
        raise RefusalError("not_enough_users")  # group messages are not played here
    known = len(world.rooms)
    room = world.direct(users[0])
    state = {"already_open": True, "no_op": True} if len(world.rooms) == known else {}
    return state | {"channel": describe(world, room) if call.flag("return_im") else {"id": room.id}}


def join(world: World, call: Call) -> Json:
    """conversations.join"""
    room = world.room(call.need("channel"))
    if room.kind != "channel":
        raise RefusalError("method_not_supported_for_channel_type")
    if room.archived:
        raise RefusalError("is_archived")
    already = world.app.bot_user in room.members
    talk.join(world, room, world.app.bot_user)
    return {"channel": describe(world, room), **({"warning": "already_in_channel"} if already else {})}


def span(call: Call, messages: list[Message]) -> list[Message]:
    """Those between `oldest` and `latest`."""
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9" * 12
    if call.flag("inclusive"):
        return [each for each in messages if float(oldest) <= float(each.ts) <= float(latest)]
    return [each for each in messages if float(oldest) < float(each.ts) < float(latest)]


def readable(world: World, call: Call) -> Room:
    """A room whose messages the app may read. Raises RefusalError."""
    room = let(world, world.room(call.need("channel")), HISTORY)
    if world.app.bot_user not in room.members:
        raise RefusalError("not_in_channel")
    return room


def told(world: World, call: Call, shown: list[Message], cursor: str) -> Json:
    """A page of messages; metadata only if asked for."""
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [message_of(world, each, with_metadata) for each in shown],
        "has_more": bool(cursor),
        **({"response_metadata": {"next_cursor": cursor}} if cursor else {}),
    }


def history(world: World, call: Call) -> Json:
    """conversations.history: newest first, without threads' answers"""
    room = readable(world, call)
    seen = [each for each in room.messages if each.is_root and not each.ephemeral_to]
    shown, cursor = page(span(call, seen)[::-1], call, 999)
    return told(world, call, shown, cursor) | {"pin_count": 0}


def replies(world: World, call: Call) -> Json:
    """conversations.replies: oldest first, the thread's first message included"""
    room = readable(world, call)
    root = room.find(call.need("ts"))
    if root is None:
        raise RefusalError("thread_not_found")
    shown, cursor = page(span(call, [root, *room.replies(root.ts)]), call, 1000, 1000)
    return told(world, call, shown, cursor)


METHODS = {
    "conversations.info": Method(info, takes_json=False),
    "conversations.list": Method(list_all, takes_json=False),
    "conversations.members": Method(members, takes_json=False),
    "conversations.open": Method(open_direct, ("im:write", "mpim:write")),
    "conversations.join": Method(join, ("channels:join",)),
    "conversations.history": Method(history, takes_json=False),
    "conversations.replies": Method(replies, takes_json=False),
}
