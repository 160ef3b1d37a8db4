"""Our own last text taken off a mail, wherever and however it is quoted: no language, no marks needed."""

import re
from collections.abc import Sequence

from bot.nlu.fold import fold

from .reply_words import DATE, EMAIL

_WORD = re.compile(r"\w+")
_ENOUGH = 4  # words of a line by which it is told to be ours; fewer may be an answer
_RUN = 2  # lines of ours that follow one another; a single one may be a choice that was copied as the answer
_LOST = 3  # lines between two of ours that may be short, wrapped or empty


def without_ours(lines: Sequence[str], ours: str) -> list[str]:
    """Take off the stretch of lines that we wrote, and the line that announces it."""
    whole = f" {' '.join(_words(ours))} "
    mine = [_is_ours(line, whole) for line in lines]
    first, last, count = _longest(mine)
    alone = count == 1 and (_is_whole(lines[first], whole) or lines[first].lstrip().startswith(">"))
    if count < _RUN and not alone:
        return list(lines)
    while last + 1 < len(lines) and lines[last + 1].strip() and _is_piece(lines[last + 1], whole):
        last += 1
    while first > 0 and (
        not lines[first - 1].strip() or _is_piece(lines[first - 1], whole) or _announces(lines[first - 1])
    ):
        first -= 1
    kept = [*lines[:first], *lines[last + 1 :]]
    return kept if any(line.strip() for line in kept) else list(lines)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _is_ours(line: str, whole: str) -> bool:
    words = _words(line)
    return len(words) >= _ENOUGH and f" {' '.join(words)} " in whole


def _is_piece(line: str, whole: str) -> bool:
    """A short line of our text: a name, a choice, the end of a wrapped line."""
    words = _words(line)
    return 0 < len(words) < _ENOUGH and f" {' '.join(words)} " in whole


def _is_whole(line: str, whole: str) -> bool:
    return " ".join(_words(line)) == whole.strip()


def _announces(line: str) -> bool:
    """`Am 5. Januar schrieb ...:` in any language."""
    return line.rstrip().endswith((":", "：")) and bool(EMAIL.search(line) or DATE.search(line))


def _longest(mine: Sequence[bool]) -> tuple[int, int, int]:
    """Find the stretch with most lines of ours: its first line, its last, and how many they are."""
    best = (0, 0, 0)
    first, last, count = 0, -_LOST - 2, 0
    for number, is_ours in enumerate(mine):
        if is_ours:
            first, count = (first, count + 1) if number - last <= _LOST + 1 else (number, 1)
            last = number
            best = max(best, (first, last, count), key=lambda one: one[2])
    return best
