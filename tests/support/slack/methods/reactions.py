"""Web API: reactions."""

import re

from tests.support.slack import talk
from tests.support.slack.calls import Call, Method
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room
from tests.support.slack.shapes import message_of
from tests.support.slack.world import World

NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")


def place(world: World, call: Call) -> tuple[Room, Message]:
    """The message meant. Raises RefusalError."""
    room = world.room(call.need("channel"))
    if world.app.bot_user not in room.members:
        raise RefusalError("not_in_channel")
    return room, world.message(room, call.need("timestamp"))


def name_of(call: Call) -> str:
    """The emoji's name, without colons. Raises RefusalError."""
    name = call.need("name").strip(":")
    if not NAME.fullmatch(name):
        raise RefusalError("invalid_name")
    return name


def add(world: World, call: Call) -> Json:
    """reactions.add"""
    name = name_of(call)
    talk.react(world, *place(world, call), world.app.bot_user, name)
    return {}


def remove(world: World, call: Call) -> Json:
    """reactions.remove"""
    name = name_of(call)
    talk.unreact(world, *place(world, call), world.app.bot_user, name)
    return {}


def get(world: World, call: Call) -> Json:
    """reactions.get"""
    room, message = place(world, call)
    return {"type": "message", "channel": room.id, "message": message_of(world, message)}


METHODS = {
    "reactions.add": Method(add, ("reactions:write",)),
    "reactions.remove": Method(remove, ("reactions:write",)),
    "reactions.get": Method(get, ("reactions:read",), takes_json=False),
}
