"""Texts that people see: both languages there, French set as French is set, placeholders that exist."""

import re
from collections.abc import Iterator

from .faults import Margin
from .reading import fields_of, text_of
from .tree import Fields, Scalar, Tree

NO_BREAK = "\u00a0\u202f"
PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
_TEMPLATE = re.compile(r"\{\{|\{%")
_NOT_PROSE = re.compile(r"`[^`]*`|\b(?:https?|hxxps?|mailto)://?\S+|\]\([^)]*\)|^\s*\|[\s:|-]+\|?\s*$", re.MULTILINE)
_MARKS = (
    (re.compile(rf"(?<![{NO_BREAK}!?;(\[\"])(?P<mark>[;!?]+)(?=[\s*_)\]»\"]|$)"), "before"),
    (re.compile(rf"(?<![{NO_BREAK}])(?P<mark>:)(?=[\s*_]|$)", re.MULTILINE), "before"),
    (re.compile(rf"(?<![{NO_BREAK}])(?P<mark>»)"), "before"),
    (re.compile(rf"(?P<mark>«)(?![{NO_BREAK}])"), "after"),
)
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")


def translated(fields: Fields, margin: Margin, what: str, key: str = "text", response: str = "") -> dict[str, str]:
    """Read an English text and its `translation: {fr}`; notes what is missing or badly set in either.

    Placeholders are looked up later among those of `response`.
    """
    words = {"en": text_of(fields.fields.get(key), margin, what)}
    translation = fields.fields.get("translation")
    line = fields.lines.get(key, fields.line)
    if translation is None:
        margin.note(line, f"{what} has no French", "write `translation: {fr: ...}`")
        _check(words, fields, margin, what, response)
        return _without_gaps(words)
    inner = fields_of(translation, margin, f"the translation of {what}", ("fr",), ("fr",))
    words["fr"] = text_of(inner.fields.get("fr"), margin, f"the French of {what}")
    _check({"en": words["en"]}, fields, margin, what, response, key)
    _check({"fr": words["fr"]}, inner, margin, what, response)
    return _without_gaps(words)


def both_languages(tree: Tree | None, margin: Margin, what: str) -> dict[str, str]:
    """Read `{en: ..., fr: ...}`; notes what is missing or badly set in either."""
    fields = fields_of(tree, margin, what, ("en", "fr"), ("en", "fr"))
    words = {lang: text_of(fields.fields.get(lang), margin, what) for lang in ("en", "fr")}
    _check(words, fields, margin, what, "")
    return _without_gaps(words)


def _check(words: dict[str, str], fields: Fields, margin: Margin, what: str, response: str, key: str = "") -> None:
    for lang, text in words.items():
        tree = fields.fields.get(key or lang)
        line = tree.line if isinstance(tree, Scalar) else fields.line
        if _TEMPLATE.search(text):
            margin.note(line, f"{what} is a template", "write {slot}: templates are not supported")
            continue
        for name in dict.fromkeys(PLACEHOLDER.findall(text)):
            margin.refer("placeholder", name, line, response)
        for fault, mend in typography(text) if lang == "fr" else ():
            margin.note(line, f"{what}: {fault}", mend)


def _without_gaps(words: dict[str, str]) -> dict[str, str]:
    return {lang: text for lang, text in words.items() if text}


def typography(french: str) -> Iterator[tuple[str, str]]:
    """What a French text that people see gets wrong, each kind once: (fault, mend)."""
    prose = _NOT_PROSE.sub(lambda found: "x" * len(found[0]), french)
    seen = set()
    for pattern, side in _MARKS:
        for found in pattern.finditer(prose):
            mark = found["mark"][0]
            if mark not in seen and (side == "after" or prose[: found.start()].strip()):
                seen.add(mark)
                yield f"no no-break space {side} '{mark}' in {_around(prose, found.start())}", f"put U+00A0 {side} it"
    straight = _STRAIGHT.search(prose)
    if straight:
        yield f"straight apostrophe in {_around(prose, straight.start())}", "write ’ (U+2019)"


def _around(text: str, at: int) -> str:
    return repr(text[max(0, at - 14) : at + 6].replace("\u00a0", "_").replace("\u202f", "_").replace("\n", " "))
