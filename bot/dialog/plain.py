"""Frozen values to plain JSON and back; and which of their fields hold a person's words."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints


def personal(default: Any = "") -> Any:
    """Mark a field that holds what a person said or who they are: the ledger keeps these in its one personal place.

    A `default` of dict makes each value its own empty mapping.
    """
    if default is dict:
        return field(default_factory=dict, metadata={"personal": True})
    return field(default=default, metadata={"personal": True})


def tag(kind: str) -> Any:
    """Name a class within its union: always written, and read to find the class again."""
    return field(default=kind, init=False, metadata={"tag": True})


def to_plain(value: Any) -> Any:
    """Turn a value into dicts, lists, strings and numbers; fields at their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(item) for name, item in _told(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """Rebuild a value of `kind`; unknown keys are passed over, so that older code reads newer rows.

    `kind` is a dataclass, an enum or a union of tagged dataclasses.
    Raises KeyError, TypeError or ValueError when `plain` is not one of `kind`.
    """
    return _read(kind, plain)


@cache
def personal_fields(kind: type) -> frozenset[str]:
    """Name the fields of a dataclass that hold a person's words."""
    return frozenset(item.name for item in fields(kind) if item.metadata.get("personal"))


def _told(value: Any) -> Iterator[tuple[str, Any]]:
    for item in fields(value):
        told = getattr(value, item.name)
        if item.metadata.get("tag") or told != _default(item):
            yield item.name, told


def _default(item: Field[Any]) -> Any:
    return item.default_factory() if item.default_factory is not MISSING else item.default


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return None if plain is None else _read_union(kind, plain)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _read(get_args(kind)[1], item) for key, item in plain.items()}
    if is_dataclass(kind):
        return _read_dataclass(cast(type, kind), plain)
    if kind is datetime:
        return datetime.fromisoformat(plain)
    return kind(plain) if isinstance(kind, type) and issubclass(kind, Enum) else plain


def _read_dataclass(kind: type, plain: Any) -> Any:
    hints = _hints(kind)
    return kind(**{key: _read(hints[key], item) for key, item in plain.items() if key in hints})


def _read_union(kind: Any, plain: Any) -> Any:
    tagged = _tagged(kind)
    if tagged:
        return _read(tagged[plain["kind"]], plain)
    some = [one for one in get_args(kind) if one is not type(None)]
    return _read(some[0], plain) if len(some) == 1 else plain


@cache
def _tagged(kind: Any) -> dict[str, type]:
    """Map tag to class for a union of tagged dataclasses; empty for any other."""
    found = {}
    for one in get_args(kind):
        for item in fields(one) if is_dataclass(one) else ():
            if item.metadata.get("tag"):
                found[cast(str, item.default)] = cast(type, one)
    return found


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Type hints of the fields that a caller may set."""
    told = get_type_hints(kind)
    return {item.name: told[item.name] for item in fields(kind) if item.init}
