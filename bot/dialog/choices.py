"""Which choice, number, label or value a person's words mean."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from .flow import Choice, SlotSpec
from .understanding import Act, Entity, Understanding

LONGEST_ANSWER = 2000  # characters kept of a free answer
SHORTEST_HINT = 5  # letters: "oui" or "wifi" hint at nothing
LONGEST_PHRASE = 10  # words
_NUMBERED = re.compile(r"(?:le |la |the |n |no |option |choix |choice )?(\d{1,2})[.):]?")
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


@lru_cache(maxsize=4096)
def plainly(text: str) -> str:
    """Lower case, no accents, words separated by one space."""
    folded = unicodedata.normalize("NFKD", text[:LONGEST_ANSWER].casefold())
    return _NOT_WORD.sub(" ", "".join(char for char in folded if not unicodedata.combining(char))).strip()


def by_number(text: str, count: int) -> int | None:
    """Read "2", "2." or "le 2" as the index of one of `count` choices."""
    match = _NUMBERED.fullmatch(plainly(text))
    index = int(match[1]) - 1 if match else -1
    return index if 0 <= index < count else None


def hinted(text: str, spec: SlotSpec) -> str | None:
    """Find the value that a longer message tells by the way: the longest way to say one; short words tell nothing."""
    said = _phrases(text)
    found = {value: max(map(len, said & _telling(words)), default=0) for value, words in spec.words.items()}
    longest = max(found.values(), default=0)
    best = [value for value, length in found.items() if length == longest]
    return best[0] if longest and len(best) == 1 else None


@lru_cache(maxsize=256)
def _phrases(text: str) -> frozenset[str]:
    """Every run of words in a text, up to the length that a way to say a value has."""
    words = plainly(text).split()
    runs = range(1, LONGEST_PHRASE + 1)
    return frozenset(" ".join(words[start : start + run]) for run in runs for start in range(len(words) - run + 1))


@lru_cache(maxsize=4096)
def _telling(words: tuple[str, ...]) -> frozenset[str]:
    """The ways to say a value that are long enough to tell something by the way."""
    return frozenset(plainly(word) for word in words if len(plainly(word)) >= SHORTEST_HINT)


def chosen(text: str, choices: tuple[Choice, ...], spec: SlotSpec | None = None) -> str | None:
    """Find the value that the words choose: by number, else the longest label, value or word found in them.

    Two different values named at equal length choose none.
    """
    index = by_number(text, len(choices))
    if index is not None:
        return choices[index].value
    said = f" {plainly(text)} "
    found = {value: len(way) for way, value in sorted(_ways(choices, spec), key=lambda way: len(way[0])) if way in said}
    longest = max(found.values(), default=0)
    best = [value for value, length in found.items() if length == longest]
    return best[0] if len(best) == 1 else None


def names_one(text: str, choices: tuple[Choice, ...], spec: SlotSpec | None) -> bool:
    """Whether the text is nothing but a way to say one of the values."""
    return f" {plainly(text)} " in {way for way, _ in _ways(choices, spec)}


def _ways(choices: tuple[Choice, ...], spec: SlotSpec | None) -> set[tuple[str, str]]:
    """All ways to say each value, each between spaces."""
    said = {(title, one.value) for one in choices for title in (*one.title.values(), one.value)}
    if spec:
        said |= {(value, value) for value in spec.values}
        said |= {(word, value) for value, words in spec.words.items() for word in words}
    return {(f" {plainly(way)} ", value) for way, value in said if plainly(way)}


def typed(value: Any, spec: SlotSpec) -> Any:
    """The value as its slot keeps it: a bool is no word."""
    return _TRUTH.get(str(value).lower(), value) if spec.type == "bool" else value


def entity_for(spec: SlotSpec, entities: tuple[Entity, ...]) -> str | None:
    """Find the entity that fills the slot, if its value is one that the slot takes."""
    for one in entities:
        if one.name in (spec.entities or (spec.name,)) and (not spec.values or one.value in spec.values):
            return one.value
    return None


def answer(text: str, understood: Understanding, choices: tuple[Choice, ...], spec: SlotSpec) -> Any:
    """Read the words as a value of the slot; None when they are none. A free answer is kept whole."""
    if spec.free_text:
        return _labelled(text, choices) or _sentence(text, understood)
    told = entity_for(spec, understood.entities)
    if told is None:
        told = chosen(text, choices, spec)
    if told is not None:
        return typed(told, spec)
    if spec.type == "bool" and {Act.YES, Act.NO} & set(understood.acts):
        return Act.YES in understood.acts
    if spec.type == "float":
        number = _NUMBER.search(text)
        return float(number[0].replace(",", ".")) if number else None
    return None


def _labelled(text: str, choices: tuple[Choice, ...]) -> str | None:
    """The value of the choice whose number or very label was written."""
    index = by_number(text, len(choices))
    if index is not None:
        return choices[index].value
    said = plainly(text)
    return next((one.value for one in choices if said in {plainly(title) for title in one.title.values()}), None)


def _sentence(text: str, understood: Understanding) -> str | None:
    """Take any words as a free answer, but not a bare thanks or greeting."""
    idle = {Act.THANKS, Act.GREETING, Act.SMALL_TALK}
    bare = bool(understood.acts) and set(understood.acts) <= idle and understood.intent in (None, "greeting")
    words = " ".join(text.split())[:LONGEST_ANSWER]
    return words if words and not bare else None
