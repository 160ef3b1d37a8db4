"""What Slack sends, read without trust: odd shapes give nothing, and nothing raises."""

from typing import Any

Json = dict[str, Any]

MOST_ID = 300  # characters of an id, a name or a kind
MOST_TEXT = 100_000  # characters of a message; Slack takes 40,000


def part(payload: object, *path: str) -> Json:
    """Give the object at a path, an empty one where there is none."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, dict) else None
    return payload if isinstance(payload, dict) else {}


def word(payload: object, *path: str, most: int = MOST_ID) -> str:
    """Give the text at a path, "" where there is none."""
    found = part(payload, *path[:-1]).get(path[-1])
    return found[:most] if isinstance(found, str) else ""


def parts(payload: object, key: str, most: int = 100) -> tuple[Json, ...]:
    """Give the objects of a list, none where it is no list."""
    found = payload.get(key) if isinstance(payload, dict) else None
    return tuple(one for one in found[:most] if isinstance(one, dict)) if isinstance(found, list) else ()
