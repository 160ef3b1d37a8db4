"""What came with a call: every parameter as a string, as a form would have it, and the files beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import MultiMapping

from tests.support.telegram.errors import bad_request

TRUE = {"true", "yes", "1"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent with a call."""

    name: str
    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Arguments:
    """Parameters by name. What is absent reads as empty; what no method knows is never asked for, so it is ignored."""

    values: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string, empty where there is none."""
        return self.values.get(name, "")

    def required(self, name: str) -> str:
        """A string that must be there."""
        if value := self.text(name):
            return value
        raise bad_request(f'parameter "{name}" is required')

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as 0, as on the platform."""
        value = self.text(name)
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return self.text(name).lower() in TRUE

    def structured(self, name: str, what: str) -> Any:
        """A parameter that is JSON, None where there is none; `what` is the platform's name of it."""
        if not (value := self.text(name)):
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> Upload | str:
        """A file: sent along, sent along under another name (attach://...), or told by an identifier or address."""
        if name in self.files:
            return self.files[name]
        told = self.text(name)
        if told.startswith("attach://"):
            return self.files.get(told.removeprefix("attach://"), "")
        return told


async def read_arguments(request: web.Request) -> Arguments:
    """Query string and body together, whichever of the four ways a client uses."""
    values, files = as_strings(request.query), {}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse JSON body") from None
        values |= as_strings(body if isinstance(body, dict) else {})
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.file.read(), value.content_type)
            else:
                values[name] = value if isinstance(value, str) else value.decode()
    return Arguments(values, files)


def as_strings(values: "Mapping[str, Any] | MultiMapping[str]") -> dict[str, str]:
    """Parameters as a form would carry them; null is as good as absent."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }
