"""What is asked for in the address of a knowledge page, taken within bounds: nothing in it can be a fault."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from bot.console.language import KNOWN
from bot.ports.articles import Shelf

LONGEST = 300  # characters of a question, and of anything else in an address
NO_TOPIC = "-"  # in an address: the articles of no topic
KEYS = frozenset({"q", "in", "topic", "origin", "stale", "page", "version", "from", "to"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A list or a search. `spoken`: the language of the question, "" = heard from it; `topic`: "" = all."""

    question: str = ""
    spoken: str = ""
    topic: str = ""
    origin: str = ""
    stale: bool = False
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether the list leaves any out."""
        return bool(self.topic or self.origin or self.stale)

    def among(self, shelves: Collection[Shelf]) -> "Asked":
        """Forget a topic or an origin that no article has."""
        topic = self.topic if any(shelf.topic == topic_in(self.topic) for shelf in shelves) else ""
        origin = self.origin if any(shelf.origin == self.origin for shelf in shelves) else ""
        return replace(self, topic=topic, origin=origin)

    def fits(self, shelf: Shelf) -> bool:
        """Whether the list may hold what stands there, its topic apart."""
        return self.origin in ("", shelf.origin) and (shelf.stale or not self.stale)

    def address(self, **other: Any) -> str:
        """Give the address of this page of the list, or of one that differs in some of it."""
        asked = replace(self, **other)
        told = {
            "topic": asked.topic,
            "origin": asked.origin,
            "stale": "1" if asked.stale else "",
            "page": str(asked.page) if asked.page > 1 else "",
        }
        query = urlencode({key: value for key, value in told.items() if value})
        return f"/kb?{query}" if query else "/kb"


def asked_in(query: QueryParams) -> Asked:
    """Read what is asked for."""
    spoken = query.get("in", "")
    return Asked(
        question=" ".join(query.get("q", "")[:LONGEST].split()),
        spoken=spoken if spoken in KNOWN else "",
        topic=query.get("topic", ""),
        origin=query.get("origin", ""),
        stale=query.get("stale", "") == "1",
        page=number_in(query.get("page", "")) or 1,
    )


def topic_in(code: str) -> str:
    """Read a topic as it stands in an address."""
    return "" if code == NO_TOPIC else code


def number_in(told: str) -> int:
    """Read a number from 1 on, of nine digits at most; 0 = there is none."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= 9 else 0


def same_page(query: QueryParams, lang: str) -> str:
    """Give the address of the page that is shown, in another language."""
    told = {key: value[:LONGEST] for key, value in query.items() if key in KEYS}
    return f"?{urlencode({**told, 'lang': lang})}"
