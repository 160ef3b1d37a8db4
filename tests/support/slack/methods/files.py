"""Web API: files, uploaded in three steps."""

import mimetypes

from tests.support.slack import talk
from tests.support.slack.calls import Call, Method
from tests.support.slack.methods.chat import LONE, room_to_write, thread_to_write
from tests.support.slack.refusal import Json, RefusalError, refused_with
from tests.support.slack.rooms import Message
from tests.support.slack.shapes import file_of
from tests.support.slack.surfaces import File
from tests.support.slack.world import World


def new_file(world: World, name: str, user: str, size: int) -> File:
    """A place for a file."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(world.new_id("F"), name, name, kind, user, int(world.clock.now()), size=size)
    world.files[file.id] = file
    return file


def place(world: World, call: Call) -> Json:
    """files.getUploadURLExternal"""
    name, size = call.need("filename"), call.number("length", 0)
    if size <= 0:
        raise refused_with("invalid_arguments", ["missing required field: length"])
    file = new_file(world, name, world.app.bot_user, size)
    return {"upload_url": f"{world.url}/upload/v1/{file.id}", "file_id": file.id}


def complete(world: World, call: Call) -> Json:
    """files.completeUploadExternal: the files are shared where it says, else nowhere"""
    named: list[Json] = call.parsed("files", [], "invalid_arguments")
    files = [world.files.get(str(each.get("id"))) for each in named]
    found = [file for file in files if file is not None and file.uploaded and not file.completed]
    if not found or len(found) != len(named):
        raise RefusalError("file_not_found")
    for file, each in zip(found, named, strict=True):
        file.title, file.completed = str(each.get("title") or file.name), True
    for ref in (call.text("channel_id") or call.text("channels")).split(","):
        if ref:
            room = room_to_write(world, ref)
            thread = thread_to_write(room, call.text("thread_ts"))
            text = LONE.sub("&amp;", call.text("initial_comment"))
            message = Message(room.id, world.clock.stamp(), world.app.bot_user, text, thread=thread, by_app=True)
            talk.share(world, room, message, found)
    return {"files": [file_of(world, file) for file in found]}


def info(world: World, call: Call) -> Json:
    """files.info"""
    file = world.files.get(call.need("file"))
    if file is None or not file.uploaded:
        raise RefusalError("file_not_found")
    return {"file": file_of(world, file), "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS = {
    "files.getUploadURLExternal": Method(place, ("files:write",), takes_json=False),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
    "files.info": Method(info, ("files:read",), takes_json=False),
}
