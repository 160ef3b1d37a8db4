"""Files that agents send, on their way out: brought from the store, under names and types that any platform takes."""

import asyncio
import mimetypes
import re
from collections.abc import Iterable, Mapping

from bot.channels.render import plain_words
from bot.dialog.effects import Relay, Say
from bot.dialog.events import File
from bot.ports.delivery import Retry
from bot.ports.files import Files

NOT_THERE = Retry(why="a file of it is not in the store yet")
ANY_TYPE = ("application", "octet-stream")
MOST_NAME = 120  # characters; some systems take no longer ones
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"|?*]')
_TYPE = re.compile(r"[a-z]{1,40}/[a-z0-9][a-z0-9.+-]{0,99}")
_OF_MAILS = ("message", "multipart")  # they would be taken apart as if they were parts of the mail itself


async def content_of(files: Files, file: File) -> bytes | None:
    """Bring a file, None while the store has it not."""
    try:
        return await asyncio.to_thread(files.get, file.ref)
    except (KeyError, OSError):
        return None


def files_of(say: Say | Relay) -> tuple[File, ...]:
    """The files behind a message; only people send any."""
    return say.files if isinstance(say, Relay) else ()


def parted(files: Iterable[File], most: int) -> tuple[tuple[File, ...], tuple[File, ...]]:
    """Tell those of at most so many bytes from the others."""
    told = tuple(files)
    return tuple(one for one in told if one.size <= most), tuple(one for one in told if one.size > most)


def left_out(words: Mapping[str, str], files: Iterable[File], lang: str) -> str:
    """Name files that cannot go along, so that the person asks for them otherwise."""
    names = ", ".join(told_name(one) for one in files)
    return f"[{words.get(lang, words['en'])} {names}]" if names else ""


def told_name(file: File) -> str:
    """The name under which a file is sent: no folders, nothing that a system obeys, its ending kept."""
    plain = plain_words(file.name).replace("\\", "/").rsplit("/", 1)[-1]
    name = _UNFIT.sub("", plain).strip(" .")
    if not name:
        return f"file{mimetypes.guess_extension(file.type) or ''}"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= MOST_NAME or not dot or len(ending) > 10:
        return name[:MOST_NAME]
    return f"{stem[: MOST_NAME - len(ending) - 1]}.{ending}"


def told_type(file: File) -> tuple[str, str]:
    """The type under which a file is sent, in its two halves."""
    kind = file.type.partition(";")[0].strip().lower()
    main, _, sub = kind.partition("/")
    return (main, sub) if _TYPE.fullmatch(kind) and main not in _OF_MAILS else ANY_TYPE
