"""Answers to numbered questions in one text: "1b 2a", "3. error 809", "4 Windows", in any order, with words around."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LETTERS = "abcdefgh"

_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
# A letter alone: no other letter, accent or apostrophe follows ("2 à", "1 d'accord"); a digit may ("1a2b").
_LETTER = re.compile(r"\s{0,3}(?:[.):=–-]\s{0,3}){0,2}([a-hA-H])(?![^\W\d_]|[\u0300-\u036f'’])[.)]?")
_MARK = re.compile(r"\s{0,3}(?:[.):=](?!\d)|[–-](?!\s*\d))")
_GAP = re.compile(r"[\s,;.:&/|+]*(?:et|and)?[\s,;.:&/|+]*", re.IGNORECASE)
_LONGEST_GAP = 20
_EDGES = " \t\r\n,;.:"


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one question, counted from 1: its letter, or the words between `start` and `end`."""

    number: int
    letter: int = -1  # which choice, counted from 0; -1: none is named
    begins: int = 0  # where its number stands
    start: int = 0  # where its words begin, behind the letter if there is one
    end: int = 0


def parts(text: str, choices: tuple[int, ...]) -> tuple[Part, ...]:
    """Find the answers, given how many choices each question has; each question once, a letter before mere words."""
    lettered = _first_of_each(_lettered(text, choices))
    taken = {one.number for one in lettered}
    marked = _first_of_each(one for one in _marked(text, len(choices)) if one.number not in taken)
    sure = (*lettered, *marked)
    taken |= {one.number for one in marked}
    bare = [one for one in _bare(text, len(choices), lettered) if one.number not in taken] if sure else []
    found = sorted((*sure, *_first_of_each(bare)), key=lambda one: one.begins)
    ends = (*(one.begins for one in found[1:]), len(text))
    whole = (_to(one, end) for one, end in zip(found, ends, strict=False))
    return tuple(one for one in whole if one.letter >= 0 or words_of(text, one))


def words_of(text: str, part: Part) -> str:
    """The words of an answer; behind a letter those that were added."""
    return text[part.start : part.end].strip(_EDGES)


def around(text: str, found: tuple[Part, ...]) -> tuple[tuple[int, int], ...]:
    """The stretches of the text that answer no question of their own: what is before, and what follows a letter."""
    before = (0, found[0].begins if found else len(text))
    return (before, *((one.start, one.end) for one in found if one.letter >= 0))


def _to(part: Part, end: int) -> Part:
    return Part(part.number, part.letter, part.begins, min(part.start, end), end)


def _first_of_each(found: Iterable[Part]) -> tuple[Part, ...]:
    known: dict[int, Part] = {}
    for one in found:
        known.setdefault(one.number, one)
    return tuple(known.values())


def _lettered(text: str, choices: tuple[int, ...]) -> Iterator[Part]:
    last = -1
    for match in _NUMBER.finditer(text):
        number, letter = int(match[0]), _LETTER.match(text, match.end())
        if not letter or not 1 <= number <= len(choices) or not (_stands_free(text, match) or match.start() == last):
            continue
        index = LETTERS.index(letter[1].lower())
        if index < choices[number - 1]:
            last = letter.end()
            yield Part(number, index, match.start(), last)


def _marked(text: str, count: int) -> Iterator[Part]:
    for match in _NUMBER.finditer(text):
        mark = _MARK.match(text, match.end())
        if mark and 1 <= int(match[0]) <= count and _stands_free(text, match, closely=True):
            yield Part(int(match[0]), -1, match.start(), mark.end())


def _bare(text: str, count: int, lettered: tuple[Part, ...]) -> Iterator[Part]:
    """A number before words, where one is expected: at a line's beginning, or right after a lettered answer."""
    ends = [one.start for one in lettered]
    for match in _NUMBER.finditer(text):
        if not 1 <= int(match[0]) <= count or not text[match.end() : match.end() + 1].isspace():
            continue
        at = match.start()
        after = any(0 <= at - end <= _LONGEST_GAP and _GAP.fullmatch(text, end, at) for end in ends)
        if after or not text[text.rfind("\n", 0, at) + 1 : at].strip():
            yield Part(int(match[0]), -1, at, match.end())


def _stands_free(text: str, match: re.Match[str], closely: bool = False) -> bool:
    """Whether nothing is written onto the number; `closely`: only a blank, comma or semicolon may stand before it."""
    before = text[match.start() - 1] if match.start() else " "
    return before.isspace() or before in ",;" if closely else not (before.isalnum() or before in "_'’")
