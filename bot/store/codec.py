"""The only place that knows stored shapes: values to JSON and back, a person's words apart.

A body is JSON without personal fields; their values go into a second JSON text that mirrors the nesting of the
first: {"facts": {"name": "Ann"}, "texts": ["..."]}. Without it a body still reads: the fields take their defaults.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from bot.dialog.plain import from_plain, to_plain

SHAPE = 1  # of every body; a change that `from_plain` cannot read by itself raises it and adds to UPCASTS
UPCASTS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}  # from this shape to the next

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stamp(at: datetime) -> int:
    """Turn an aware time into stored milliseconds."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def moment(stamped: int) -> datetime:
    """Turn stored milliseconds into an aware time."""
    return _EPOCH + timedelta(milliseconds=stamped)


def encode(value: Any) -> tuple[str, str]:
    """Turn a frozen value into its body and its words; the words are empty where it has none."""
    words: dict[str, Any] = {}
    plain = _split(value, words)
    return dump({"v": SHAPE, **plain}), dump(words) if words else ""


def decode(kind: Any, body: str, words: str | None) -> Any:
    """Rebuild a value of `kind` (a dataclass or a union of tagged ones); words that are gone read as their defaults."""
    plain = _upcast(json.loads(body))
    return from_plain(kind, _join(plain, json.loads(words)) if words else plain)


def dump(plain: Any) -> str:
    """Write JSON that every database takes: half characters, which a text may hold, become question marks."""
    text = _to_json(plain)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _upcast(plain: dict[str, Any]) -> dict[str, Any]:
    for shape in range(plain.get("v", SHAPE), SHAPE):
        plain = UPCASTS[shape](plain)
    return plain


def _split(value: Any, words: dict[str, Any]) -> Any:
    if is_dataclass(value):
        return {name: plain for name, plain in _split_fields(value, words) if plain is not _APART}
    if isinstance(value, Mapping):
        return {str(key): _split_at(str(key), item, words) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_split_at(str(at), item, words) for at, item in enumerate(value)]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


_APART = object()


def _split_fields(value: Any, words: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    kind: Any = type(value)
    for name, tagged, default, personal in _plan(kind):
        told = getattr(value, name)
        if not tagged and told == default:
            continue
        if personal:
            words[name] = to_plain(told)
            yield name, _APART
        else:
            yield name, _split_at(name, told, words)


def _split_at(name: str, value: Any, words: dict[str, Any]) -> Any:
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
        return value
    inner: dict[str, Any] = {}
    plain = _split(value, inner)
    if inner:
        words[name] = inner
    return plain


def _join(plain: Any, words: Any) -> Any:
    """Lay the words over the body. Where the body has no such place any more they are passed over."""
    for name, told in words.items():
        if isinstance(plain, list):
            if int(name) < len(plain):
                plain[int(name)] = _lay(plain[int(name)], told)
        else:
            plain[name] = _lay(plain[name], told) if name in plain else told
    return plain


def _lay(plain: Any, told: Any) -> Any:
    return _join(plain, told) if isinstance(plain, dict | list) and isinstance(told, dict) else told


@cache
def _plan(kind: Any) -> tuple[tuple[str, bool, Any, bool], ...]:
    """Tell of each field: name, whether it is the tag, its default (MISSING equals nothing), whether it is personal."""
    return tuple(
        (
            item.name,
            bool(item.metadata.get("tag")),
            item.default if item.default_factory is MISSING else item.default_factory(),
            bool(item.metadata.get("personal")),
        )
        for item in fields(kind)
    )
