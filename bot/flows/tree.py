"""YAML as a tree of plain values that know their line; parsed by libyaml, since a whole library loads at each start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from .faults import Margin

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_BROKEN = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MENDS = {
    "mapping values are not allowed": "put the text in quotes: it holds a colon",
    "could not find expected ':'": "write `key: value`, or put the text in quotes",
    "found character that cannot start": "indent with spaces, not tabs; put a text that begins with @ or ` in quotes",
    "did not find expected key": "check the indentation, and the quotes of the lines above",
    "did not find expected <block end>": "check the indentation, and the quotes of the lines above",
    "found unexpected end of stream": "close the quotes",
    "did not find expected node content": "close the bracket, or put the text in quotes",
    "did not find expected ',' or": "close the bracket, or put the text in quotes",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: `text` as written, `value` by the YAML 1.2 core rules (`yes` and `on` are texts)."""

    text: str
    value: str | int | float | bool | None
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Tree", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; `lines` has the line of each key."""

    fields: Mapping[str, "Tree"]
    lines: Mapping[str, int]
    line: int


Tree = Scalar | Items | Fields


def read_tree(text: str, margin: Margin) -> Tree | None:
    """Parse one document; None, with a fault in the margin, when it cannot be parsed or is empty."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        margin.note(_error_line(error, text), f"this is not YAML: {_problem(error)}", _mend(error))
        return None
    except RecursionError:
        margin.note(1, "this is not YAML: nested too deeply", "write it flat")
        return None
    if node is None:
        margin.note(1, "the file is empty", "fill it or remove it")
        return None
    return _Grower(margin).grow(node)


class _Grower:
    def __init__(self, margin: Margin) -> None:
        self._margin = margin
        self._seen: set[int] = set()

    def grow(self, node: Any) -> Tree:
        line = node.start_mark.line + 1
        if id(node) in self._seen:
            self._margin.note(line, "anchors and aliases are not supported", "write the text out in both places")
            return Scalar("", None, line)
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._fields(node, line)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.grow(item) for item in node.value), line)
        return Scalar(node.value, _resolved(node), line)

    def _fields(self, node: Any, line: int) -> Fields:
        fields: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            at = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._margin.note(at, "a key must be a word", "put the text in quotes")
            elif key.value in fields:
                self._margin.note(at, f"'{key.value}' stands here twice", f"keep one, see line {lines[key.value]}")
            else:
                fields[key.value], lines[key.value] = self.grow(value), at
        return Fields(fields, lines, line)


def _resolved(node: Any) -> str | int | float | bool | None:
    text: str = node.value
    if node.style in ('"', "'", "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _BROKEN.fullmatch(text) else text


def _error_line(error: yaml.YAMLError, text: str) -> int:
    """The line of an error; one found at the very end is in the last line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return min(mark.line + 1, len(text.rstrip().splitlines())) if mark else 1


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")


def _mend(error: yaml.YAMLError) -> str:
    said = f"{_problem(error)} {getattr(error, 'context', None) or ''}"
    return next((mend for sign, mend in _MENDS.items() if sign in said), "check the quotes and the indentation here")
