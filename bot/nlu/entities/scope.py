"""How far it reaches and what changed before: who else is affected, and the change the person suspects."""

import re
from collections.abc import Iterator

from bot.dialog.understanding import Entity

from .affected_words import SCOPES
from .change_words import CHANGES


def scope(text: str, plain: str) -> Iterator[Entity]:
    """Read affected (one|several|everyone) and changed (password|update|place|equipment), at most one of each."""
    yield from _first("affected", SCOPES, text, plain)
    yield from _first("changed", CHANGES, text, plain)


def _first(name: str, readings: tuple[tuple[str, re.Pattern[str]], ...], text: str, plain: str) -> Iterator[Entity]:
    for value, pattern in readings:
        if match := pattern.search(plain):
            start, end = match.span()
            yield Entity(name, value, text[start:end], start, end)
            return
