"""How well entities are read: precision, recall and F1 of `entity_messages.txt`, by half, language and entity."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.nlu.fold import fold
from bot.nlu.reading import read
from bot.ports.understander import Hints

MESSAGES = Path(__file__).with_name("entity_messages.txt")
NOW = datetime.fromisoformat("2026-01-05T09:00+01:00")  # a Monday
DEVELOPMENT, FINAL = "development", "final"  # even lines, read while rules are written; odd lines, counted only
Pair = tuple[str, str]


@dataclass(frozen=True)
class Message:
    """A message with the entities that a person would read in it; `line` tells its half."""

    line: int
    lang: str
    text: str
    meant: frozenset[Pair]

    @property
    def half(self) -> str:
        return FINAL if self.line % 2 else DEVELOPMENT

    def found(self) -> frozenset[Pair]:
        told = read(self.text, Hints(NOW, lang=self.lang)).entities
        return frozenset(_comparable(one.name, one.value) for one in told)


@dataclass
class Count:
    """What was read rightly, what was read and not meant, what was meant and not read."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, meant: frozenset[Pair], found: frozenset[Pair]) -> None:
        self.right.update(name for name, _ in meant & found)
        self.wrong.update(name for name, _ in found - meant)
        self.missed.update(name for name, _ in meant - found)

    def names(self) -> list[str]:
        return sorted({*self.right, *self.wrong, *self.missed})

    def figures(self, names: Iterable[str]) -> dict[str, float]:
        right, wrong, missed = (sum(each[name] for name in names) for each in (self.right, self.wrong, self.missed))
        return {
            "precision": round(right / (right + wrong), 4) if right + wrong else 1.0,
            "recall": round(right / (right + missed), 4) if right + missed else 1.0,
            "f1": round(2 * right / (2 * right + wrong + missed), 4) if right + wrong + missed else 1.0,
            "n": right + missed,
        }

    def report(self) -> dict[str, Any]:
        names = self.names()
        return {"overall": self.figures(names), "entities": {name: self.figures([name]) for name in names}}


def messages() -> Iterator[Message]:
    """Read the messages in file order."""
    for number, line in enumerate(MESSAGES.read_text(encoding="utf-8").splitlines(), start=1):
        lang, text, told = line.split("|")
        pairs = (one.split("=", 1) for one in told.split(";") if one)
        yield Message(number, lang, text, frozenset(_comparable(name, value) for name, value in pairs))


def count(half: str = "", lang: str = "") -> Count:
    """Count over a half and a language; over all of them where none is named."""
    counted = Count()
    for one in messages():
        if half in ("", one.half) and lang in ("", one.lang):
            counted.add(one.meant, one.found())
    return counted


def measure() -> dict[str, Any]:
    """Measure both halves, each by language and as a whole."""
    langs = {"all": "", "fr": "fr", "en": "en"}
    return {half: {key: count(half, lang).report() for key, lang in langs.items()} for half in (DEVELOPMENT, FINAL)}


def mistakes() -> Iterator[str]:
    """Tell what went wrong on the development half; the other one must stay unseen."""
    for one in messages():
        found = one.found()
        if one.half == DEVELOPMENT and found != one.meant:
            yield f"{one.line} {one.text}\n   missed {sorted(one.meant - found)} wrong {sorted(found - one.meant)}"


def _comparable(name: str, value: str) -> Pair:
    """A place has no canonical writing: accents and capitals do not count."""
    return name, fold(value) if name == "site" else value


def _table(told: dict[str, Any]) -> Iterator[str]:
    for half, langs in told.items():
        for lang, report in langs.items():
            yield f"{half} {lang}"
            for name, one in {**report["entities"], "overall": report["overall"]}.items():
                yield f"  {name:15} p {one['precision']:.3f}  r {one['recall']:.3f}  f1 {one['f1']:.3f}  n {one['n']}"


if __name__ == "__main__":
    if "--json" in sys.argv:
        said = json.dumps(measure())
    else:
        said = "\n".join(mistakes() if "--mistakes" in sys.argv else _table(measure()))
    sys.stdout.write(said + "\n")
