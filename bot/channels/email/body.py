"""What a mail says and what is attached to it, gathered from its parts."""

import re
from dataclasses import dataclass
from email.message import Message

from .attached import Files
from .calendar import Invitation, invitation
from .charsets import decoded, plain
from .headers import Headers
from .html import Page
from .limits import MOST_DEPTH, MOST_PARTS, MOST_TEXT, MOST_TEXT_BYTES
from .mail import Attachment
from .sealed import is_secret, is_wrapped, open_text, unwrapped
from .structure import children_of, content, file_name, inside, is_attached, parameter, read_structure, type_of

_SECOND_FORMS = {"text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"}
_REPORTS = {
    "message/delivery-status",
    "message/disposition-notification",
    "text/rfc822-headers",
    "message/feedback-report",
}
_PICTURES = re.compile(r"\[(?:cid|image|inline image|image en ligne)[: ][^\]\n]{1,200}\]", re.IGNORECASE)
_DOUBLED = re.compile(r"(?<![^\s<>\"(])([^\s<>]{3,200})<(?:mailto:|https?://)\1/?>")  # an address told twice
_HTML_ONLY = re.compile(
    r"\bhtml\b|\bbrowser\b|\bnavigateur\b"
    r"|\b(?:view|read|display|voir|lire|afficher|visualiser)\b.{0,60}\b(?:online|en ligne)\b",
    re.IGNORECASE,
)
_FEW = 40  # words of a text that only says "this mail is in HTML"


@dataclass(frozen=True, slots=True)
class Body:
    """The text whole, and without what HTML marks as quoted; files; what else the parts were."""

    full: str = ""
    cut: str = ""
    attachments: tuple[Attachment, ...] = ()
    invitation: Invitation | None = None
    encrypted: bool = False
    mails: tuple[Message, ...] = ()  # attached as such


@dataclass(frozen=True, slots=True)
class _Piece:
    plain: str = ""
    html: str = ""


def read_body(message: Message) -> Body:
    """Gather the parts of a mail."""
    reader = _Reader()
    told = [_told(piece) for piece in reader.pieces(message, 0)]
    full, cut = ("\n\n".join(filter(None, texts)) for texts in ([one[0] for one in told], [one[1] for one in told]))
    return Body(
        full[:MOST_TEXT],
        cut[:MOST_TEXT],
        reader.files.all(),
        reader.invitation,
        reader.encrypted,
        tuple(reader.mails),
    )


class _Reader:
    def __init__(self) -> None:
        self.files = Files()
        self.invitation: Invitation | None = None
        self.encrypted = False
        self.mails: list[Message] = []
        self._parts = 0
        self._texts = 0

    def pieces(self, part: Message, depth: int) -> list[_Piece]:
        """Give the texts of a part in their order; everything else is kept aside."""
        self._parts += 1
        if depth > MOST_DEPTH or self._parts > MOST_PARTS:
            return []
        children = children_of(part)
        if children is None:
            return self._leaf(part, depth)
        found = [piece for child in children for piece in self.pieces(child, depth + 1)]
        if type_of(part) != "multipart/alternative":
            return found
        words = next((piece.plain for piece in found if piece.plain.strip()), "")
        return [_Piece(words, "\n".join(piece.html for piece in found if piece.html))]

    def _leaf(self, part: Message, depth: int) -> list[_Piece]:
        kind = type_of(part)
        if kind in _REPORTS or (kind in _SECOND_FORMS and not is_attached(part)):
            return []
        if self._is_text(part, kind):
            self._texts += 1
            return self._text(part, kind)
        if (told := invitation(part)) is not None:
            self.invitation = self.invitation or told
            return []
        return self._file(part, kind, depth)

    def _is_text(self, part: Message, kind: str) -> bool:
        if kind not in ("text/plain", "text/html") and not kind.startswith("multipart/"):
            return False
        if is_attached(part):
            return False
        return not file_name(part) or (not self._texts and not Headers.of(part).first("content-disposition"))

    def _text(self, part: Message, kind: str) -> list[_Piece]:
        text = plain(decoded(content(part)[:MOST_TEXT_BYTES], parameter(part, "charset")))
        if kind == "text/html":
            return [_Piece(html=text)]
        text = text[:MOST_TEXT]
        if parameter(part, "format").lower() == "flowed":
            text = _reflowed(text, parameter(part, "delsp").lower() == "yes")
        text, secret = open_text(text)
        if secret:
            self.encrypted = True
            self.files.put("message.asc", "application/pgp-encrypted", secret.encode())
        return [_Piece(_DOUBLED.sub(r"\1", _PICTURES.sub("", text)))]

    def _file(self, part: Message, kind: str, depth: int) -> list[_Piece]:
        self.encrypted = self.encrypted or is_secret(part)
        if kind == "message/rfc822":
            self.mails += inside(part)
        pack = self.files.add(part) if file_name(part) or content(part) or kind.startswith("message/") else None
        if pack and not self._texts:
            return [_Piece(plain(pack.text), pack.html)]
        if is_wrapped(part) and (data := unwrapped(content(part))):
            return self.pieces(read_structure(data)[0], depth + 1)
        return []


def _told(piece: _Piece) -> tuple[str, str]:
    """The text of a piece, whole and cut; HTML is told where there is no text beside it that says as much."""
    words = piece.plain.strip("\n").rstrip()
    if not piece.html or (words.strip() and not _stands_for_html(words)):
        return words, words
    page = Page(piece.html)
    full = page.text()
    page.cut()
    return (full, page.text() or full) if full else (words, words)


def _stands_for_html(words: str) -> bool:
    return len(words.split()) <= _FEW and _HTML_ONLY.search(words) is not None


def _reflowed(text: str, joined: bool) -> str:
    """Join the lines that a program broke (RFC 3676); a quote is never joined with what is not one."""
    out: list[str] = []
    goes_on, depth = False, 0
    for line in text.split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        words = line[marks:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        if goes_on and marks == depth and words != "-- ":
            out[-1] += words
        else:
            out.append(f"{'>' * marks} {words}" if marks else words)
        goes_on, depth = soft, marks
        if soft and joined:
            out[-1] = out[-1][:-1]
    return "\n".join(out)
