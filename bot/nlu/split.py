"""Several problems in one message: where one could end and the next begin."""

import re
from itertools import islice

from .mood_words import FAULT

_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|\n+|(?<=\s)[-*•–]\s+|(?:^|\s)\d[).]\s+")
_ANOTHER = re.compile(
    r"(?<![\w-])(?:par ailleurs|d'autre part|en plus(?: de ca)?|autre (?:chose|probleme|souci|point)|aussi,"
    r"|de plus"
    r"|(?:deuxieme|second) (?:probleme|point|souci)(?: ?:)?|sinon|au passage|et puis|ensuite|puis|egalement,"
    r"|et aussi|also"
    r"|by the way|btw|in addition|additionally|another (?:problem|issue|thing)(?: is)?(?: ?:| that)?|besides"
    r"|secondly|plus (?=my |the )"
    r"|on top of that|moreover|as well as|ainsi que|et en plus|and also|par contre|mais aussi"
    r"|but also)(?![\w-])[ ,:]{0,3}"
)
_AND = re.compile(r"[ ,]{1,2}(?:et|and|&|mais|but) +|, +")
_WISH = re.compile(
    r"\b(?:besoin|need|want|voudrais|veux|souhaite|pouvez|can you|could you|please|merci de|demande|request|perdu"
    r"|lost|oublie"
    r"|forgot\w*|plus de|no more|vide|empty|plein|full|coupe|drops?|disparu|missing|ko|hs|down|rame|freeze|comment"
    r"|how"
    r"|jam\w*|dead|black|noire?|bourrage|gone|broke|leak\w*|fuit|stopped|error|wrong|lock\w*|expir\w*|slow\w*|offline"
    r"|hors|casse\w*|refus\w*|coupures?|pas|plus|not|no)\b"
)
MOST = 6  # parts that are looked at
_MOST_ANDS = 12  # in one sentence
_LONGEST_PART = 300  # characters of a part in which its complaint must stand


def parts(plain: str) -> tuple[tuple[int, int], ...]:
    """Cut a folded body into stretches that may each tell a problem; one stretch when there is nothing to cut.

    "and" cuts only where both sides complain or ask on their own.
    """
    spans: list[tuple[int, int]] = []
    for sentence in _cut(plain, 0, len(plain), _SENTENCE_END):
        for part in _cut(plain, *sentence, _ANOTHER):
            spans += _cut_at_and(plain, *part)
    told = tuple(span for span in (_trim(plain, *span) for span in spans) if _says_something(plain[slice(*span)]))
    return told[:MOST]


def sentences(plain: str) -> tuple[tuple[int, int], ...]:
    """Cut a folded body at the ends of sentences and lines."""
    spans = (_trim(plain, *span) for span in _cut(plain, 0, len(plain), _SENTENCE_END))
    return tuple(span for span in spans if _says_something(plain[slice(*span)]))


def _cut(plain: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    spans, at = [], start
    for match in pattern.finditer(plain, start, end):
        spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, end)]


def _cut_at_and(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at each "and" or comma whose two sides both stand alone; "mail and calendar" stays together."""
    spans, at = [], start
    for match in islice(_AND.finditer(plain, start, end), _MOST_ANDS):
        if complains(plain[at : match.start()]) and complains(plain[match.end() : end]):
            spans.append((at, match.start()))
            at = match.end()
    return [*spans, (at, end)]


def complains(part: str) -> bool:
    """Tell whether a stretch names a fault or a wish, in at least three words."""
    return len(part.split()) >= 3 and names_fault(part)


def names_fault(part: str) -> bool:
    """Tell whether a stretch of folded text names a fault or a wish."""
    part = part[:_LONGEST_PART]
    return FAULT.search(part) is not None or _WISH.search(part) is not None


def _trim(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not plain[start].isalnum():
        start += 1
    while start < end and not plain[end - 1].isalnum():
        end -= 1
    return start, end


def _says_something(part: str) -> bool:
    return len(part.split()) >= 2
