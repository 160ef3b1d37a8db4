"""Who wrote a mail that was passed on. Told only where it is certain: a name without an address is not."""

import re
from email.message import Message

from bot.nlu.fold import fold
from bot.nlu.language import language
from bot.nlu.passed_on import bait

from .body import read_body
from .headers import Headers, identifiers
from .limits import MOST_LINES, MOST_NAME, MOST_SUBJECT, MOST_TEXT
from .mail import Mailbox, Passed
from .quoting import Head, Text, heads
from .replies import new_text
from .reply_words import LABELS

_BESIDE = re.compile(r"[^:：]{0,40}[:：]")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@]{1,64}@[^\s<>,;:\"()\[\]\\@]{1,255}")
_BRACKETS = re.compile(r"[<\[(][^<\[(]*@.*$")
_SHOWN = 1_000  # characters by which a language is told
_LOOKED_AT = 20_000  # characters in which a bait is looked for


def passed_in(text: str) -> Passed | None:
    """Find the mail that a text passes on below the header that a mail program copied."""
    read = Text.of(text[:MOST_TEXT].split("\n")[:MOST_LINES])
    head = next(heads(read), None)
    if head is None or not head.copied:
        return None
    writer, body = _writer(_field(read, head, "from")), "\n".join(read.lines[head.end :])
    if writer is None or _is_bait(body):
        return None
    above, passed = ("\n".join(part).strip() for part in (read.lines[: head.start], read.lines[head.start :]))
    return Passed(writer, passed, _field(read, head, "subject"), new_text(above) if above else "", lang=_language(body))


def passed_whole(message: Message, above: str) -> Passed | None:
    """Read the mail that is attached whole."""
    headers = Headers.of(message)
    writers, text = headers.mailboxes("from"), read_body(message).full
    if len(writers) != 1 or _is_bait(text):
        return None
    subject = headers.text("subject", MOST_SUBJECT)
    identifier = next(iter(identifiers(headers.first("message-id"))), "")
    return Passed(writers[0], text, subject, above, identifier, _language(text or subject))


def _is_bait(body: str) -> bool:
    """Tell whether a mail lures its reader: then whoever passes it on reports it, and its writer is not to be told."""
    return bait(f"forwarded message\n{fold(body[:_LOOKED_AT])}", quoted=False) is not None


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
    line = next(lines, "")
    found = _BESIDE.match(line)
    return line[found.end() :][:MOST_SUBJECT].strip("\t *_\xa0") if found else ""


def _language(text: str) -> str:
    return language(text[:_SHOWN], fold(text[:_SHOWN])) or ""
