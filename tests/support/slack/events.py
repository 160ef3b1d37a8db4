"""Events: the wrapper around them, and who hears of what."""

from tests.support.slack.parcels import Parcel
from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Message, Room
from tests.support.slack.scopes import MESSAGE_EVENTS, may_hear
from tests.support.slack.shapes import message_of
from tests.support.slack.world import World


def emit(world: World, event: Json, room: Room | None = None, subscription: str | None = None) -> Parcel | None:
    """Send an event to the app if it asked for it, may hear it and is in the room; None where it does not go."""
    name, app = subscription or event["type"], world.app
    if name not in app.events or not may_hear(name, app.scopes):
        return None
    if room is not None and app.bot_user not in room.members:
        return None
    parcel = Parcel("events_api", wrapped(world, event, room))
    world.deliver(parcel)
    return parcel


def wrapped(world: World, event: Json, room: Room | None = None) -> Json:
    """The `event_callback` around an event."""
    app, number = world.app, world.new_id("Ev")
    wide = world.enterprise is not None
    return {
        "token": app.verification_token,
        "team_id": world.team,
        **({"enterprise_id": world.enterprise} if wide else {}),
        "context_team_id": world.team,
        "context_enterprise_id": world.enterprise,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": number,
        "event_time": int(world.clock.now()),
        "authorizations": [
            {
                "enterprise_id": world.enterprise,
                "team_id": None if wide and world.is_org_install else world.team,
                "user_id": app.bot_user,
                "is_bot": True,
                "is_enterprise_install": world.is_org_install,
            }
        ],
        "is_ext_shared_channel": room is not None and room.is_shared_outside,
        "event_context": f"4-{number}",
    }


def emit_message(world: World, room: Room, message: Message) -> Parcel | None:
    """Tell the app of a new message."""
    event = message_of(world, message) | {"channel": room.id, "event_ts": message.ts, "channel_type": room.kind}
    if message.subtype == "thread_broadcast" and message.thread and (root := room.find(message.thread)):
        event["root"] = message_of(world, root)
    return emit(world, event, room, MESSAGE_EVENTS[room.kind])


def emit_mention(world: World, room: Room, message: Message) -> Parcel | None:
    """Tell the app that it is spoken to in a channel, beside the message event; a direct message is no mention."""
    if room.kind == "im" or message.by_app or world.app.bot_user not in message.pings:
        return None
    event = message_of(world, message) | {"type": "app_mention", "channel": room.id, "event_ts": message.ts}
    event.pop("subtype", None)
    event.pop("parent_user_id", None)
    return emit(world, event, room)


def emit_change(world: World, room: Room, before: Json, message: Message) -> Parcel | None:
    """Tell the app how a message reads now and how it read before."""
    stamp = world.clock.stamp()
    event = {
        "type": "message", "subtype": "message_changed", "channel": room.id, "hidden": True,
        "message": nested(world, message_of(world, message)), "previous_message": nested(world, before),
        "event_ts": stamp, "ts": stamp, "channel_type": room.kind,
    }  # fmt: skip
    return emit(world, event, room, MESSAGE_EVENTS[room.kind])


def emit_deletion(world: World, room: Room, before: Json) -> Parcel | None:
    """Tell the app that a message is gone."""
    stamp = world.clock.stamp()
    event = {
        "type": "message", "subtype": "message_deleted", "channel": room.id, "hidden": True,
        "deleted_ts": before["ts"], "previous_message": nested(world, before), "event_ts": stamp, "ts": stamp,
        "channel_type": room.kind,
    }  # fmt: skip
    return emit(world, event, room, MESSAGE_EVENTS[room.kind])


def nested(world: World, shape: Json) -> Json:
    """A message inside another event says of which teams it is."""
    return shape | {"source_team": world.team, "user_team": shape.get("team", world.team)}
