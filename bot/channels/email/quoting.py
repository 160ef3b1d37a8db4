"""Where a mail begins to quote another: the line of the mail program, its copy of a header, a line of dashes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlu.fold import fold

from .limits import MOST_LINE
from .reply_words import (
    BARE_SEPARATOR,
    DATE,
    EMAIL,
    FORWARDS,
    LABELS,
    OWN_WORDS,
    QUOTED,
    RULE,
    SEPARATOR,
    STARTS,
    TIME,
    WROTE,
)

_MOST_INTRO_LINES = 6  # over which a program wraps "On ..., ... wrote:"
_MOST_INTRO = 400  # characters
_MOST_HEADER_LINES = 16
_FIRST_LABELS = {"from", "sent", "to", "subject"}
_ENDS_WITH_COLON = re.compile(r"(?:[:：][\s*_]*|-{2,}\s*)$")
_DATED_ADDRESS = re.compile(rf"{EMAIL.pattern}>?\)?(?:<mailto:[^<>]*>)?>?\s*[:：]\s*$")
_OLD_GMAIL = re.compile(
    r"\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}\b"
    rf"(?:.{{1,120}}<\s?{EMAIL.pattern}>[:\s]*| \d\d?:\d\d gmt[+-]\d\d:?\d\d .{{1,120}})$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """Lines that announce a quoted mail, `start` up to and not including `end`; `copied`: with that mail's header."""

    start: int
    end: int
    forward: bool = False
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text in lines, and each of them folded and cut for matching."""

    lines: tuple[str, ...]
    plain: tuple[str, ...]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Text":
        """Fold the lines."""
        return cls(tuple(lines), tuple(fold(line[:MOST_LINE]) for line in lines))


def is_quoted(line: str) -> bool:
    """Tell whether a line bears the mark of a quote."""
    return QUOTED.match(line) is not None


def is_forward_line(plain: str) -> bool:
    """Tell whether a folded line says that a mail is passed on, marked as quoted or not."""
    found = SEPARATOR.match(plain) or BARE_SEPARATOR.match(plain)
    return found is not None and FORWARDS.fullmatch(found["words"]) is not None


def heads(text: Text) -> Iterator[Head]:
    """Find what announces a quoted mail, from the top; what stands inside marked quotes is left to their marks."""
    at = 0
    while at < len(text.lines):
        head = None if is_quoted(text.lines[at]) else _separator(text, at) or _header(text, at) or _intro(text, at)
        if head:
            yield head
        at = head.end if head else at + 1


def _separator(text: Text, at: int) -> Head | None:
    """`-----Original Message-----`, with the header that follows it."""
    line = text.plain[at]
    found = SEPARATOR.match(line) or BARE_SEPARATOR.match(line)
    if not found:
        return None
    below = _next(text, at + 1)
    header = _header(text, below, divided=True) if below < len(text.lines) else None
    if header is None and not SEPARATOR.match(line):
        return None  # "Message d'origine :" without a header below may be anybody's words
    return Head(
        at, header.end if header else at + 1, FORWARDS.fullmatch(found["words"]) is not None, header is not None
    )


def _header(text: Text, at: int, divided: bool = False) -> Head | None:
    """The copy of a mail's header: who, when, to whom and about what, line by line."""
    first = _label(text.plain[at])
    divided = divided or (at > 0 and _is_rule(text.plain[_previous(text, at - 1)]))
    if first not in _FIRST_LABELS:
        return None
    kinds, end = {first}, at + 1
    for line in range(at + 1, min(at + _MOST_HEADER_LINES, len(text.lines))):
        if kind := _label(text.plain[line]):
            kinds.add(kind)
            end = line + 1
        elif line - end >= 2:  # a long subject or list of addresses goes on for a line or two
            break
    if not _is_of_a_mail(" ".join(text.plain[at:end]), first, kinds, divided):
        return None
    start = _previous(text, at - 1) if at else at
    return Head(start if at and _is_rule(text.plain[start]) else at, end, copied=True)


def _is_of_a_mail(whole: str, first: str, kinds: set[str], divided: bool) -> bool:
    """Tell a mail's header from a form that somebody filled in ("De : Paris, À : Lyon, Date : 3 mai")."""
    sure = divided or EMAIL.search(whole) is not None
    if first == "from":
        named = "subject" in kinds and (sure or TIME.search(whole) is not None)
        return len(kinds & _FIRST_LABELS) >= 3 and (named or (sure and DATE.search(whole) is not None))
    return "from" in kinds and len(kinds & _FIRST_LABELS) >= (3 if divided else 4) and sure


def _intro(text: Text, at: int) -> Head | None:
    """`On Monday, Ann wrote:`, over up to six lines; of two that could begin it the later one does."""
    for end in range(at, min(at + _MOST_INTRO_LINES, len(text.lines))):
        window = _window(text, at, end)
        if len(window) > _MOST_INTRO or (end > at and is_quoted(text.lines[end]) and not _closes(window)):
            return None
        if _is_intro(text, at, end):
            later = range(at + 1, end + 1)
            sure = _begins(text, at, end)
            superseded = any(_is_intro(text, one, end) and _begins(text, one, end) >= sure for one in later)
            return None if superseded else Head(at, end + 1)
    return None


def _window(text: Text, at: int, end: int) -> str:
    return " ".join(line.strip() for line in text.plain[at : end + 1])


def _is_intro(text: Text, at: int, end: int) -> bool:
    window = _window(text, at, end)
    if _OLD_GMAIL.match(window):
        return True
    if not _ENDS_WITH_COLON.search(window):
        return False
    begins = _begins(text, at, end)
    if begins and DATE.search(window) and _DATED_ADDRESS.search(window):
        return True
    if not WROTE.search(window) or OWN_WORDS.search(window):
        return False
    return begins > 0 or (at == end and _is_followed_by_quote(text, end))


def _begins(text: Text, at: int, end: int) -> int:
    """Tell how surely such a line begins here: 2 with a few words and a date, 1 with a name and its address, 0 not."""
    line = text.plain[at]
    if STARTS.match(line) and DATE.search(line):
        return 2
    verb, address = WROTE.search(_window(text, at, end)), EMAIL.search(line)
    return int(verb is not None and address is not None and address.start() < verb.start() <= len(line))


def _closes(window: str) -> bool:
    """`... <ann@example.com` on one line and `> wrote:` on the next is no quote."""
    return window.count("<") == window.count(">")


def _is_followed_by_quote(text: Text, at: int) -> bool:
    below = _next(text, at + 1)
    return below < len(text.lines) and is_quoted(text.lines[below])


def _label(line: str) -> str:
    return next((kind for kind, pattern in LABELS.items() if pattern.match(line)), "")


def _is_rule(line: str) -> bool:
    return len(line.strip()) >= 3 and RULE.match(line) is not None


def _next(text: Text, at: int) -> int:
    while at < len(text.lines) and not text.lines[at].strip():
        at += 1
    return at


def _previous(text: Text, at: int) -> int:
    while at > 0 and not text.lines[at].strip():
        at -= 1
    return at
