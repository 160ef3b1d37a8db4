"""Training phrases: Rasa's nlu.yml format, or one JSON object a line with text and intent."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARKED = re.compile(r"\[(?P<text>[^\]\n]{1,200})\](?:\([^)\n]{1,200}\)|\{[^}\n]{1,300}\})")
_LANGUAGE = re.compile(r"(?:^|[./_-])(fr|en)(?=[./_-])")
_SYNONYM = re.compile(r"\{[^}]*\"value\"\s*:\s*\"(?P<value>[^\"]+)\"[^}]*\}|\([\w-]+:(?P<old>[^)]+)\)")
_KINDS = ("intent", "synonym", "regex", "lookup")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way people put one intent; `lang` is fr, en or "" when the file does not say."""

    text: str
    intent: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file, and what to do about it; `line` counts from 1, 0 = the file as a whole."""

    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} -> {self.mend}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that training files hold; `synonyms`: what people write -> what it stands for, folded by nobody yet."""

    phrases: tuple[Phrase, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


class TrainingError(Exception):
    """Training files that cannot be used; `faults` lists everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def read_phrases(files: Sequence[Path]) -> Phrases:
    """Read training files of either format; everything wrong in them is in `faults`."""
    phrases: list[Phrase] = []
    synonyms: dict[str, str] = {}
    faults: list[Fault] = []
    for file in files:
        found = read_file(file)
        phrases += found.phrases
        synonyms.update(found.synonyms)
        faults += found.faults
    return Phrases(tuple(dict.fromkeys(phrases)), synonyms, tuple(faults))


def read_file(file: Path) -> Phrases:
    """Read one training file (YAML by its ending, else JSON Lines), doubles and all."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Phrases(faults=(Fault(str(file), 0, f"cannot be read: {error}", "check the path, save it as UTF-8"),))
    return _rasa(text, str(file)) if file.suffix in (".yml", ".yaml") else _json_lines(text, str(file))


def _json_lines(text: str, file: str) -> Phrases:
    phrases: list[Phrase] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            intent = row.get("intent") or row["topic"]
            phrases.append(Phrase(str(row["text"]), str(intent), str(row.get("lang") or "")))
        except (ValueError, KeyError, AttributeError, TypeError):
            faults.append(Fault(file, number, "this is no phrase", 'write {"text": "...", "intent": "..."}'))
    return Phrases(tuple(phrases), {}, tuple(faults))


def _rasa(text: str, file: str) -> Phrases:
    try:
        node = yaml.compose(text, Loader=_LOADER)
        tree = yaml.load(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        return Phrases(faults=(Fault(file, line, "this is not YAML", "check the quotes and the indentation here"),))
    entries = tree.get("nlu") if isinstance(tree, dict) else None
    if not isinstance(entries, list):
        return Phrases(faults=(Fault(file, 1, "no list under `nlu:`", "write `nlu:` and `- intent: ...` below it"),))
    return _gathered(entries, _lines(node), file)


def _lines(node: Any) -> list[int]:
    """Give the line of each entry below `nlu:`."""
    for key, value in node.value:
        if key.value == "nlu" and isinstance(value, yaml.SequenceNode):
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _gathered(entries: list[Any], lines: list[int], file: str) -> Phrases:
    language = _LANGUAGE.search(file)
    lang = language[1] if language else ""
    phrases: list[Phrase] = []
    synonyms: dict[str, str] = {}
    faults: list[Fault] = []
    for entry, line in zip(entries, lines, strict=True):
        kind = next((kind for kind in _KINDS if isinstance(entry, dict) and kind in entry), "")
        examples = entry.get("examples") if kind else None
        if not kind or not isinstance(examples, str | list):
            mend = "write `- intent: NAME` with `examples: |` and `- phrase` lines"
            faults.append(Fault(file, line, "this entry is no intent, synonym, regex or lookup with examples", mend))
            continue
        said = list(_examples(examples))
        if kind == "intent":
            phrases += [Phrase(_MARKED.sub(r"\g<text>", one), str(entry[kind]).split("/")[0], lang) for one in said]
            synonyms.update(pair for one in said for pair in _inline_synonyms(one))
        elif kind == "synonym":
            synonyms.update((one, str(entry[kind])) for one in said)
    return Phrases(tuple(phrases), synonyms, tuple(faults))


def _examples(examples: str | list[Any]) -> Iterator[str]:
    """Give the phrases of an entry: `- phrase` lines, or items with a text."""
    if isinstance(examples, str):
        yield from (line.strip()[2:].strip() for line in examples.splitlines() if line.strip().startswith("- "))
        return
    for item in examples:
        text = item.get("text") if isinstance(item, dict) else item
        yield from (line.strip().removeprefix("- ").strip() for line in str(text or "").splitlines() if line.strip())


def _inline_synonyms(example: str) -> Iterator[tuple[str, str]]:
    for match in _MARKED.finditer(example):
        named = _SYNONYM.search(match[0])
        if named:
            yield match["text"], named["value"] or named["old"]
