"""How messages and files look on the wire, in events and in answers alike."""

from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Message, Room
from tests.support.slack.surfaces import File
from tests.support.slack.world import World

ICONS = {f"image_{size}": f"https://a.slack-edge.com/80588/img/plugins/app/bot_{size}.png" for size in (36, 48, 72)}

WITHOUT_TEAM = ("bot_message", "tombstone", "me_message", "file_share", "thread_broadcast")


def bot_profile(world: World) -> Json:
    """Who the app is, in each of its messages."""
    app = world.app
    return {
        "id": app.bot_id, "deleted": False, "name": app.name, "updated": 0, "app_id": app.id, "icons": ICONS,
        "team_id": world.team,
    }  # fmt: skip


def message_of(world: World, message: Message, with_metadata: bool = True) -> Json:
    """The message object."""
    shape: Json = {"type": "message", "text": message.text, "ts": message.ts, **message.extra}
    if message.subtype != "bot_message":
        shape |= {"user": message.user}
    if message.subtype not in WITHOUT_TEAM:
        shape |= {"team": message.team or world.team}
    if message.subtype:
        shape["subtype"] = message.subtype
    if message.client_id:
        shape["client_msg_id"] = message.client_id
    if message.by_app:
        shape |= {"bot_id": world.app.bot_id, "app_id": world.app.id, "bot_profile": bot_profile(world)}
    if message.username:
        shape["username"] = message.username
    if message.blocks:
        shape["blocks"] = message.blocks
    if message.attachments:
        shape["attachments"] = message.attachments
    if message.files:
        shape |= {
            "files": [attached(world, world.files[ref]) for ref in message.files if ref in world.files],
            "upload": False,
            "display_as_bot": False,
        }
    if message.edited:
        shape["edited"] = message.edited
    if message.reactions:
        shape["reactions"] = [{"name": name, "users": by, "count": len(by)} for name, by in message.reactions.items()]
    if message.metadata and with_metadata:
        shape["metadata"] = message.metadata
    return shape | thread_of(world.rooms[message.room], message)


def thread_of(room: Room, message: Message) -> Json:
    """What a message says of its thread."""
    if message.thread is None:
        return {}
    root = room.find(message.thread)
    if message.ts != message.thread:
        named = root if message.subtype != "thread_broadcast" else None
        return {"thread_ts": message.thread, **({"parent_user_id": named.user} if named else {})}
    replies = room.replies(message.ts)
    if not replies:
        return {"thread_ts": message.thread}
    repliers = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.thread, "reply_count": len(replies), "reply_users_count": len(repliers),
        "latest_reply": replies[-1].ts, "reply_users": repliers[:5], "is_locked": False, "subscribed": True,
        "last_read": replies[-1].ts,
    }  # fmt: skip


def attached(world: World, file: File) -> Json:
    """The file object as messages carry it."""
    suffix = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    private = f"{world.url}/files-pri/{world.team}-{file.id}"
    return {
        "id": file.id, "created": file.created, "timestamp": file.created, "name": file.name, "title": file.title,
        "mimetype": file.mimetype, "filetype": suffix, "pretty_type": suffix.upper(), "user": file.user,
        "user_team": world.team, "editable": False, "size": file.size, "mode": "hosted", "is_external": False,
        "external_type": "", "is_public": any(world.rooms[ref].kind == "channel" for ref, _ in file.shares),
        "public_url_shared": False, "display_as_bot": False, "username": "",
        "url_private": f"{private}/{file.name}", "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"https://{world.domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
        "permalink_public": f"https://slack-files.com/{world.team}-{file.id}-0000000000", "has_rich_preview": False,
        "file_access": "visible", "media_display_type": "unknown",
    }  # fmt: skip


def file_of(world: World, file: File) -> Json:
    """The file object of `files.*`, which says where it stands too."""
    rooms = {
        kind: [ref for ref, _ in file.shares if world.rooms[ref].kind == kind] for kind in ("channel", "group", "im")
    }
    return attached(world, file) | {
        "comments_count": 0, "is_starred": False, "shares": shares_of(world, file), "channels": rooms["channel"],
        "groups": rooms["group"], "ims": rooms["im"], "has_more_shares": False,
    }  # fmt: skip


def shares_of(world: World, file: File) -> Json:
    """Where a file stands, by kind of room."""
    shares: dict[str, Json] = {}
    for ref, ts in file.shares:
        room = world.rooms[ref]
        place: Json = {
            "reply_users": [], "reply_users_count": 0, "reply_count": 0, "ts": ts, "team_id": world.team,
            "share_user_id": file.user, "source": "UNKNOWN", "is_silent_share": False,
        }  # fmt: skip
        if room.name:
            place["channel_name"] = room.name
        shares.setdefault("public" if room.kind == "channel" else "private", {}).setdefault(ref, []).append(place)
    return shares
