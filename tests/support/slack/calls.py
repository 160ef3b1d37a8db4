"""One call of the Web API, read from the request in any of the forms that Slack takes."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web

from tests.support.slack.refusal import Json, RefusalError, refused_with
from tests.support.slack.world import World

T = TypeVar("T")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Call:
    """A method's arguments, not yet judged."""

    method: str
    args: Json
    token: str | None = None

    def need(self, name: str) -> str:
        """An argument that must be there. Raises RefusalError."""
        value = self.text(name)
        if not value:
            raise refused_with("invalid_arguments", [f"missing required field: {name}"])
        return value

    def text(self, name: str) -> str:
        """A string argument, empty where it is not given. Raises RefusalError."""
        value = self.args.get(name)
        if value is None:
            return ""
        if isinstance(value, dict | list):
            raise refused_with("invalid_arguments", [f"must be a string: {name}"])
        return str(value)

    def flag(self, name: str) -> bool:
        """A boolean argument, `true` or `1`."""
        return str(self.args.get(name, "")).lower() in ("true", "1")

    def number(self, name: str, otherwise: int) -> int:
        """A whole number. Raises RefusalError."""
        value = self.args.get(name)
        try:
            return otherwise if value in (None, "") else int(str(value))
        except ValueError:
            raise refused_with("invalid_arguments", [f"must be an integer: {name}"]) from None

    def parsed(self, name: str, otherwise: T, error: str) -> T:
        """A list or object, given as JSON or as a string of it. Raises RefusalError."""
        value = self.args.get(name)
        if value in (None, ""):
            return otherwise
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise RefusalError(error) from None
        if not isinstance(value, type(otherwise)):
            raise RefusalError(error)
        return value

    def blocks(self) -> list[Json] | None:
        """The `blocks` argument; None where it is not given."""
        return None if self.args.get("blocks") is None else self.parsed("blocks", [], "invalid_blocks_format")


Answer = Callable[[World, Call], Json]


@dataclass(frozen=True)
class Method:
    """A method of the Web API: what it does, the scopes of which it needs one, the token and bodies it takes."""

    answer: Answer
    scopes: tuple[str, ...] = ()
    token: str | None = "bot"
    takes_json: bool = True


async def read_call(request: web.Request, takes_json: bool) -> Call:
    """Read the arguments and the token; a JSON body that the method does not take is not looked at, as on Slack."""
    args: Json = dict(request.query)
    if request.content_type in FORMS:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    elif request.content_type == "application/json" and takes_json and request.can_read_body:
        body = await request.text()
        try:
            given = json.loads(body) if body else {}
        except ValueError:
            raise RefusalError("invalid_json") from None
        if not isinstance(given, dict):
            raise RefusalError("json_not_object")
        args |= {name: value for name, value in given.items() if value is not None and name != "token"}
    token = args.pop("token", None)
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = bearer
    return Call(request.match_info["method"], args, token)


def page(found: Sequence[T], call: Call, most: int = 1000, usual: int = 100) -> tuple[list[T], str]:
    """One page of a list, and the cursor of the next; empty at the end. Raises RefusalError."""
    limit = min(call.number("limit", usual) or usual, most)
    try:
        start = int(base64.b64decode(call.text("cursor") or b"bmV4dDow").decode().removeprefix("next:"))
    except ValueError:
        raise RefusalError("invalid_cursor") from None
    more = start + limit < len(found)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return list(found[start : start + limit]), cursor
