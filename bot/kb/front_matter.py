"""A Markdown file with YAML front matter: keys with their lines, and the body below."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<front>.*?)(?:^---[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The keys of a file, the line of each, and the body; `problem` says why the front matter cannot be read."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    body: str = ""
    has_front: bool = False
    problem: str = ""
    problem_line: int = 0


def split_front(text: str) -> Sheet:
    """Part front matter from body; a file without any is all body. Raises nothing."""
    match = _FRONT.match(text)
    if not match:
        return Sheet(body=text.strip())
    body = text[match.end() :].strip()
    try:
        node = yaml.compose(match["front"], Loader=_LOADER)
        fields = yaml.load(match["front"], Loader=_LOADER)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return Sheet(body=body, has_front=True, problem="this is not YAML", problem_line=mark.line + 2 if mark else 2)
    if fields is None:
        return Sheet(body=body, has_front=True)
    if not isinstance(fields, dict) or not isinstance(node, yaml.MappingNode):
        return Sheet(body=body, has_front=True, problem="the front matter is no list of keys", problem_line=2)
    lines = {str(key.value): key.start_mark.line + 2 for key, _ in node.value}
    return Sheet({str(key): value for key, value in fields.items()}, lines, body, True)
