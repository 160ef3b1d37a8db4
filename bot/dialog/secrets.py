"""Finds and masks secrets by rule: passwords told in words, cards, IBANs, tokens, keys, one-time codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .secret_words import CODE, CREDENTIALS, LINK_TO, ORDINARY, PASSWORD_AS, PASSWORD_BARE, PASSWORD_IS

MASK = "•••••"  # never as long as what it hides

_TOKEN = re.compile(
    r"(?<![\w-])(?:xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,}|gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}|A[KS]IA[0-9A-Z]{16}|sk[-_](?:live[-_]|test[-_]|proj-)?[A-Za-z0-9]{16,}"
    r"|AIza[\w-]{30,}|\d{8,10}:[\w-]{30,})(?![\w-])"
)
_NEAR_TOKEN = re.compile(
    r"(?:\b(?:tokens?|jetons?|api[ _-]?key|cl[ée]s?(?: d['’ ])? ?api|cl[ée] secr[èe]te|secret(?:[ _-]?key)?"
    r"|access[ _-]?key)\b"
    r"[^\w\n]{1,5}(?:(?:is|est|de|of|d['’])\s+)?|\bbearer\s+)[\"'«“]?\s?(?P<value>[A-Za-z0-9+/_=.-]{16,})",
    re.IGNORECASE,
)
_KEY_BLOCK = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY[A-Z ]{0,10}-----.*?(?:-----END [A-Z0-9 ]{0,40}-----|\Z)", re.DOTALL
)
_RECOVERY_KEY = re.compile(r"(?<!\d)\d{6}(?:[ \t]*[-–—\s][ \t]*\d{6}){7}(?!\d)")
_CARD = re.compile(r"(?<![\d.-])[2-6](?:[ -]?\d){12,18}(?![\d])")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE)
_LINK_LOGIN = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}://[^\s:/@]{1,64}:(?P<value>[^\s/@]{1,128})@", re.IGNORECASE)
_IBAN_LENGTHS = {
    15: "NO",
    16: "BE",
    18: "DK FI NL",
    19: "SI",
    20: "AT EE LT LU",
    21: "CH HR LI LV",
    22: "BG DE GB IE RS",
    23: "AE GI IL",
    24: "AD CZ ES RO SA SE SK TN",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC SM",
    28: "CY HU MA PL",
    29: "UA",
    31: "MT",
}  # length -> countries
_CARD_NUMBER = re.compile(  # by issuer: an IMEI or an order number may pass the checksum too
    r"(?:2[2-7]|35|4\d|5[0-8]|6\d)\d{14}|3[47]\d{13}|3[068]\d{12}|4(?:\d{12}|\d{18})|6\d{16,18}"
)
_EDGES = "\"'«»“”‘’`()[]{}<>,;"


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret in a text.

    `kind`: password | card | iban | token | private_key | recovery_key | code.
    """

    start: int
    end: int
    kind: str


def find(text: str) -> tuple[Secret, ...]:
    """List the secrets of a text in order, none overlapping another; nothing in a masked text is one."""
    found: list[Secret] = []
    for secret in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if not found or secret.start >= found[-1].end:
            found.append(secret)
    return tuple(found)


def mask(text: str) -> tuple[str, tuple[Secret, ...]]:
    """Replace each secret by the same placeholder; gives the secrets too, as they stood in the given text."""
    secrets = find(text)
    parts, at = [], 0
    for secret in secrets:
        parts += [text[at : secret.start], MASK]
        at = secret.end
    return "".join(parts) + text[at:], secrets


def _all(text: str) -> Iterator[Secret]:
    yield from _plain(_KEY_BLOCK, text, "private_key")
    yield from _plain(_RECOVERY_KEY, text, "recovery_key")
    yield from _plain(_TOKEN, text, "token")
    yield from (_spot(match, "token") for match in _NEAR_TOKEN.finditer(text) if _random_looking(match["value"]))
    yield from (_spot(match, "password") for match in _LINK_LOGIN.finditer(text) if MASK not in match["value"])
    yield from (_whole(match, "card") for match in _CARD.finditer(text) if _is_card(match[0]))
    yield from _ibans(text)
    yield from (_spot(match, "code") for match in CODE.finditer(text))
    yield from _passwords(text)


def _plain(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Secret]:
    return (_whole(match, kind) for match in pattern.finditer(text))


