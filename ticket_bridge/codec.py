"""Values in and out of JSON: the only place that knows their stored shape."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from ticket_bridge.delivery import Delivery
from ticket_bridge.ticket import File, HandoffRequest


@cache
def _deliveries() -> TypeAdapter[Delivery]:
    return TypeAdapter(Delivery)


@cache
def _handoffs() -> TypeAdapter[HandoffRequest]:
    return TypeAdapter(HandoffRequest)


@cache
def _files() -> TypeAdapter[File]:
    return TypeAdapter(File)


def delivery_to_json(delivery: Delivery) -> str:
    """Write a delivery as one JSON text."""
    return _deliveries().dump_json(delivery).decode()


def delivery_from_json(text: str) -> Delivery:
    """Read what `delivery_to_json` wrote. Raises ValueError."""
    return _deliveries().validate_json(text)


def file_from_json(text: str) -> File:
    """Read a file's description. Raises ValueError."""
    return _files().validate_json(text)


def handoff_from_json(text: str | bytes) -> HandoffRequest:
    """Read a handoff somebody wrote. Raises ValueError with every fault, on one line, none quoting a text."""
    try:
        return _handoffs().validate_json(text)
    except ValidationError as error:
        raise ValueError("; ".join(_fault(item["loc"], item["msg"]) for item in error.errors())) from None


def to_plain(value: object) -> Any:
    """Turn any of this package's values into what `json.dumps` takes."""
    return to_jsonable_python(value)


def _fault(where: tuple[int | str, ...], what: str) -> str:
    field = ".".join(str(part) for part in where)
    return f"{field}: {what}" if field else what
