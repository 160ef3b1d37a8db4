"""Files of a message: what they are called where nobody named them, and which are too large to be fetched."""

import mimetypes

from bot.channels.telegram.raw import Raw
from bot.dialog.events import File

MOST_BYTES = 20 * 1024 * 1024  # of one file; the platform gives bots no larger one
REF = "telegram:"
# An animation comes with the same file as a document once more: the first kind that is there counts.
_KINDS = {
    "animation": ("animation.mp4", "video/mp4"),
    "document": ("document", "application/octet-stream"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
}


def attached(message: Raw) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """List what is to be fetched, and the names of what is too large for it."""
    found = _photo(message) or _sticker(message) or _named(message)
    if found is None or found.ref == REF:
        return (), ()
    return ((), (found.name,)) if found.size > MOST_BYTES else ((found,), ())


def _photo(message: Raw) -> File | None:
    """The largest of the sizes in which a picture comes."""
    sizes = message.tables("photo")
    if not sizes:
        return None
    largest = max(sizes, key=lambda one: (one.number("width") * one.number("height"), one.number("file_size")))
    return _file(largest, "photo.jpg", "image/jpeg")


def _sticker(message: Raw) -> File | None:
    sticker = message.table("sticker")
    if not sticker:
        return None
    if sticker.yes("is_animated"):
        return _file(sticker, "sticker.tgs", "application/gzip")
    return (
        _file(sticker, "sticker.webm", "video/webm")
        if sticker.yes("is_video")
        else _file(sticker, "sticker.webp", "image/webp")
    )


def _named(message: Raw) -> File | None:
    for kind, (name, mime) in _KINDS.items():
        if held := message.table(kind):
            told = held.text("mime_type")
            ending = mimetypes.guess_extension(told) if told and told != mime else None
            made = name.partition(".")[0] + ending if ending else name
            return _file(held, held.text("file_name") or made, told or mime)
    return None


def _file(held: Raw, name: str, mime: str) -> File:
    return File(name[-200:], mime[:100], held.number("file_size"), REF + held.text("file_id")[:250])
