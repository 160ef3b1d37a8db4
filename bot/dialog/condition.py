"""Conditions as values: what the grammar reads, the names in it, and its text again."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """`slots.x` or `context.x.y`; alone it asks whether it has a value that counts."""

    path: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, true, false, or None for `null` and `undefined`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Empty:
    """`empty`: no value, or a text or list with nothing in it."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A set: `{"691" "812"}`."""

    values: tuple[Value, ...]


Operand = Name | Literal | Empty | OneOf


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands and one of = != < <= > >= contains matches."""

    left: Operand
    operator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the other does not."""

    what: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """Two or more joined by `and`."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Two or more joined by `or`."""

    parts: tuple["Condition", ...]


Condition = Name | Literal | Compare | Not | All | AnyOf


def names_in(condition: Condition | Operand) -> Iterator[Name]:
    """Every name a condition reads, in order."""
    match condition:
        case Name():
            yield condition
        case Not(what):
            yield from names_in(what)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from names_in(part)
        case Compare(left, _, right):
            yield from names_in(left)
            yield from names_in(right)
        case _:
            return


def equalities(condition: Condition) -> Iterator[tuple[str, Value]]:
    """Every name with each literal it is tested equal or unequal to."""
    match condition:
        case Not(what):
            yield from equalities(what)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from equalities(part)
        case Compare(Name(path), "=" | "!=", Literal(value)) | Compare(Literal(value), "=" | "!=", Name(path)):
            yield path, value
        case Compare(Name(path), "=" | "!=", OneOf(values)):
            yield from ((path, value) for value in values)
        case _:
            return


def told(condition: Condition | Operand) -> str:
    """Write a condition in its one canonical form; reading that gives the same condition."""
    match condition:
        case Name(path):
            return path
        case Literal(value):
            return _told_literal(value)
        case Empty():
            return "empty"
        case OneOf(values):
            return "{" + " ".join(map(_told_literal, values)) + "}"
        case Compare(left, operator, right):
            return f"{told(left)} {operator} {told(right)}"
        case Not(what):
            return f"not {_bracketed(what)}"
        case All(parts):
            return " and ".join(map(_bracketed, parts))
        case AnyOf(parts):
            return " or ".join(map(_bracketed, parts))


def _bracketed(condition: Condition) -> str:
    return f"({told(condition)})" if isinstance(condition, All | AnyOf) else told(condition)


def _told_literal(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}'" if '"' in value else f'"{value}"'
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return format(Decimal(repr(value)), "f")
