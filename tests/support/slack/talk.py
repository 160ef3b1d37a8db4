"""What happens in a room: somebody says, changes, takes back, reacts, joins. People and the app act alike."""

import copy
import uuid
from collections.abc import Iterable

from tests.support.slack import events
from tests.support.slack.blocks.pings import pings_of
from tests.support.slack.refusal import Json, RefusalError
from tests.support.slack.rooms import Message, Room
from tests.support.slack.shapes import message_of
from tests.support.slack.surfaces import File
from tests.support.slack.world import World

REMOVED = "This message was deleted."


def post(world: World, room: Room, message: Message, link_names: bool = False) -> Message:
    """Put a message into the room and tell the app."""
    handles = {person.name: person.id for person in world.people.values()}
    message.pings = pings_of(message.text, message.blocks, handles if link_names else {})
    named_blocks(world, message.blocks)
    if message.thread and message.thread != message.ts and (root := room.find(message.thread)):
        root.thread = root.ts
    room.messages.append(message)
    if message.ephemeral_to is None:
        events.emit_mention(world, room, message)
        events.emit_message(world, room, message)
    return message


def said_by(world: World, person: str, room: Room, text: str, blocks: list[Json], thread: str | None = None) -> Message:
    """A person's message, not yet posted."""
    return Message(
        room.id, world.clock.stamp(), person, text, blocks, thread=thread, client_id=str(uuid.uuid4()),
        team=world.people[person].team,
    )  # fmt: skip


def change(world: World, room: Room, message: Message, by: str, shows: bool = True, **new: object) -> None:
    """Change a message in place; `new` names fields of Message. It says "edited" only if the change shows."""
    before = copy.deepcopy(message_of(world, message))
    for name, value in new.items():
        setattr(message, name, value)
    message.pings = pings_of(message.text, message.blocks, {})
    named_blocks(world, message.blocks)
    if shows:
        message.edited = {"user": by, "ts": f"{int(world.clock.now())}.000000"}
    if message.ephemeral_to is None:
        events.emit_change(world, room, before, message)


def take_back(world: World, room: Room, message: Message) -> None:
    """Delete a message; one with replies leaves a tombstone, and Slack calls that a change."""
    before = copy.deepcopy(message_of(world, message))
    if not room.replies(message.ts):
        room.messages.remove(message)
        if message.ephemeral_to is None:
            events.emit_deletion(world, room, before)
        return
    message.subtype, message.text, message.user = "tombstone", REMOVED, "USLACKBOT"
    message.blocks, message.attachments, message.files, message.metadata = [], [], [], None
    message.by_app, message.client_id, message.extra = False, None, {"hidden": True}
    events.emit_change(world, room, before, message)


def react(world: World, room: Room, message: Message, by: str, name: str) -> None:
    """Add a reaction. Raises RefusalError."""
    if by in message.reactions.get(name, []):
        raise RefusalError("already_reacted")
    message.reactions.setdefault(name, []).append(by)
    emit_reaction(world, "reaction_added", room, message, by, name)


def unreact(world: World, room: Room, message: Message, by: str, name: str) -> None:
    """Take a reaction away. Raises RefusalError."""
    if by not in message.reactions.get(name, []):
        raise RefusalError("no_reaction")
    message.reactions[name].remove(by)
    if not message.reactions[name]:
        del message.reactions[name]
    emit_reaction(world, "reaction_removed", room, message, by, name)


def emit_reaction(world: World, kind: str, room: Room, message: Message, by: str, name: str) -> None:
    """Tell the app of a reaction that came or went."""
    event = {
        "type": kind, "user": by, "reaction": name, "item_user": message.user,
        "item": {"type": "message", "channel": room.id, "ts": message.ts}, "event_ts": world.clock.stamp(),
    }  # fmt: skip
    events.emit(world, event, room)


def join(world: World, room: Room, person: str, inviter: str | None = None) -> None:
    """Let somebody enter a channel, which is also a message in it."""
    if person in room.members:
        return
    room.members.append(person)
    team = world.people[person].team
    event = {
        "type": "member_joined_channel", "user": person, "channel": room.id, "team": team,
        "channel_type": "C" if room.kind == "channel" else "G", "event_ts": world.clock.stamp(),
        **({"inviter": inviter} if inviter else {}),
    }  # fmt: skip
    events.emit(world, event, room)
    words = f"<@{person}> has joined the channel"
    extra = {"inviter": inviter} if inviter else {}
    joined = Message(room.id, world.clock.stamp(), person, words, subtype="channel_join", extra=extra, team=team)
    room.messages.append(joined)
    events.emit_message(world, room, joined)


def share(world: World, room: Room, message: Message, files: Iterable[File]) -> Message:
    """Post a message that carries files."""
    for file in files:
        file.completed = True
        file.shares.append((room.id, message.ts))
        message.files.append(file.id)
    message.subtype = "file_share"
    for ref in message.files:
        event = {
            "type": "file_shared", "channel_id": room.id, "file_id": ref, "user_id": message.user, "file": {"id": ref},
            "event_ts": world.clock.stamp(),
        }  # fmt: skip
        events.emit(world, event, room)
    return post(world, room, message)


def named_blocks(world: World, blocks: list[Json]) -> None:
    """Give every block the id that Slack gives where the app gave none."""
    for block in blocks:
        block.setdefault("block_id", world.new_id("b"))
