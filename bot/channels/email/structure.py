"""The structure of a mail: raw bytes read into parts, walked without surprises."""

import re
from collections.abc import Iterator
from copy import copy
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser, Parser
from email.policy import EmailPolicy
from io import BytesIO, TextIOWrapper
from typing import Any

from .charsets import one_line
from .coding import undone
from .headers import Headers, words
from .limits import (
    MOST_BOUNDARIES,
    MOST_COMPARED,
    MOST_HEADER_BYTES,
    MOST_HEADERS,
    MOST_NAME,
    MOST_PARTS,
    MOST_STRUCTURED,
)

_BOUNDARY = re.compile(rb"\bboundary\s{0,9}=\s{0,9}(?:\"([^\"\r\n]{1,200})|([^\s;\"]{1,200}))", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_BARE_BOUNDARY = re.compile(rb"(;\s{0,99}boundary\s{0,9}=\s{0,9})([^\s;\"]{1,200})", re.IGNORECASE)
_BARE_NAME = re.compile(r"\b(?:file)?name\s{0,9}=\s{0,9}([^\";]{1,300})", re.IGNORECASE)
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]{0,9}:")
_SPACE_BEFORE_COLON = re.compile(rb"^([!-9;-~]+)[ \t]+:")
_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}", re.ASCII)


class _Wary(EmailPolicy):
    """The standard library's policy, held to headers of a bounded length and to plain text where they raise."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        short = value[:MOST_STRUCTURED]
        try:
            return super().header_fetch_parse(name, short)
        except Exception:  # its parsers of headers raise IndexError, AttributeError, RecursionError ... on hostile ones
            return " ".join(short.encode("ascii", "replace").decode("ascii").split())


_POLICY = _Wary(utf8=True)


def read_structure(raw: bytes) -> tuple[EmailMessage, bool]:
    """Read a mail. False: its structure is hopeless, and the message given holds the header alone."""
    head, body = _divided(raw)
    if not _is_bounded(raw):
        return _header_of(head), False
    try:
        return _parsed(head + body), True
    except Exception:  # nothing is promised for hostile bytes: RecursionError, LookupError, ValueError ...
        return _header_of(head), False


def leaves(message: Message) -> Iterator[Message]:
    """Walk the parts that are no multipart, in their order; an attached mail is one part."""
    left = [message]
    while left:
        part = left.pop()
        children = children_of(part)
        if children is None:
            yield part
        else:
            left.extend(reversed(children))


def children_of(part: Message) -> list[Message] | None:
    """Give the parts of a multipart; None for any other part."""
    return None if type_of(part).startswith("message/") or not part.is_multipart() else inside(part)


def inside(part: Message) -> list[Message]:
    """Give the messages in a part: those of a multipart, a mail that is attached, the groups of a report."""
    payload = part.get_payload() if part.is_multipart() else []
    return [one for one in payload if isinstance(one, Message)]


def type_of(part: Message) -> str:
    """Give the media type of a part in small letters; text/plain where it names none."""
    told = Headers.of(part).first("content-type")
    match = _TYPE.match(told.strip())
    return match[0].lower() if match else part.get_default_type()


def parameter(part: Message, name: str, header: str = "content-type") -> str:
    """Give a parameter of a part's Content-Type or Content-Disposition; "" where there is none."""
    try:
        value = part.get_param(name, header=header)
        if isinstance(value, tuple):
            value = "".join(str(one) for one in value[-1:])
        return str(value or "")
    except Exception:  # as above: the readers of parameters raise on broken percent signs and quotes
        return ""


def file_name(part: Message) -> str:
    """Give the name of a part's file without folders; "" where it has none."""
    told = parameter(part, "filename", "content-disposition") or parameter(part, "name")
    bare = _bare_name(part)
    return safe_name(words(bare if bare.startswith(told) else told))


def _bare_name(part: Message) -> str:
    """The name that a program wrote without the quotes it needs."""
    headers = Headers.of(part)
    told = f"{headers.first('content-disposition')};{headers.first('content-type')}"
    found = _BARE_NAME.search(told)
    return found[1] if found else ""


def safe_name(name: str) -> str:
    """A file's name without folders and marks, at most MOST_NAME long; its ending stays."""
    clean = one_line(re.split(r"[/\\]", name)[-1], 2_000).strip(". ")
    return clean if len(clean) <= MOST_NAME else clean[: MOST_NAME - 20] + clean[-20:]


def is_attached(part: Message) -> bool:
    """Tell whether a part says that it is a file, not to be read in line."""
    return Headers.of(part).first("content-disposition").strip().lower().startswith("attachment")


def content(part: Message) -> bytes:
    """Give what a part holds, its transfer encoding undone as far as it goes."""
    told = Headers.of(part).first("content-transfer-encoding").strip().lower()
    bare = copy(part)  # the standard library gives the bytes as they came where nothing says how they are encoded
    del bare["content-transfer-encoding"]
    data = bare.get_payload(decode=True)
    return undone(data, re.split(r"[\s;,(]", told)[0]) if isinstance(data, bytes) else b""


def _divided(raw: bytes) -> tuple[bytes, bytes]:
    """Split a mail after its header; a header beyond the limits is cut, a broken one mended."""
    raw = raw.lstrip(b"\r\n\t \x00")
    end = _HEAD_END.search(raw)
    head, body = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"\r\n\r\n")
    if len(head) > MOST_HEADER_BYTES:
        head = head[: head.rfind(b"\n", 0, MOST_HEADER_BYTES) + 1 or MOST_HEADER_BYTES].rstrip()
    fields, rest = _mended(head.replace(b"\x00", b"").split(b"\n"))
    return _quoted(b"\n".join(fields)), (b"\n\n" + b"\n".join(rest) if rest else b"") + body


def _mended(lines: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Drop a line that is no field among fields; where the fields just end, the rest is the body."""
    kept: list[bytes] = []
    for number, line in enumerate(lines[: MOST_HEADERS * 2]):
        if _FIELD.match(line) or (kept and line[:1] in (b" ", b"\t")):
            kept.append(_SPACE_BEFORE_COLON.sub(rb"\1:", line, count=1))
        elif number and not (_FIELD.match(b"".join(lines[number + 1 : number + 2])) or not line.strip()):
            return kept, lines[number:]
    return kept, []


def _quoted(data: bytes) -> bytes:
    """Put boundaries in quotes that bear signs which need them; programs forget that."""
    return _BARE_BOUNDARY.sub(rb'\1"\2"', data)


def _is_bounded(raw: bytes) -> bool:
    """Tell whether a mail has no more multiparts and parts than can be walked; looked up before they are built."""
    boundaries = {one or other for one, other in _BOUNDARY.findall(raw)}
    if len(boundaries) > MOST_BOUNDARIES or len(boundaries) * raw.count(b"\n") > MOST_COMPARED:
        return False
    return sum(raw.count(b"\n--" + one.strip()) for one in boundaries) <= MOST_PARTS * 2


def _parsed(raw: bytes) -> EmailMessage:
    """Parse from a stream: as one text, which `parsebytes` makes of it, a mail takes three times the memory."""
    stream = TextIOWrapper(BytesIO(raw), encoding="ascii", errors="surrogateescape", newline="")
    return Parser(EmailMessage, policy=_POLICY).parse(stream)  # type: ignore[return-value]


def _header_of(head: bytes) -> EmailMessage:
    try:
        return BytesParser(EmailMessage, policy=_POLICY).parsebytes(head, headersonly=True)  # type: ignore[return-value]
    except Exception:  # as above
        return EmailMessage(policy.default)
