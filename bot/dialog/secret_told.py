"""One-time codes and API keys: their form says little, the words around them say what they are."""

import re
from collections.abc import Iterator

from .secret_shapes import Spot, changes, classes, holds_digit, in_link, is_noise
from .secret_words import (
    CODE_BEHIND,
    CODE_LEAD,
    CODE_MATTER,
    CODE_TALK,
    CODE_WORD,
    FAULT_NUMBER,
    KEY_NAME,
    NO_CODE,
    NO_KEY,
    ORDINARY,
    WEAK_KEY_NAME,
)

_NEAR = 120  # characters before a value in which its name may stand
_BEHIND = 80
_CODE = re.compile(
    r"(?<![\w.,/-])(?<!\d )(?:[A-Z]-)?(?P<digits>\d{3}[ -]\d{3}|\d{4,8}|[A-Z0-9]{6,8})"
    r"(?![\w%/-]|[.,:]\d| \d{3})"
    r"(?!\s*(?:fois|times|minutes|min|caract[èe]res|characters|texts?|messages?|€|\$|euros?|chiffres|digits)\b)"
)
_KEY = re.compile(r"(?<![A-Za-z0-9+/_.~-])[A-Za-z0-9+/_.~-]{16,}+={0,2}+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9a-f]{16,}|[0-9A-F]{16,})")
_SET = re.compile(  # API_SECRET=..., "token": "..."
    r"(?<![^\W_])(?:secret|token|jeton|api_?key|access_?key|auth)[\"']?(?:\s\w{1,20}){0,2}?"
    r"(?:\s{0,3}[:=]\s{0,3}|\s{1,3}(?:est|is)\s{1,3})[\"']?(?P<value>[^\s\"',;<>&]{8,200})",
    re.IGNORECASE,
)
_LINK = re.compile(r"[^\w\n]{0,4}(?:(?:est|is|c['’]est|c|:|=)\s)?[^\w\n]{0,4}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_CODE_FAULT = re.compile(r"\b(?:erreur|error|[ée]chec|failure)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


def spots(text: str) -> Iterator[Spot]:
    """Every one-time code and every API key that its neighbours name."""
    yield from ((*match.span(), "code") for match in _CODE.finditer(text) if _is_code(text, match))
    for match in _KEY.finditer(text):
        end = match.start() + len(match[0].rstrip(".~"))
        if _is_key(text, match.start(), end):
            yield match.start(), end, "token"
    for match in _SET.finditer(text):
        if _mixed(match["value"]) and not in_link(text, match.start()):
            yield *match.span("value"), "token"


def _before(text: str, start: int) -> str:
    """Give the sentence up to a place; a line break right before the place does not end it."""
    near = text[max(0, start - _NEAR) : start]
    told = near.rstrip("\n \t\"'«“(")
    ends = [match.end() for match in _SENTENCE_END.finditer(told)]
    return near[ends[-1] :] if ends else near


def _behind(text: str, end: int) -> str:
    return _SENTENCE_END.split(text[end : end + _BEHIND], maxsplit=1)[0]


def _is_code(text: str, match: re.Match[str]) -> bool:
    before, behind = _before(text, match.start()), _behind(text, match.end())
    led = CODE_LEAD.search(before) is not None
    if not holds_digit(match[0]):  # the word is loud enough only where all others are not
        return led and not before.isupper() and match[0].lower() not in ORDINARY
    if led or NO_CODE.search(before):
        return led
    return CODE_BEHIND.match(behind) is not None or _is_spoken_of(match["digits"], f"{before} {behind}")


def _is_spoken_of(value: str, said: str) -> bool:
    """Tell whether a sentence is about a code that was sent, so that a number in it is the code."""
    if _CODE_FAULT.search(said) or FAULT_NUMBER.fullmatch(value):
        return False
    matter, talk, word = (pattern.search(said) is not None for pattern in (CODE_MATTER, CODE_TALK, CODE_WORD))
    six = len(re.sub(r"\D", "", value)) == 6  # nearly all codes are that long, and little else is
    number = talk and value.isdigit() and not _YEAR.fullmatch(value)
    return (matter and (six or word or number)) or (six and talk and word)


def _is_key(text: str, start: int, end: int) -> bool:
    value = text[start:end]
    if not _unlike_a_word(value) or in_link(text, start):
        return False
    before = _before(text, start)
    names = list(KEY_NAME.finditer(before))
    if names and _LINK.fullmatch(before, names[-1].end()):
        return True
    said = before + " " + _behind(text, end)
    if not _noisy(value) or NO_KEY.search(before, names[-1].end() if names else 0):
        return False
    return KEY_NAME.search(said) is not None or WEAK_KEY_NAME.search(said) is not None


def _unlike_a_word(value: str) -> bool:
    letters = any(char.isalpha() for char in value)
    return letters and (holds_digit(value) or value.endswith("=") or ("." not in value and is_noise(value)))


def _noisy(value: str) -> bool:
    """Tell a key from a long word, a path or a host: its letters and digits change places often."""
    if _UUID.fullmatch(value) or _HEX.fullmatch(value):
        return True
    return changes(value) >= 0.25 and value.count(".") < 3 and value.count("/") < 8


def _mixed(value: str) -> bool:
    return holds_digit(value) and len(set(classes(value))) > 1 and changes(value) >= 0.2
