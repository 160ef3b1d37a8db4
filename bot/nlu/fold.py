"""Folding: a text made easy to match, character by character, so that places in it stay places in the original."""

import re
import unicodedata

LIMIT = 5_000  # characters of a message that are read; a longer one says what it wants before that
_APOSTROPHES = "’‘ʼ`´＇"
_COMBINED = re.compile(r".[̀-ͯ]+", re.DOTALL)


class _Folding(dict[int, str]):
    """Each character once, looked up by `str.translate`; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < 20_000:
            self[code] = folded
        return folded


def _fold(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Cf", "Zs"):
        return " "
    plain = unicodedata.normalize("NFKD", char)[:1].lower()
    return plain if len(plain) == 1 else char


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower-case, without accents, typographic apostrophes or control characters; exactly as long as the text."""
    return text.translate(_FOLDING)


def composed(text: str) -> tuple[str, list[int]]:
    """Cut to LIMIT and put accents on their letters.

    Gives the text to read and, for each place in it (and its end), the place in the given text; an empty list says
    that places are the same.
    """
    text = text[:LIMIT]
    if unicodedata.is_normalized("NFC", text):
        return text, []
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _COMBINED.finditer(text):
        joined = unicodedata.normalize("NFC", match[0])
        parts += [text[at : match.start()], joined]
        places += [*range(at, match.start()), *[match.start()] * len(joined)]
        at = match.end()
    return "".join(parts) + text[at:], [*places, *range(at, len(text) + 1)]


def blank(text: str, start: int, end: int) -> str:
    """Overwrite a stretch with spaces, so that the rest keeps its place; line ends stay."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
