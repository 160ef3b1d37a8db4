"""Conditions over slots and context: read once, asked often, never evaluated as Python."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Empty,
    Literal,
    Name,
    Not,
    OneOf,
    Operand,
    equalities,
    names_in,
    told,
)
from .grammar import PredicateError
from .grammar import parse_condition as _read

__all__ = ["Predicate", "PredicateError", "comparisons", "holds", "names_used", "parse"]

UNKNOWN = "unknown"  # the value that "I don't know" gives
TEXT_LIMIT = 2000  # characters of a value that `matches` looks at
_NUMBER = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?")
_ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition that was read; `str` gives its text in one canonical form."""

    condition: Condition

    def __str__(self) -> str:
        return told(self.condition)

    def holds(self, names: Mapping[str, Any]) -> bool:
        """Say whether it holds for these values of `slots` and `context`; total, raises nothing."""
        return _holds(self.condition, names)


@lru_cache(maxsize=4096)
def parse(source: str) -> Predicate:
    """Read a predicate (cached); an empty one always holds.

    Raises PredicateError, nothing else.
    """
    return Predicate(_read(source))


def holds(source: str, names: Mapping[str, Any]) -> bool:
    """Say whether a predicate holds for `names`: {"slots": {...}, "context": {...}}, nested as the names are.

    Total for any values. Raises PredicateError where `source` itself cannot be read.
    """
    return parse(source).holds(names)


def names_used(source: str) -> tuple[str, ...]:
    """Name what a predicate reads (`slots.os`), each once, in its order. Raises PredicateError."""
    return tuple(dict.fromkeys(name.path for name in names_in(parse(source).condition)))


def comparisons(source: str) -> tuple[tuple[str, Any], ...]:
    """Pair each name with every literal it is tested equal or unequal to. Raises PredicateError."""
    return tuple(equalities(parse(source).condition))


def _holds(condition: Condition, names: Mapping[str, Any]) -> bool:
    match condition:
        case Name():
            return _counts(_value(condition, names))
        case Literal(value):
            return value is True
        case Not(what):
            return not _holds(what, names)
        case All(parts):
            return all(_holds(part, names) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, names) for part in parts)
        case Compare(left, operator, right):
            return _compare(_value(left, names), operator, _value(right, names))


def _value(operand: Operand, names: Mapping[str, Any]) -> Any:
    """The plain value of a name or a literal; sets and `empty` stay what they are."""
    if isinstance(operand, Name):
        return _found(operand.path, names)
    return operand.value if isinstance(operand, Literal) else operand


def _found(path: str, names: Mapping[str, Any]) -> Any:
    found: Any = names
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _counts(value: Any) -> bool:
    """A value that is neither missing, false, empty nor `unknown`; zero counts."""
    return not (value is None or value is False or _is_empty(value) or value == UNKNOWN)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | tuple | set | frozenset | Mapping) and len(value) == 0)


def _compare(left: Any, operator: str, right: Any) -> bool:
    match operator:
        case "=":
            return _equal(left, right)
        case "!=":
            return not _equal(left, right)
        case "contains":
            return _contains(left, right)
        case "matches":
            return isinstance(right, str) and _matches(left, right)
        case _:
            return _ordered(_number(left), operator, _number(right))


def _ordered(left: float | None, operator: str, right: float | None) -> bool:
    return left is not None and right is not None and _ORDERS[operator](left, right)


def _equal(left: Any, right: Any) -> bool:
    """Equal as texts whatever the case, as numbers where one side is a number, or one of a set."""
    if isinstance(left, OneOf) or isinstance(right, OneOf):
        members, one = (left, right) if isinstance(left, OneOf) else (right, left)
        return not isinstance(one, OneOf) and any(_equal(one, member) for member in members.values)
    if isinstance(left, Empty) or isinstance(right, Empty):
        return (isinstance(left, Empty) or _is_empty(left)) and (isinstance(right, Empty) or _is_empty(right))
    if isinstance(left, bool) or isinstance(right, bool) or (isinstance(left, str) and isinstance(right, str)):
        return _text(left) == _text(right)
    numbers = _number(left), _number(right)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return type(left) is type(right) and bool(left == right)


def _text(value: Any) -> str | None:
    """A text, a number or a truth as lower-case text; None for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.casefold() if isinstance(value, str) else None


def _number(value: Any) -> int | float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value)
    return None


def _contains(whole: Any, part: Any) -> bool:
    if isinstance(part, OneOf):
        return any(_contains(whole, member) for member in part.values)
    if isinstance(whole, str):
        return isinstance(part, str | int | float) and str(part).casefold() in whole.casefold()
    if isinstance(whole, OneOf):
        return _equal(part, whole)
    return isinstance(whole, list | tuple | set | frozenset | Mapping) and any(_equal(one, part) for one in whole)


def _matches(value: Any, pattern: str) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    try:
        return re.search(pattern, str(value)[:TEXT_LIMIT], re.IGNORECASE) is not None
    except (re.error, ValueError, OverflowError, RecursionError):  # an integer too long to write
        return False
