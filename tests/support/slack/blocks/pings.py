"""Whom a message calls: what rings on people's phones, wanted or not."""

import re
from collections.abc import Iterable, Iterator, Mapping

from tests.support.slack.refusal import Json

MARK = re.compile(r"<(?:@([UW][A-Z0-9]+)|!(channel|here|everyone)|!subteam\^(S[A-Z0-9]+))(?:\|[^<>]*)?>")
HANDLE = re.compile(r"(?<![\w@])@([a-z0-9][\w.-]*)", re.IGNORECASE)
BROADCASTS = ("channel", "here", "everyone")


def pings_of(text: str, blocks: Iterable[Json], handles: Mapping[str, str]) -> frozenset[str]:
    """Ids of people and groups, and broadcasts as `!channel`; plain @handles count only where they are linked."""
    found = set(marks(text, handles))
    for block in blocks:
        found.update(in_block(block, handles))
    return frozenset(found)


def marks(text: str, handles: Mapping[str, str]) -> Iterator[str]:
    """Mentions in Slack's markup."""
    for person, broadcast, group in MARK.findall(text):
        yield person or (f"!{broadcast}" if broadcast else group)
    for handle in HANDLE.findall(text) if handles else ():
        if handle.lower() in BROADCASTS:
            yield f"!{handle.lower()}"
        elif handle.lower() in handles:
            yield handles[handle.lower()]


def in_block(piece: object, handles: Mapping[str, str]) -> Iterator[str]:
    """Mentions anywhere in a block; plain text objects and rich text leaves say nothing but themselves."""
    if isinstance(piece, list):
        for each in piece:
            yield from in_block(each, handles)
    if not isinstance(piece, dict):
        return
    match piece.get("type"):
        case "mrkdwn" | "markdown":
            yield from marks(str(piece.get("text", "")), handles)
        case "user" if "user_id" in piece:
            yield piece["user_id"]
        case "usergroup":
            yield piece["usergroup_id"]
        case "broadcast":
            yield f"!{piece['range']}"
        case _:
            for value in piece.values():
                yield from in_block(value, handles)
