"""Who wrote a mail that was passed on. Told only where it is certain: a name without an address is not."""

import re
from email.message import Message

from bot.nlu.fold import fold
from bot.nlu.language import language

from .body import read_body
from .headers import Headers, identifiers
from .limits import MOST_LINES, MOST_NAME, MOST_SUBJECT, MOST_TEXT
from .mail import Mailbox, Passed
from .quoting import Head, Text, heads
from .replies import new_text
from .reply_words import LABELS

_VALUE = re.compile(r"[^:：]{0,40}[:：][\s*_]*(.*?)[\s*_]*$")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@]{1,64}@[^\s<>,;:\"()\[\]\\@]{1,255}")
_BRACKETS = re.compile(r"[<\[(][^<\[(]*@.*$")
_SHOWN = 1_000  # characters by which a language is told


def passed_in(text: str) -> Passed | None:
    """Find the mail that a text passes on below the header that a mail program copied."""
    read = Text.of(text[:MOST_TEXT].split("\n")[:MOST_LINES])
    head = next(heads(read), None)
    if head is None or not head.copied:
        return None
    writer = _writer(_field(read, head, "from"))
    if writer is None:
        return None
    above, passed = ("\n".join(part).strip() for part in (read.lines[: head.start], read.lines[head.start :]))
    body = "\n".join(read.lines[head.end :])
    return Passed(writer, passed, _field(read, head, "subject"), new_text(above) if above else "", lang=_language(body))


def passed_whole(message: Message, above: str) -> Passed | None:
    """Read the mail that is attached whole."""
    headers = Headers.of(message)
    writers = headers.mailboxes("from")
    if len(writers) != 1:
        return None
    subject, text = headers.text("subject", MOST_SUBJECT), read_body(message).full
    identifier = next(iter(identifiers(headers.first("message-id"))), "")
    return Passed(writers[0], text, subject, above, identifier, _language(text or subject))


def _writer(value: str) -> Mailbox | None:
    """Read a copied From, which is no header any more; of two addresses neither is the writer for certain."""
    found = {one.lower(): one for one in _ADDRESS.findall(value)}
    if len(found) != 1:
        return None
    name = _BRACKETS.sub("", value).strip(" \t\"'*")
    return Mailbox(next(iter(found.values())), "" if "@" in name else name[:MOST_NAME])


def _field(text: Text, head: Head, kind: str) -> str:
    """What stands beside a label of the copied header."""
    label = LABELS[kind]
    lines = (text.lines[number] for number in range(head.start, head.end) if label.match(text.plain[number]))
    found = _VALUE.match(next(lines, ""))
    return found[1] if found else ""


def _language(text: str) -> str:
    return language(text[:_SHOWN], fold(text[:_SHOWN])) or ""
