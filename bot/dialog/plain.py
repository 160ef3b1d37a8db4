"""Frozen values to plain JSON and back; and which of their fields hold a person's words."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool})


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


def changed(value: T, **changes: Any) -> T:
    """Copy a value with some fields changed: dataclasses.replace, with the fields looked up once for each class.

    A decision makes some fifty copies. Raises TypeError for a field that is none.
    """
    kind: Any = type(value)
    copied: T = kind(**{**{name: getattr(value, name) for name in _settable(kind)}, **changes})
    return copied


@cache
def _settable(kind: Any) -> tuple[str, ...]:
    """Name the fields that a caller may set."""
    return tuple(item.name for item in fields(kind) if item.init)


def to_plain(value: Any) -> Any:
    """Turn a value into dicts, lists, strings and numbers; fields at their default are left out."""
    if value is None or type(value) in _PLAIN:
        return value
    if type(value) in (tuple, list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    kind: Any = type(value)
    told = ((name, getattr(value, name), default, always) for name, default, always in _fields(kind))
    return {name: to_plain(item) for name, item, default, always in told if always or item != default}


def from_plain(kind: Any, plain: Any) -> Any:
    """Rebuild a value of `kind`; unknown keys are passed over, so that older code reads newer rows.

    `kind` is a dataclass, an enum or a union of tagged dataclasses.
    Raises KeyError, TypeError or ValueError when `plain` is not one of `kind`.
    """
    return _reader(kind)(plain)


@cache
def personal_fields(kind: type) -> frozenset[str]:
    """Name the fields of a dataclass that hold a person's words."""
    return frozenset(item.name for item in fields(kind) if item.metadata.get("personal"))


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Name, default and whether it is always told, for each field of a dataclass."""
    return tuple((item.name, _default(item), bool(item.metadata.get("tag"))) for item in fields(kind))


def _default(item: Field[Any]) -> Any:
    return item.default_factory() if item.default_factory is not MISSING else item.default


@cache
def _reader(kind: Any) -> Reader:
    """Make what reads a kind; once, since types do not change."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union_reader(kind)
    if origin is tuple:
        inner = get_args(kind)[0]
        return lambda plain: tuple(map(_reader(inner), plain))
    if origin is not None and issubclass(origin, Mapping):
        held = get_args(kind)[1]
        return lambda plain: {key: _reader(held)(item) for key, item in plain.items()}
    if is_dataclass(kind):
        return _dataclass_reader(cast(type, kind))
    if kind is datetime:
        return datetime.fromisoformat
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else _as_it_is


def _as_it_is(plain: Any) -> Any:
    return plain


def _dataclass_reader(kind: type) -> Reader:
    hints = get_type_hints(kind)
    known = {item.name: hints[item.name] for item in fields(kind) if item.init}

    def read(plain: Any) -> Any:
        return kind(**{key: _reader(known[key])(item) for key, item in plain.items() if key in known})

    return read


def _union_reader(kind: Any) -> Reader:
    tagged = _tagged(kind)
    some = [one for one in get_args(kind) if one is not type(None)]

    def read(plain: Any) -> Any:
        if plain is None:
            return None
        if tagged:
            return _reader(tagged[plain["kind"]])(plain)
        return _reader(some[0])(plain) if len(some) == 1 else plain

    return read


def _tagged(kind: Any) -> dict[str, type]:
    """Map tag to class for a union of tagged dataclasses; empty for any other."""
    found = {}
    for one in get_args(kind):
        for item in fields(one) if is_dataclass(one) else ():
            if item.metadata.get("tag"):
                found[cast(str, item.default)] = cast(type, one)
    return found
