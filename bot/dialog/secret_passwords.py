"""Passwords told in words: where the value begins, where it ends, and whether it is one."""

import re
from collections.abc import Iterator
from enum import Enum

from .secret_shapes import Spot
from .secret_words import (
    BARE,
    CHANGE,
    CHANGED,
    CLAUSE_END,
    COLON,
    COMMAND,
    COPULA,
    CREDENTIALS,
    KNOWN_NAME,
    NAMED,
    ORDINARY,
    PAIR,
    PIN,
    QUALITY,
    REVERSED,
    STATE,
    TAG,
    WITH,
)


class Lead(Enum):
    """How a value is led in: the plainer the words before it, the more the value must look like a password."""

    COLON = "colon"  # "mdp : banana"
    COPULA = "copula"  # "my password is banana"
    APART = "apart"  # "the password of the session is banana"
    PAIR = "pair"  # "login jdupont mdp banana"
    BARE = "bare"  # "mdp Banana24 refusé"


_LEADS = (
    (COLON, Lead.COLON),
    (TAG, Lead.COLON),
    (COPULA, Lead.COPULA),
    (WITH, Lead.PAIR),
    (PAIR, Lead.PAIR),
    (BARE, Lead.BARE),
    (CHANGE, Lead.BARE),
    (CHANGED, Lead.APART),
    (CREDENTIALS, Lead.BARE),
    (COMMAND, Lead.APART),
)
_QUOTED = re.compile(
    r"\s*(?:\"([^\"\n]{1,80})\"|«\s?([^«»\n]{1,80}?)\s?»|“([^“”\n]{1,80})”|`([^`\n]{1,80})`|(?<!\w)'([^'\n]{3,40})'(?!\w))"
)
_VALUE = re.compile(r"\S{1,300}")
_FIELD_END = re.compile(r"[;&](?=[\w ]{1,30}=)|</")  # of a connection string, an address, a tag
_NEXT = re.compile(r"[ \u00a0](\S{1,40})")
_PIN = re.compile(r"\bpin\b", re.IGNORECASE)  # "with my pin number"
_QUOTES = "\"'«»“”‘’`<>"
_STOPS = ",;:"
_WORDS_MOST = 6  # of a passphrase
_JOINED = re.compile(r"[^\W\d_]{2,}(?:([-_.+])[^\W\d_]{2,})(?:\1\w{1,}){1,}")
_STRONG = re.compile(r"(?<!\S)[\"'«“(]?(?P<value>[^\s\"'«»“”]{8,64})")
_SETTING = re.compile(r"\w\w=\w|://|\w@[\w-]+\.\w")  # or an address
_LINE = re.compile(r"[^\n]+")
_DRESS = "*_~#[](){}.!?"  # around a word this is markup or punctuation
_MILD = "'’-./()"  # signs that ordinary words have as well
_SIGN = re.compile(r"[!@#$%^&*?+=~{}\[\]]")


def spots(text: str) -> Iterator[Spot]:
    """Every password that a text tells."""
    for pattern, lead in _LEADS:
        for match in pattern.finditer(text):
            if span := _led(text, match, lead):
                yield *span, "password"
    yield from ((*match.span("value"), "password") for match in PIN.finditer(text))
    for match in REVERSED.finditer(text):
        start, end = _trimmed(text, *match.span("value"))
        if _looks_strict(text[start:end]):
            yield start, end, "password"
    yield from _strong(text)


def _led(text: str, match: re.Match[str], lead: Lead) -> tuple[int, int] | None:
    parts = match.groupdict()
    if lead is Lead.COPULA and parts["gap"]:
        lead = Lead.APART
    if lead is Lead.PAIR and ((parts.get("id") or "").lower() in ORDINARY or _PIN.search(match[0])):
        lead = Lead.BARE
    at = match.end()
    if quoted := _QUOTED.match(text, at):
        start, end = next(quoted.span(i) for i in range(1, 6) if quoted.start(i) >= 0)
        return (start, end) if _is_quoted(text[start:end], lead) else None
    run = _VALUE.match(text, at)
    if run is None:
        return None
    field = _FIELD_END.search(text, run.start(), run.end())
    start, end = _trimmed(text, run.start(), field.start() if field else run.end())
    return _judged(text, start, end, lead)