def _whole(match: re.Match[str], kind: str) -> Secret:
    return Secret(match.start(), match.end(), kind)


def _spot(match: re.Match[str], kind: str) -> Secret:
    return Secret(match.start("value"), match.end("value"), kind)


def _random_looking(value: str) -> bool:
    """Tell a key from a long word or a path: it has digits and letters, or is hexadecimal."""
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def _is_card(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    return _CARD_NUMBER.fullmatch(digits) is not None and _luhn(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _ibans(text: str) -> Iterator[Secret]:
    for match in _IBAN.finditer(text):
        length = next((size for size, places in _IBAN_LENGTHS.items() if match[0][:2].upper() in places), 0)
        marks = [i for i, c in enumerate(match[0]) if c.isalnum()]
        if length and len(marks) >= length and _checks_out(match[0], marks[:length]):
            yield Secret(match.start(), match.start() + marks[length - 1] + 1, "iban")


def _checks_out(written: str, marks: list[int]) -> bool:
    plain = "".join(written[i].upper() for i in marks)
    if not plain.isascii():
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _passwords(text: str) -> Iterator[Secret]:
    for pattern in (PASSWORD_IS, PASSWORD_AS, PASSWORD_BARE, LINK_TO, CREDENTIALS):
        for match in pattern.finditer(text):
            start, end = _trimmed(text, *match.span("value"))
            if end > start and _is_password(text, start, end, match.re is not PASSWORD_IS, match.groupdict()):
                yield Secret(start, end, "password")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave quotes, brackets and the sentence's own punctuation out of the value."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and (text[end - 1] in _EDGES or (text[end - 1] in ".:" and not text[end : end + 1].strip())):
        end -= 1
    if text[end - 1 : end] in ("!", "?") and text[start : end - 1].isalpha():
        end -= 1  # "mon mot de passe est bloqué !" ends a sentence; "Soleil2024!" does not
    return start, end


def _is_password(text: str, start: int, end: int, strict: bool, parts: dict[str, str | None]) -> bool:
    value = text[start:end]
    if "•" in value or _known_name(value):
        return False
    if text[start - 1 : start] in ('"', "«", "“", "'", "`") and text[end : end + 1] and len(value) > 2:
        return value.lower() not in ORDINARY
    if _mixed(value, strict):
        return True
    if strict or (parts.get("gap") and not parts.get("colon")):
        return False
    return _lone_word(text, end, value) and ("-" not in value or parts.get("colon") is not None)


def _mixed(value: str, strict: bool) -> bool:
    """Tell whether it mixes letters, digits and signs as words do not."""
    letters = any(c.isalpha() for c in value)
    digits = any(c.isdigit() for c in value)
    signs = any(not c.isalnum() and c not in "'’-./" for c in value)
    cases = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    if strict:
        return (
            len(value) >= 6
            and digits
            and letters
            and (signs or cases or value[0].islower() or (len(value) >= 8 and value[1].islower()))
        )
    return len(value) >= 4 and ((letters and (digits or signs)) or (digits and len(value) >= 6) or cases)


_KNOWN_NAME = re.compile(
    r"(?:win(?:dows)?|office|o|m|microsoft|sap|sage|wifi|wpa|vpn|iphone|ios|android|outlook|aadsts|caa|0x|kb|v|macos|http|id)"
    r"[-_.]?[0-9a-f]+|\d{1,2}[h:]\d{0,2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\S+@\S+\.\w+|https?://\S+|\d+(?:er|e|è|eme|ème|st|nd|rd|th|h|j|min|x|%)|"
    r"[a-z]+/[a-z/]+|[^\W\d]+'[^\W\d]+",
    re.IGNORECASE,
)


def _known_name(value: str) -> bool:
    return _KNOWN_NAME.fullmatch(value) is not None


_STATE = re.compile(r".*(?:ed|ing|ly|ée?s?|ment|ible|able|tion)", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"\s*(?:$|[\n.,;!?)\]»”\"'/|]|(?:et|and|mais|but|pour|for|merci|thanks|svp|please|cordialement)\b)", re.IGNORECASE
)


def _lone_word(text: str, end: int, value: str) -> bool:
    """Tell whether a plain word stands alone as the value: "my password is banana", not "... is too short"."""
    plain = re.sub(r"\W", "", value.lower())
    if len(plain) < 3 or plain in ORDINARY or _STATE.fullmatch(plain):
        return False
    return _CLAUSE_END.match(text, end) is not None
