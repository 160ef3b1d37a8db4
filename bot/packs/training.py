"""How many training phrases a pack has for each intent: what the linter needs; learning from them is bot/nlu's."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.flows.faults import Fault, Margin, Place
from bot.flows.reading import items_of, mapping_of, text_of
from bot.flows.tree import Fields, Tree, read_tree

_LANGUAGE = re.compile(r"(?:^|[./_-])(fr|en)(?=[./_-])")
KEYS = ("intent", "synonym", "regex", "lookup")


@dataclass(frozen=True, slots=True)
class Training:
    """Phrases by intent and by language; the language stands in the file's name (`nlu/vpn.fr.yml`), else is ''."""

    phrases: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_training(texts: Mapping[str, str]) -> Training:
    """Count the phrases of Rasa nlu files, given by file name."""
    phrases: dict[str, Counter[str]] = {}
    places: dict[str, Place] = {}
    faults: list[Fault] = []
    for file, text in texts.items():
        margin = Margin(Place(file), faults)
        for intent, line, count in _counts(text, margin):
            phrases.setdefault(intent, Counter())[_language(file)] += count
            places.setdefault(intent, Place(file, line))
    return Training(phrases, places, tuple(faults))


def _language(file: str) -> str:
    found = _LANGUAGE.search(file)
    return found[1] if found else ""


def _counts(text: str, margin: Margin) -> list[tuple[str, int, int]]:
    """Each intent of a file with its line and its number of phrases."""
    top = mapping_of(read_tree(text, margin), margin, "training data")
    entries = [mapping_of(item, margin, "an entry") for item in items_of(top.fields.get("nlu"), margin, "nlu")]
    return [
        (text_of(entry.fields["intent"], margin, "intent"), entry.line, _phrases(entry.fields.get("examples"), margin))
        for entry in entries
        if "intent" in entry.fields
    ]


def _phrases(tree: Tree | None, margin: Margin) -> int:
    if isinstance(tree, Fields):
        margin.note(tree.line, "examples are not a text", "write `examples: |` and `- phrase`, one a line")
        return 0
    lines = text_of(tree, margin, "examples").splitlines()
    return sum(line.strip().startswith("- ") for line in lines)
