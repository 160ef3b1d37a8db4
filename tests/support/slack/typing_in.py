"""What a client makes of what a person types: escaped text and a rich_text block, mentions and links found."""

import re
from collections.abc import Iterable

from tests.support.slack.people import Person
from tests.support.slack.refusal import Json

FOUND = re.compile(r"(?P<link>https?://[^\s<>]+)|@(?P<handle>[a-zA-Z0-9][\w.-]*)")


def typed(words: str, people: Iterable[Person]) -> tuple[str, list[Json]]:
    """Text and blocks as Slack's own clients send them."""
    known = {person.name.lower(): person.id for person in people}
    text, elements, at = "", [], 0
    for match in FOUND.finditer(words):
        handle = (match["handle"] or "").lower()
        if match["link"]:
            mark, element = f"<{escaped(match['link'])}>", {"type": "link", "url": match["link"]}
        elif handle in known:
            mark, element = f"<@{known[handle]}>", {"type": "user", "user_id": known[handle]}
        elif handle in ("here", "channel", "everyone"):
            mark, element = f"<!{handle}>", {"type": "broadcast", "range": handle}
        else:
            continue
        elements += leaf(words[at : match.start()])
        text += escaped(words[at : match.start()]) + mark
        elements.append(element)
        at = match.end()
    elements += leaf(words[at:])
    section = {"type": "rich_text_section", "elements": elements}
    return text + escaped(words[at:]), [{"type": "rich_text", "elements": [section]}] if elements else []


def leaf(words: str) -> list[Json]:
    """Words that mean nothing else."""
    return [{"type": "text", "text": words}] if words else []


def escaped(words: str) -> str:
    """Slack's escaping of what people write."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
