"""The door to understanding: text in, meaning out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.dialog.understanding import Hit, Understanding


@dataclass(frozen=True, slots=True)
class Hints:
    """What the conversation already tells about the next message.

    `lang`: its language, kept for messages too short to tell. `topic`: of the active request, "" when none.
    `channel`: "email" is cleaned of quotes and signatures. `now`: aware local time, for "since this morning".
    """

    now: datetime
    lang: str = "en"
    topic: str = ""
    channel: str = "web"


class Understander(Protocol):
    """Reads a message. Cannot raise for any text; may be slow or remote, so it is called outside transactions."""

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Tell language, topic, entities and dialogue acts of the (masked) text."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a question besides its words.

    `topics`: how likely it is about each, 0..1, which weighs articles of that topic up; `slots`: known values, which
    leave out articles that do not apply.
    """

    topics: Mapping[str, float] = field(default_factory=dict)
    slots: Mapping[str, Any] = field(default_factory=dict)


NO_CLUES = Clues()


class Knowledge(Protocol):
    """Finds articles."""

    def search(self, text: str, lang: str, clues: Clues = NO_CLUES, top: int = 5) -> tuple[Hit, ...]:
        """List the best articles for the text, best first. Cannot raise for any text."""
