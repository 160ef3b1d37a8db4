"""Two texts compared so that people can read it: line by line, and word by word within a line that was changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 60_000  # characters of a text that a page shows or compares; of a longer one its beginning
MOST_LINES = 2_000  # that are compared, of each text
_AROUND = 2  # unchanged lines shown before and after a change
_ALIKE = 0.5  # share of words in common, for a line to count as another one, changed
_MOST_WORK = 1_000_000  # words of one side times words of the other that are compared one by one
_WORD = re.compile(r"\w+|[^\w\s]")
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
SAME, GONE, NEW, CHANGED = "same", "gone", "new", "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: same | gone | new."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A line: same | gone | new, or changed with pieces of each."""

    mark: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow one another; `folded`: unchanged ones far from any change."""

    folded: bool
    lines: tuple[Change, ...]


def differences(before: str, after: str) -> tuple[Stretch, ...]:
    """Compare two texts, their blank lines apart; empty where no line changed."""
    lines = tuple(_lines(_split(before), _split(after)))
    return tuple(_folded(lines)) if any(line.mark != SAME for line in lines) else ()


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two lines word by word; what is too long, or wholly other, is given as one line and the other."""
    if not _are_comparable([before], [after]) or not _are_alike(before, after):
        return tuple(_changed(before, after))
    return tuple(_pieces(_TOKEN.findall(before), _TOKEN.findall(after)))


def is_cut(*texts: str) -> bool:
    """Whether a text is longer than what is compared of it."""
    return any(len(text) > LONGEST or len(_every(text)) > MOST_LINES for text in texts)


def _every(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _split(text: str) -> list[str]:
    return _every(text[:LONGEST])[:MOST_LINES]


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for kind, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (_line(SAME, line) for line in old[start:end])
        else:
            yield from _replaced(old[start:end], new[first:last])


def _line(mark: str, text: str) -> Change:
    return Change(mark, (Piece(mark, text),))


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Tell which lines became which, in their order; the others went, or are new."""
    comparable, at, came = _are_comparable(old, new), 0, list[str]()
    for line in new:
        places = range(at, len(old)) if comparable else ()
        became = next((place for place in places if _are_alike(old[place], line)), None)
        if became is None:
            came.append(line)
            continue
        yield from _gone_and_come(old[at:became], came)
        yield Change(CHANGED, words(old[became], line))
        at, came = became + 1, []
    yield from _gone_and_come(old[at:], came)


def _gone_and_come(gone: Sequence[str], came: Sequence[str]) -> Iterator[Change]:
    yield from (_line(GONE, line) for line in gone)
    yield from (_line(NEW, line) for line in came)


def _are_comparable(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether comparing each with each is done in a moment."""
    return sum(map(len, map(_WORD.findall, old))) * sum(map(len, map(_WORD.findall, new))) <= _MOST_WORK


def _are_alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, _WORD.findall(old), _WORD.findall(new), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Give what stayed, went and came; a lone space between two changes belongs to both."""
    gone = came = ""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, start, end, first, last) in enumerate(opcodes):
        same = "".join(old[start:end])
        if kind == "equal" and (same.strip() or at in (0, len(opcodes) - 1)):
            yield from _changed(gone, came)
            yield Piece(SAME, same)
            gone = came = ""
        else:
            gone, came = gone + same, came + "".join(new[first:last])
    yield from _changed(gone, came)


def _changed(gone: str, came: str) -> Iterator[Piece]:
    return (Piece(mark, text) for mark, text in ((GONE, gone), (NEW, came)) if text)


def _folded(lines: Sequence[Change]) -> Iterator[Stretch]:
    """Fold unchanged lines that are far from any change, where that spares more than one."""
    near = {
        other
        for at, line in enumerate(lines)
        if line.mark != SAME
        for other in range(at - _AROUND, at + _AROUND + 1)
    }  # fmt: skip
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (end in near) == (start in near):
            end += 1
        yield Stretch(start not in near and end - start > 1, tuple(lines[start:end]))
        start = end
