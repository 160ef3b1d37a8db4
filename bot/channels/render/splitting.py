"""Over-long documents in parts: cut between blocks, else at a line's end, at a space, or between characters."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .flat import Block, Run

Measure = Callable[[Block], int]

GAP = 2  # between two blocks: an empty line
JOINER = "\u200d"  # ties two emoji into one
SPACES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def packed(blocks: Iterable[Block], limit: int, measure: Measure) -> tuple[tuple[Block, ...], ...]:
    """Pack blocks into parts of at most `limit`, as `measure` tells it; what nobody would see is no part.

    `measure` is at least 1 for each character, grows with the text, and lets one character of a block fit.
    """
    parts: list[list[Block]] = []
    size = limit
    for piece in (piece for block in blocks for piece in _pieces(block, limit, measure)):
        size += GAP + measure(piece)
        if size > limit:
            parts.append([])
            size = measure(piece)
        parts[-1].append(piece)
    return tuple(tuple(part) for part in parts if visible("".join(block.text for block in part)))


def units(text: str) -> int:
    """How long a text is in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def visible(text: str) -> bool:
    """Whether a reader sees anything of it."""
    return any(unicodedata.category(char) not in SPACES for char in text)


def shortened(text: str, limit: int) -> str:
    """The beginning of a text, in at most `limit` UTF-16 code units, with an ellipsis where it was cut."""
    if units(text) <= limit:
        return text
    end = _most(lambda length: units(text[:length]), limit - 1, limit)
    return text[: _between_characters(text, end)] + "…"


def _pieces(block: Block, limit: int, measure: Measure) -> Iterator[Block]:
    """Cut a block into pieces that fit; each is of its kind, so that code stays code."""
    while True:
        window = _beginning(block, limit + 1)
        if len(window.text) <= limit and measure(window) <= limit:
            if window.text:
                yield window
            return
        end, after = _border(window.text, _most(_measured(window, measure), limit, limit), block.kind == "code")
        yield _beginning(window, end)
        block = _rest(block, after)


def _measured(block: Block, measure: Measure) -> Callable[[int], int]:
    return lambda length: measure(_beginning(block, length))


def _beginning(block: Block, length: int) -> Block:
    """The first characters of a block."""
    runs: list[Run] = []
    for run in block.runs:
        if length <= 0:
            break
        runs.append(run if len(run.text) <= length else replace(run, text=run.text[:length]))
        length -= len(run.text)
    return replace(block, runs=tuple(runs))


def _rest(block: Block, start: int) -> Block:
    """The characters of a block from `start` on; the mark of an item stays behind."""
    place = 0
    while place < len(block.runs) and start >= len(block.runs[place].text):
        start -= len(block.runs[place].text)
        place += 1
    runs = block.runs[place:]
    if runs and start:
        runs = (replace(runs[0], text=runs[0].text[start:]), *runs[1:])
    if block.kind == "item":
        return replace(block, runs=runs, kind="text", number=None, close=True)
    return replace(block, runs=runs)


def _most(size: Callable[[int], int], limit: int, longest: int) -> int:
    """The greatest length up to `longest` whose size is within the limit, at least 1."""
    low, high = 1, max(1, longest)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(middle) <= limit else (low, middle - 1)
    return low


def _border(text: str, most: int, code: bool) -> tuple[int, int]:
    """Where a piece of at most `most` characters ends, and where the next one begins.

    A paragraph is cut at a line's end of its later half; code at any, and its spaces are kept.
    """
    line = text.rfind("\n", 1 if code else max(1, most // 2), most + 1)
    if line > 0:
        return line, line + 1
    space = text.rfind(" ", 1, most if code else most + 1)
    if space > 0:
        return (space + 1, space + 1) if code else (space, space + 1)
    end = _between_characters(text, most)
    return end, end


def _between_characters(text: str, place: int) -> int:
    """The last place up to `place` that is not within one character as people count them."""
    end = place
    while 0 < end < len(text) and _continues(text, end):
        end -= 1
    return end or place


def _continues(text: str, place: int) -> bool:
    """Whether what stands here belongs to the character before: accents, skin tones, parts of emoji and flags."""
    here = text[place]
    if _flag(here):
        before = text[:place]
        return (len(before) - len(before.rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))) % 2 == 1
    tail = "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f"
    return tail or JOINER in (here, text[place - 1]) or unicodedata.category(here).startswith("M")


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
