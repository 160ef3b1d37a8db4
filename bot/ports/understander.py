"""The door to understanding: text in, meaning out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

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


class Knowledge(Protocol):
    """Finds articles."""

    def search(self, text: str, lang: str, topic: str = "", top: int = 5) -> tuple[Hit, ...]:
        """List the best articles for the text, best first; `topic` weighs articles of that topic up."""
