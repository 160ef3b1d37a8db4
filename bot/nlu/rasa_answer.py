"""A Rasa server's answer, read strictly: what is odd about it makes it no answer."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.dialog.understanding import Entity, Ranked

from .composed import Found
from .intents import MOODS

FALLBACK = "nlu_fallback"  # what Rasa's FallbackClassifier puts first when it would not act
_LONGEST = 1_000  # characters that are sent: a server's memory grows with the square of a text's length
_LONGEST_VALUE = 200
_EXCESS = 1e-3  # of a confidence over 1, which is rounding
_WORD = re.compile(r"\S+")


class OddError(Exception):
    """An answer that is none; says what is odd, in words of ours alone."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a server's names are called here: intents -> topics, entities ("name" or "name:role") -> slots."""

    intents: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A text as it is sent, on one line, and the place of each of its characters in the given text."""

    text: str
    places: tuple[int, ...]


def question(text: str) -> Question:
    """Put a text on one line. Rasa takes what begins with "/" as an intent that is told, so no text may begin so."""
    begin = re.match(r"[\s/]*", text)
    places: list[int] = []
    for word in _WORD.finditer(text, begin.end() if begin else 0):
        places += [word.start() - 1] if places else []
        places += range(*word.span())
        if len(places) >= _LONGEST:
            break
    said = "".join(" " if text[at].isspace() else text[at] for at in places[:_LONGEST]).rstrip()
    return Question(said.encode("utf-8", "replace").decode(), tuple(places[: len(said)]))


def read_answer(content: bytes, asked: Question, names: Names) -> Found:
    """Read the body of /model/parse. Raises OddError."""
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError):
        raise OddError("is not JSON") from None
    answer = _mapping(plain, "the answer")
    if answer.get("text") != asked.text:
        raise OddError("is about another text")
    intent = _ranked(answer.get("intent"), "intent")
    listed = [_ranked(one, "intent_ranking") for one in _list(answer.get("intent_ranking", []), "intent_ranking")]
    told = [_entity(one, asked) for one in _list(answer.get("entities", []), "entities")]
    return Found(
        topics=_topics(listed or [intent], names.intents),
        entities=tuple(one for raw in told if (one := _named(raw, asked, names.entities)) is not None),
        unsure=intent is None or intent.intent == FALLBACK,
    )


def _topics(told: list[Ranked | None], names: Mapping[str, str]) -> tuple[Ranked, ...]:
    """Call topics by our names, adding up those that are one here; a mood names none."""
    shares: dict[str, float] = {}
    for one in told:
        if one is not None and one.intent != FALLBACK:
            topic = names.get(one.intent, one.intent)
            shares[topic] = min(1.0, shares.get(topic, 0.0) + one.confidence)
    kept = (Ranked(topic, share) for topic, share in shares.items() if topic and topic not in MOODS)
    return tuple(sorted(kept, key=lambda one: -one.confidence))


def _mapping(plain: Any, what: str) -> dict[str, Any]:
    if not isinstance(plain, dict):
        raise OddError(f"{what} is no object")
    return plain


def _list(plain: Any, what: str) -> list[Any]:
    if not isinstance(plain, list):
        raise OddError(f"{what} is no list")
    return plain


def _ranked(plain: Any, what: str) -> Ranked | None:
    """Read an intent; one without a name, as a server without an intent classifier gives it, is None."""
    told = _mapping(plain, what)
    name, share = told.get("name"), told.get("confidence")
    if name is None:
        return None
    if not isinstance(name, str) or not name or isinstance(share, bool) or not isinstance(share, int | float):
        raise OddError(f"{what} has no name or no confidence")
    if not math.isfinite(share) or not 0 <= share <= 1 + _EXCESS:
        raise OddError(f"{what} has a confidence that is none")
    return Ranked(name, min(float(share), 1.0))


@dataclass(frozen=True, slots=True)
class _Raw:
    name: str
    role: str | None
    value: Any
    start: int
    end: int


def _entity(plain: Any, asked: Question) -> _Raw:
    told = _mapping(plain, "entities")
    name, role, group = told.get("entity"), told.get("role"), told.get("group")
    if not isinstance(name, str) or not all(one is None or isinstance(one, str) for one in (role, group)):
        raise OddError("an entity has no name")
    start, end = told.get("start"), told.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(asked.text):
        raise OddError("an entity has no place in the text")
    return _Raw(name, role, told.get("value"), start, end)


def _named(raw: _Raw, asked: Question, names: Mapping[str, str]) -> Entity | None:
    """Make it an entity of ours; None where nothing here takes its name or its value."""
    name = names.get(f"{raw.name}:{raw.role}") or names.get(raw.name) or raw.name
    known = name in _KINDS or name in names.values()
    told = isinstance(raw.value, str | int | float) and not isinstance(raw.value, bool)
    value = _KINDS.get(name, _plain)(raw.value) if known and told else ""
    if not value:
        return None
    start, end = asked.places[raw.start], asked.places[raw.end - 1] + 1
    return Entity(name, value, asked.text[raw.start : raw.end], start, end)


def _plain(value: str | int | float) -> str:
    return str(value).strip()[:_LONGEST_VALUE]


def _upper(value: str | int | float) -> str:
    return _plain(value).upper()


def _lower(value: str | int | float) -> str:
    return _plain(value).lower()


def _one_of(*known: str) -> Callable[[str | int | float], str]:
    return lambda value: _lower(value) if _lower(value) in known else ""


def _moment(value: str | int | float) -> str:
    """Keep a time that says when: ISO 8601 with its zone."""
    try:
        return told.isoformat(timespec="minutes") if (told := datetime.fromisoformat(_plain(value))).tzinfo else ""
    except ValueError:
        return ""


# The slots that everybody knows, and how each of their values is written.
_KINDS: Mapping[str, Callable[[str | int | float], str]] = {
    "os": _one_of("windows", "macos", "linux", "ios", "android"),
    "os_version": _upper,
    "device": _lower,
    "application": _plain,
    "error_code": _upper,
    "asset": _upper,
    "site": _plain,
    "since": _moment,
    "affected": _one_of("one", "several", "everyone"),
    "changed": _lower,
    "order_number": _upper,
    "invoice_number": _upper,
    "phone": _plain,
    "email": _lower,
}
