"""Texts and files as Request Tracker takes them, with the mark by which each is found again."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

from ticket_bridge.port import RefusedError
from ticket_bridge.ticket import TranscriptLine
from ticket_bridge.words import storable

LONGEST_TEXT = 500_000  # characters
LONGEST_NAME = 100
LONGEST_SUBJECT = 200  # RT's own column
PLAIN_TYPE = re.compile(r"[a-z0-9]+/[a-z0-9][a-z0-9.+-]{0,60}")
ADDRESS = re.compile(r"[!#$%&'*+/=?^_`{|}~.A-Za-z0-9-]{1,64}@[A-Za-z0-9.-]{1,190}")
OPAQUE = "application/octet-stream"
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
)
_UNSEEN = frozenset({"script", "style", "head", "title"})


def mark_of(kind: str, event_id: str) -> str:
    """Give the word that stands, as a comment which no page shows, in what was written for an event."""
    return "guichet-" + hashlib.sha256(f"{kind}\0{storable(event_id)}".encode()).hexdigest()[:32]


def clean(text: str) -> str:
    """Take out what no database and no page can hold."""
    whole: str = storable(text)
    return "".join(c for c in whole if c >= " " or c in "\n\t").replace("\x7f", "")


def bounded(text: str) -> str:
    """Take a text that is not too long. Raises RefusedError."""
    if len(text) > LONGEST_TEXT:
        raise RefusedError(f"the text has more than {LONGEST_TEXT} characters: attach it as a file")
    return clean(text)


def one_line(text: str) -> str:
    """Make a subject."""
    return " ".join(clean(text).split())[:LONGEST_SUBJECT]


def as_html(text: str, mark: str) -> str:
    """Write a text as a page shows it, with the mark of its event."""
    lines = html.escape(bounded(text), quote=False).replace("  ", "&nbsp; ").split("\n")
    return "<p>" + "<br>\n".join(lines) + f"</p><!-- {mark} -->"


def is_key(text: str) -> bool:
    """Tell whether a field keeps this as it is: one line, printable, no space around it or doubled."""
    return text.isprintable() and " ".join(text.split()) == text


def is_address(text: str) -> bool:
    """Tell whether RT would take this as one person's e-mail address, and not as a login or a list."""
    return bool(ADDRESS.fullmatch(text))


def file_type(media_type: str, content: bytes) -> str:
    """Choose a type under which RT leaves the bytes alone: it rewrites texts that are no UTF-8, and opens mails."""
    known = media_type.partition(";")[0].strip().lower()
    if not PLAIN_TYPE.fullmatch(known) or known.startswith(("multipart/", "message/")):
        return OPAQUE
    return known if not known.startswith("text/") or _is_text(content) else OPAQUE


def file_name(name: str) -> str:
    """Give a file's bare name, never empty."""
    bare = PurePosixPath(one_line(name).replace("\\", "/")).name
    return bare[-LONGEST_NAME:] or "file"


def attachment(name: str, media_type: str, content: bytes) -> dict[str, str]:
    """Write a file as REST 2 takes it.

    RT 5.0 takes the characters of a name for bytes: it garbles those beyond ASCII, and fails at those beyond Latin-1,
    unless they are the bytes of UTF-8 already.
    """
    return {
        "FileName": file_name(name).encode().decode("latin-1"),
        "FileType": file_type(media_type, content),
        "FileContent": base64.b64encode(content).decode(),
    }


def conversation(lines: tuple[TranscriptLine, ...]) -> bytes:
    """Write a transcript as a text file."""
    return clean("\n".join(f"{line.who}: {line.text}" for line in lines) + "\n")[:LONGEST_TEXT].encode()


def as_text(page: str) -> str:
    """Read the words of an HTML text."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    lines = [line.strip(" ") for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects what a page shows: line ends from tags, not from the source."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag == "br":
            self.words.append("\n")
        elif tag in _BLOCKS:
            self._end_line()
            self.words.append("- " if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(re.sub(r"[ \t\r\n]+", " ", data) if data.strip() or "\n" not in data else "")

    def _end_line(self) -> None:
        if self.words and not "".join(self.words[-2:]).endswith("\n"):
            self.words.append("\n")


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False
