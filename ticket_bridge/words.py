"""People's words inside an operation: made storable before it is kept, dropped after it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ticket_bridge.operation import AddNote, Attach, Link, OpenTicket, Operation, Reopen, SetState
from ticket_bridge.ticket import File, Requester

Value = TypeVar("Value")


def storable(value: Value) -> Value:
    """Replace what no database and no JSON can hold (half of a surrogate pair), at any depth."""
    return _storable(value)  # type: ignore[no-any-return]


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, tuple | list):
        return type(value)(_storable(item) for item in value)
    if isinstance(value, Mapping):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _storable(getattr(value, f.name)) for f in fields(value)})
    return value


def _storable_text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def wordless(operation: Operation) -> Operation:
    """Keep keys, kinds and routing; drop every text a person wrote and every address."""
    match operation:
        case OpenTicket(request=request):
            bare = replace(
                request, subject="", body="", requester=Requester(), slots={}, steps=(), transcript=(), files=()
            )
            return replace(operation, request=bare)
        case AddNote():
            return replace(operation, text="")
        case Attach(file=file):
            return replace(operation, file=File(name="", media_type=file.media_type, size=file.size))
        case SetState() | Reopen():
            return replace(operation, reason="")
        case Link():
            return operation
