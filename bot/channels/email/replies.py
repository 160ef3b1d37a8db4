"""What the writer of a mail added: quoted mails and signatures are taken off, by rules that hold for any program."""

from collections.abc import Iterable, Sequence

from .limits import MOST_LINES, MOST_TEXT
from .quoting import Text, heads, is_forward_line, is_quoted
from .repeating import without_ours
from .reply_words import DATE, DELIMITER, EMAIL, MARKER, MOBILE, RULE

_MOST_SIGNATURE = 30  # lines with words, a notice of the lawyers' among them; what is longer is no signature
_DEEPEST = 10  # quoted mails within one another that are looked at
_WRAPPED = 60  # characters: a quoted line as long as this may have been wrapped, its end without a mark


def new_text(text: str, ours: str = "", *, answers: bool = True) -> str:
    """Give what is new in a mail. `ours`: what we wrote last, which is taken off wherever it stands.

    Answers between quoted lines keep these lines. Where nothing would be left, all is kept. In a mail that `answers`
    nothing, lines marked `>` that no program announces may be the output of a command.
    """
    lines = text[:MOST_TEXT].split("\n")
    kept = _above_marker(lines[:MOST_LINES])
    if ours:
        kept = without_ours(kept, ours)
    kept = _without_signature(_without_quotes(kept, answers))
    if len(lines) > MOST_LINES and kept[-1:] == lines[MOST_LINES - 1 : MOST_LINES]:
        kept = [*kept, *lines[MOST_LINES:]]
    told = "\n".join(kept).strip("\n")
    return told if told.strip() else text.strip()


def forwards(text: str) -> bool:
    """Tell whether a mail passes another one on, above anything it quotes."""
    lines = Text.of(text[:MOST_TEXT].split("\n")[:MOST_LINES])
    first = next(heads(lines), None)
    above = lines.plain[: first.start if first else len(lines.plain)]
    return (first is not None and first.forward) or any(is_forward_line(line) for line in above)


def copies(text: str) -> bool:
    """Tell whether the first mail that is quoted stands there with its header."""
    first = next(heads(Text.of(text[:MOST_TEXT].split("\n")[:MOST_LINES])), None)
    return first is not None and first.copied


def _above_marker(lines: Sequence[str]) -> list[str]:
    """Keep what stands above "reply above this line"."""
    plain = Text.of(lines).plain
    at = next((number for number, line in enumerate(plain) if MARKER.search(line)), len(lines))
    return list(lines[:at] if any(line.strip() for line in lines[:at]) else lines)


def _without_quotes(lines: list[str], answers: bool, deep: int = 0) -> list[str]:
    head = next(heads(Text.of(lines)), None)
    if head is None or deep == _DEEPEST:
        return _without_last_quote(lines) if answers else lines
    above, below = lines[: head.start], lines[head.end :]
    if _has_words(above):
        return [*above, *_without_quotes(below, answers, deep + 1)] if _is_answered(below) else above
    if _is_answered(below) and (rest := _after_only_quote(below)):
        return _without_quotes(rest, answers, deep + 1)
    return (
        _without_quotes(below, answers, deep + 1)
        if _has_words(line for line in below if not is_quoted(line))
        else lines
    )


def _without_last_quote(lines: list[str]) -> list[str]:
    """Take off marked lines at the end, and the line that announces them in whatever language."""
    kept = _without_signature(lines)
    end = len(kept)
    while end and (not kept[end - 1].strip() or is_quoted(kept[end - 1])):
        end -= 1
    if not _has_words(kept[:end]) or not any(is_quoted(line) for line in kept[end:]):
        return lines
    last = kept[end - 1]
    if (
        last.rstrip().endswith((":", "："))
        and (EMAIL.search(last) or DATE.search(last))
        and _has_words(kept[: end - 1])
    ):
        end -= 1
    return kept[:end]


def _is_answered(lines: list[str]) -> bool:
    """Tell whether the writer goes on below what is quoted with marks."""
    kept = _without_signature(_without_heads(lines))
    first = next((number for number, line in enumerate(kept) if is_quoted(line)), len(kept))
    return any(
        line.strip() and not is_quoted(line) and not RULE.match(line) and not _is_wrapped(kept, number)
        for number, line in enumerate(kept[first:], first)
    )


def _without_heads(lines: list[str]) -> list[str]:
    announced = {number for head in heads(Text.of(lines)) for number in range(head.start, head.end)}
    return [line for number, line in enumerate(lines) if number not in announced]


def _is_wrapped(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line is the end of a quoted line that a program wrapped."""
    return at > 0 and is_quoted(lines[at - 1]) and len(lines[at - 1]) >= _WRAPPED and len(lines[at].split()) < 4


def _after_only_quote(lines: list[str]) -> list[str]:
    """Give what follows when one quote stands first and all the rest is the writer's; else nothing."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    while end < len(lines) and (is_quoted(lines[end]) or not lines[end].strip() or _is_wrapped(lines, end)):
        end += 1
    rest = lines[end:]
    return rest if end > start and not any(is_quoted(line) for line in rest) else []


def _without_signature(lines: list[str]) -> list[str]:
    """Take off what stands below `-- `, and "sent from my ..." at the end."""
    plain = Text.of(lines).plain
    end = _delimiter(plain)
    while end and (not plain[end - 1].strip() or RULE.match(plain[end - 1]) or MOBILE.match(plain[end - 1].strip())):
        end -= 1
    return lines[:end] if _has_words(lines[:end]) else lines


def _delimiter(plain: Sequence[str]) -> int:
    """Find the line that divides a signature off: the first with few lines below it, none of them quoted."""
    found, below = len(plain), 0
    for number in range(len(plain) - 1, 0, -1):
        line = plain[number]
        if DELIMITER.match(line) and _has_words(plain[:number]):
            found = number
        below += bool(line.strip())
        if below > _MOST_SIGNATURE or is_quoted(line):
            break
    return found


def _has_words(lines: Iterable[str]) -> bool:
    return any(any(char.isalnum() for char in line) for line in lines)
