"""The parts of a text that mean something: lengths in UTF-16 units, and what the platform finds by itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

Entity = dict[str, Any]
MOST_ENTITIES = 100
# The real list holds every top-level domain; these are enough to tell a link from a sentence without a space.
DOMAINS = (
    "com|org|net|test|example|io|fr|de|eu|uk|ch|be|ca|dev|app|info|me|co|edu|gov|int|tech|cloud|support|ton|onion|tk|рф"
)
END_OF_PATH = ".:;,('?!`"
QUIET = {"code", "pre", "text_link", "text_mention", "url", "email", "mention", "custom_emoji"}

EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w-])", re.ASCII)
HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+"
URL = re.compile(
    rf"(?:(?:https?|ftp|tonsite)://(?:[\w.~:-]+@)?{HOST}[^\W\d_]{{2,}}|(?<![\w/#@.-]){HOST}(?:{DOMAINS})|"
    r"(?<![\w/#@.-])(?:\d{1,3}\.){3}\d{1,3})(?![\w-]|\.\d)"
    r"(?::0*[1-9]\d{0,4}(?!\d))?(?:/[^\s<>\"«»{}\[\]]*|[?#][^\s<>\"«»{}\[\]]+)?",
    re.IGNORECASE,
)
FOUND = (
    ("email", EMAIL),
    ("url", URL),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])(?:@[A-Za-z0-9_]{3,32})?")),
    ("cashtag", re.compile(r"(?<![\w$])\$(?:[A-Z]{1,8}|1INCH)(?![\w$])(?:@[A-Za-z0-9_]{3,32})?")),
)


def units(text: str) -> int:
    """Length as the platform counts: what stands outside the basic plane, such as an emoji, counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, entity: Entity) -> str:
    """The words that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    begin = entity["offset"] * 2
    return raw[begin : begin + entity["length"] * 2].decode("utf-16-le", "replace")


def found(text: str) -> Iterator[Entity]:
    """Commands, mentions, addresses and tags that stand in a text."""
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            words = match[0].rstrip(END_OF_PATH) if kind == "url" else match[0]
            yield {"type": kind, "offset": units(text[: match.start()]), "length": units(words)}


def completed(text: str, given: Iterable[Entity]) -> list[Entity]:
    """The given entities with those that the platform finds, in its order and at most as many as it keeps."""
    entities = list(given)
    taken = bytearray(units(text))  # a mark for every unit in which nothing more may be found
    for entity in entities:
        if entity["type"] in QUIET:
            mark(taken, entity)
    for entity in found(text):
        if not any(taken[entity["offset"] : entity["offset"] + entity["length"]]):
            entities.append(entity)
            mark(taken, entity)
    return in_order(entities)[:MOST_ENTITIES]


def mark(taken: bytearray, entity: Entity) -> None:
    """Mark the units that an entity covers."""
    begin, end = entity["offset"], min(entity["offset"] + entity["length"], len(taken))
    taken[begin:end] = b"\1" * (end - begin)


def in_order(entities: list[Entity]) -> list[Entity]:
    """Sorted by place, the outer one first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without blank space at both ends; in front only as far as the first entity."""
    first = min((entity["offset"] for entity in entities), default=len(text))
    front = min(units(text) - units(text.lstrip()), first)
    kept = text[front:].rstrip()  # blanks are one unit each, so characters and units agree here
    end = units(kept)
    moved = [entity | {"offset": entity["offset"] - front} for entity in entities]
    clipped = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in moved]
    return kept, [entity for entity in clipped if entity["length"] > 0]
