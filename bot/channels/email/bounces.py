"""Delivery reports: who did not get which mail of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from .charsets import decoded
from .headers import Headers, identifiers, mailboxes
from .limits import MOST_ADDRESSES, MOST_TEXT
from .structure import content, inside, leaves, parameter, type_of

_MAILER = re.compile(r"^(?:mailer-daemon|postmaster|mail\.?daemon|mdaemon|bounces?)(?:[+-].*)?@", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification|failure|failed|has failed|report)|mail delivery|returned mail|non remis"
    r"|failure notice|non[- ]remise|echec de (?:la )?(?:remise|distribution)|échec de (?:la )?(?:remise|distribution)"
    r"|could not (?:be delivered|send)|message (?:non distribué|non remis|not delivered)|unzustellbar|nicht zugestellt",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[ \t]*<([^<>\s]{3,254}@[^<>\s]{3,254})>(?::|[ \t]*$|[ \t]*\()", re.MULTILINE)
_COPIES = {"message/rfc822", "message/global", "message/rfc822-headers", "text/rfc822-headers"}
_MESSAGE_ID = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{3,500}>)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """A report: `failed`, the addresses for good without the mail (none where it is only late), and that mail's id."""

    failed: tuple[str, ...] = ()
    returned: str = ""


def delivery_report(message: Message, headers: Headers, sender: str, text: str) -> Report | None:
    """Read a delivery report, by the standard or as older servers write it; None where it is none."""
    parts = list(leaves(message))
    statuses = [part for part in parts if type_of(part) == "message/delivery-status"]
    if statuses or _is_report(message):
        failed = [one for part in statuses for one in _failed(part)]
        return Report(tuple(dict.fromkeys(failed))[:MOST_ADDRESSES], _returned(parts, text))
    said = headers.all("x-failed-recipients")
    by_machine = headers.first("return-path").replace(" ", "") == "<>" or _MAILER.match(sender)
    if said or (by_machine and _FAILED.search(headers.text("subject"))):
        listed = [one.address for value in said for one in mailboxes(value)] or _LISTED.findall(text[:MOST_TEXT])
        return Report(tuple(dict.fromkeys(listed))[:MOST_ADDRESSES], _returned(parts, text))
    return None


def _is_report(message: Message) -> bool:
    return type_of(message) == "multipart/report" and parameter(message, "report-type").lower() == "delivery-status"


def _failed(part: Message) -> Iterator[str]:
    """Give the addresses of one status part for which delivery was given up."""
    for fields in _groups(part):
        told = fields.first("final-recipient") or fields.first("original-recipient")
        action = fields.first("action").lower().split("(")[0].strip()
        if not told or (action or "failed") not in ("failed", "fail"):
            continue
        if not action and not fields.first("status").startswith("5"):
            continue
        address = told.split(";", 1)[-1].strip().strip("<>")
        yield from (one.address for one in mailboxes(address)[:1])


def _groups(part: Message) -> Iterator[Headers]:
    """The groups of fields of a status part: one on the mail, one on each addressee."""
    if part.is_multipart():
        yield from (Headers.of(one) for one in inside(part))
        return
    for group in re.split(r"\n[ \t]*\n", decoded(content(part)).replace("\r\n", "\n")):
        lines = (line.partition(":") for line in re.sub(r"\n[ \t]+", " ", group).split("\n"))
        yield Headers((name, value.strip()) for name, colon, value in lines if colon)


def _returned(parts: list[Message], text: str) -> str:
    """The Message-ID of the mail that came back, from its copy or from what the report quotes of it."""
    for part in parts:
        if told := _identifier(part):
            return told
    found = _MESSAGE_ID.search(text[:MOST_TEXT])
    return found[1] if found else ""


def _identifier(part: Message) -> str:
    if type_of(part) not in _COPIES:
        return ""
    if inner := inside(part):
        return next(iter(identifiers(Headers.of(inner[0]).first("message-id"))), "")
    found = _MESSAGE_ID.search(decoded(content(part)[:MOST_TEXT]))
    return found[1] if found else ""