def _judged(text: str, start: int, end: int, lead: Lead) -> tuple[int, int] | None:
    value = text[start:end]
    core = value.strip(_DRESS)
    if not core or "•" in value or KNOWN_NAME.fullmatch(value) or (lead is Lead.BARE and NAMED.fullmatch(value)):
        return None
    if value.isalpha():
        last = _extended(text, end)
        if last > end and _is_phrase(text, start, last, lead):
            return start, last
    if _looks_strict(value) or (lead is not Lead.BARE and _looks_mixed(core)):
        return start, end
    return (start, end) if lead is not Lead.BARE and _lone_word(text, end, core, lead) else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave quotes and the sentence's own punctuation out of the value."""
    while start < end and text[start] in _QUOTES:
        start += 1
    while start < end and (text[end - 1] in _QUOTES + _STOPS or _closes(text, start, end)):
        end -= 1
    if text[end - 1 : end] in ("!", "?", ".") and text[start : end - 1].isalpha():
        end -= 1  # "mon mot de passe est bloqué !" ends a sentence; "Soleil2024!" does not
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    """Tell whether the last character is a bracket that was opened before the value."""
    last = text[end - 1]
    if last not in ")]}":
        return False
    opener = "([{"[")]}".index(last)]
    near = text[max(0, start - 200) : start]
    return opener not in text[start:end] and near.count(opener) > near.count(last)


def _extended(text: str, end: int) -> int:
    """Go on over the words of a passphrase, up to a word of ordinary speech."""
    last = end
    for _ in range(_WORDS_MOST):
        following = _NEXT.match(text, last)
        if following is None:
            break
        word = following[1].rstrip(",;.!?:)»”\"'")
        if not word.isalnum() or word.lower() in ORDINARY:
            break
        last = following.start(1) + len(word)
        if len(word) < len(following[1]):
            break
    return last


def _is_phrase(text: str, start: int, end: int, lead: Lead) -> bool:
    words = text[start:end].split()
    if len(words) > _WORDS_MOST or not all(word.isalpha() for word in words[:-1]) or _says_state(words[0], lead):
        return False
    if words[-1][-1].isdigit() and words[-1][0].isalpha():
        return not KNOWN_NAME.fullmatch(words[-1])
    return lead is not Lead.BARE and CLAUSE_END.match(text, end) is not None


def _says_state(word: str, lead: Lead) -> bool:
    """Tell whether a word speaks of the password: it is expired, it is weird."""
    plain = re.sub(r"\W", "", word.lower())
    if plain in ORDINARY or STATE.fullmatch(plain):
        return True
    return lead is Lead.APART and QUALITY.fullmatch(plain) is not None


def _is_quoted(value: str, lead: Lead) -> bool:
    words = [word.strip(".,!?").lower() for word in value.split()]
    said = [word in ORDINARY or STATE.fullmatch(word) or (words[1:] and NAMED.fullmatch(word)) for word in words]
    if "•" in value or not words or len(value.strip()) < 3:
        return False
    return not (any(said) if lead is Lead.BARE else all(said))


def _looks_mixed(value: str) -> bool:
    """Tell whether it mixes letters, digits and signs as words do not."""
    letters, digits = any(c.isalpha() for c in value), any(c.isdigit() for c in value)
    signs = any(not c.isalnum() and c not in _MILD for c in value)
    cases = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    return len(value) >= 4 and ((letters and (digits or signs)) or (digits and len(value) >= 4) or cases)


def _looks_strict(value: str) -> bool:
    """Tell whether it can hardly be anything but a password: a name, a version or a word is not."""
    core = value.strip(_DRESS)
    if "•" in value or len(value) < 6 or KNOWN_NAME.fullmatch(value) or KNOWN_NAME.fullmatch(core):
        return False
    letters, digits = sum(c.isalpha() for c in value), sum(c.isdigit() for c in value)
    signs = any(not c.isalnum() and c not in _MILD for c in value)
    cases = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    if digits and letters:
        small = value[0].islower() or value[1].islower()
        return signs or cases or small or not value[0].isalpha() or (letters >= 5 and digits <= 4)
    if digits:
        return value.isdigit()
    return len(_SIGN.findall(core)) >= 2 or _is_joined(value)


def _is_joined(value: str) -> bool:
    """Tell `cheval-bleu-tulipe` from `wi-fi` and `c'est-à-dire`."""
    return _JOINED.fullmatch(value) is not None and not any(
        part in ORDINARY for part in re.split(r"[-_.+]", value.lower())
    )


def _lone_word(text: str, end: int, value: str, lead: Lead) -> bool:
    """Tell whether a plain word stands alone as the value: "my password is banana", not "... is too short"."""
    if len(value) < 3 or not value[0].isalpha() or _says_state(value, lead):
        return False
    return CLAUSE_END.match(text, end) is not None and ("-" not in value or lead is Lead.COLON)


def _strong(text: str) -> Iterator[Spot]:
    """Values that look like nothing else, in a line that speaks of a password."""
    for line in _LINE.finditer(text):
        if NAMED.search(text, *line.span()):
            for match in _STRONG.finditer(text, *line.span()):
                start, end = _trimmed(text, *match.span("value"))
                if _looks_strong(text[start:end]):
                    yield start, end, "password"


def _looks_strong(value: str) -> bool:
    signs = _SIGN.search(value.strip(_DRESS)) or value[-1:] in tuple("!*?")  # "#REQ0020931" is a ticket
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return bool(signs and mixed and _looks_strict(value) and not _SETTING.search(value) and not NAMED.search(value))
