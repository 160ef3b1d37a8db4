"""The tables of guichet.toml before they are settings: where its files stand, and which of its keys are sound."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from .tables import Settings

FOLDERS = "packs"
_FILE = "_file"  # how the keys end that name one


def beside(file: Path | None, tables: Mapping[str, Any]) -> dict[str, Any]:
    """Give the tables of a file with its relative paths led on from the folder in which it stands."""
    return _led(file.parent, tables, Settings) if file else dict(tables)


def _led(folder: Path, table: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    return {key: _placed(folder, key, value, model) for key, value in table.items()}


def _placed(folder: Path, key: str, value: Any, model: type[BaseModel]) -> Any:
    """One value; what is of the wrong kind is left for the validator to tell."""
    kind = model.model_fields[key].annotation if key in model.model_fields else None
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, BaseModel):
        return _led(folder, value, kind)
    if kind is str and key.endswith(_FILE) and isinstance(value, str) and value:
        return str(folder / value)
    if key == FOLDERS and isinstance(value, list):
        return [str(folder / one) if isinstance(one, str) else one for one in value]
    return value


def without(places: Iterable[tuple[int | str, ...]], tables: Mapping[str, Any]) -> dict[str, Any]:
    """Give the tables without the values in these places; of a list, the whole list goes."""
    left = dict(tables)
    for place in places:
        left = _less(place, left)
    return left


def _less(place: tuple[int | str, ...], table: dict[str, Any]) -> dict[str, Any]:
    key, rest = str(place[0]) if place else "", place[1:]
    value = table.get(key)
    if rest and isinstance(value, dict):
        return {**table, key: _less(rest, value)}
    return {name: one for name, one in table.items() if name != key}


def is_given(key: str, tables: Mapping[str, Any]) -> bool:
    """Whether the tables hold something under a dotted key."""
    value: object = tables
    for part in key.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return False
        value = value[part]
    return True
