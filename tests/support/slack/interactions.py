"""Payloads of what people do with the app's buttons, views, shortcuts and commands."""

from tests.support.slack.people import Person
from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Message, Room
from tests.support.slack.screens import new_hook, new_trigger, view_of
from tests.support.slack.shapes import message_of
from tests.support.slack.surfaces import Hook, View
from tests.support.slack.world import World

ROOM_NAMES = {"im": "directmessage", "group": "privategroup", "mpim": "mpdm"}


def common(world: World, kind: str, person: Person) -> Json:
    """What every interaction says."""
    return {
        "type": kind,
        "team": {"id": world.team, "domain": world.domain, **in_enterprise(world)},
        "enterprise": {"id": world.enterprise, "name": "Corp"} if world.enterprise else None,
        "is_enterprise_install": world.is_org_install,
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team},
        "api_app_id": world.app.id,
        "token": world.app.verification_token,
    }


def in_enterprise(world: World) -> Json:
    """What a team says on Enterprise Grid."""
    return {"enterprise_id": world.enterprise, "enterprise_name": "Corp"} if world.enterprise else {}


def room_name(room: Room) -> str:
    """What interactions call a room."""
    return ROOM_NAMES.get(room.kind, room.name)


def action_in_message(world: World, person: Person, room: Room, message: Message, action: Json) -> Json:
    """block_actions of a message."""
    container: Json = {
        "type": "message", "message_ts": message.ts, "channel_id": room.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }  # fmt: skip
    if message.thread and message.thread != message.ts:
        container["thread_ts"] = message.thread
    hook = Hook(person.id, room.id, world.clock.now(), message.ts, bool(message.ephemeral_to), message.thread)
    payload = common(world, "block_actions", person) | {
        "container": container,
        "trigger_id": new_trigger(world, person.id),
        "channel": {"id": room.id, "name": room_name(room)},
        "response_url": new_hook(world, hook),
        "state": {"values": {}},
        "actions": [action | {"action_ts": world.clock.stamp()}],
    }
    if message.ephemeral_to is None:
        payload["message"] = message_of(world, message)
    return payload


def action_in_view(world: World, person: Person, view: View, action: Json) -> Json:
    """block_actions of a modal or a home tab."""
    return common(world, "block_actions", person) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": new_trigger(world, person.id, view.id),
        "view": view_of(world, view),
        "actions": [action | {"action_ts": world.clock.stamp()}],
    }


def submission(world: World, person: Person, view: View) -> Json:
    """view_submission."""
    return common(world, "view_submission", person) | {
        "trigger_id": new_trigger(world, person.id, view.id),
        "view": view_of(world, view),
        "response_urls": [],
    }


def closing(world: World, person: Person, view: View, cleared: bool) -> Json:
    """view_closed."""
    return common(world, "view_closed", person) | {"view": view_of(world, view), "is_cleared": cleared}


def shortcut(world: World, person: Person, room: Room, message: Message, callback: str) -> Json:
    """A message shortcut, which Slack calls message_action."""
    hook = Hook(person.id, room.id, world.clock.now(), message.ts)
    who = common(world, "message_action", person)
    del who["api_app_id"], who["user"]["username"]  # said by all interactions but this one
    return who | {
        "callback_id": callback,
        "trigger_id": new_trigger(world, person.id),
        "message_ts": message.ts,
        "channel": {"id": room.id, "name": room_name(room)},
        "message": message_of(world, message),
        "response_url": new_hook(world, hook),
        "action_ts": world.clock.stamp(),
    }


def command(world: World, person: Person, room: Room, name: str, text: str) -> Json:
    """A slash command; all its values are strings, for it may travel as a form."""
    hook = Hook(person.id, room.id, world.clock.now())
    return {
        "token": world.app.verification_token, "team_id": world.team, "team_domain": world.domain,
        **in_enterprise(world),
        "channel_id": room.id, "channel_name": room_name(room), "user_id": person.id, "user_name": person.name,
        "command": name, "text": text, "api_app_id": world.app.id,
        "is_enterprise_install": "true" if world.is_org_install else "false",
        "response_url": new_hook(world, hook), "trigger_id": new_trigger(world, person.id),
    }  # fmt: skip
