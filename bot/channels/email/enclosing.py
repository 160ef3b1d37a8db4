"""Files that go out with a mail: as many as a mail may carry, the others named in its text."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from email.message import EmailMessage

from bot.channels.attaching import content_of, files_of, left_out, told_name, told_type
from bot.dialog.effects import Relay, Say
from bot.dialog.events import File
from bot.ports.files import Files

MOST_SENT = 20_000_000  # bytes of all files of one mail; on its way a mail is a third larger
_TOO_LARGE = {"fr": "Trop lourd pour un mail :", "en": "Too large for a mail:"}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file with its bytes."""

    file: File
    content: bytes = field(repr=False)


async def enclosures(say: Say | Relay, files: Files) -> tuple[Enclosure, ...] | None:
    """Bring the files that go along, in their order; None while one of them is not in the store."""
    found: list[Enclosure] = []
    room = MOST_SENT
    for file in files_of(say):
        if file.size > room:
            continue
        content = await content_of(files, file)
        if content is None:
            return None
        if len(content) <= room:
            room -= len(content)
            found.append(Enclosure(file, content))
    return tuple(found)


def naming_others(say: Say | Relay, along: Iterable[Enclosure], lang: str) -> Say | Relay:
    """The message, with the files named in it that do not go along."""
    left = list(files_of(say))
    for one in along:
        left.remove(one.file)
    absent = left_out(_TOO_LARGE, left, lang)
    return replace(say, text=f"{say.text.strip()}\n\n{absent}".strip()) if absent else say


def enclose(mail: EmailMessage, along: Iterable[Enclosure]) -> None:
    """Put files into a mail."""
    for one in along:
        main, sub = told_type(one.file)
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=told_name(one.file))
