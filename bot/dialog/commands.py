"""The commands that may be written as text: /help, /lang fr, /human, /link address. A command is never a request."""

import re
from dataclasses import dataclass

_NAMES = {
    "help": ("help", "aide"),
    "start": ("start",),
    "lang": ("lang", "langue", "language"),
    "human": ("human", "humain", "agent", "person"),
    "link": ("link", "lier"),
    "unlink": ("unlink", "delier", "délier"),
}
_BY_NAME = {name: command for command, names in _NAMES.items() for name in names}
_COMMAND = re.compile(r"\s*/(\w{2,10})(?:@\w{1,64})?(?:[ \t]+(\S[^\n]{0,320}?))?[\s.!?]*")
_LANGUAGES = {"fr": "fr", "francais": "fr", "français": "fr", "french": "fr"}
_LANGUAGES |= {"en": "en", "anglais": "en", "english": "en"}
_MOST_BEHIND = {"start": 1, "lang": 2, "link": 6}  # words; more make it a message: "/help my VPN is down"


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what stands behind it."""

    name: str
    argument: str = ""

    @property
    def language(self) -> str:
        """The language that is asked for; empty for none that is known."""
        return _LANGUAGES.get(self.argument.casefold().partition(" ")[0].rstrip(".,!?"), "")


def told(words: str) -> str:
    """What a message tells those who work on a request: nothing, where it is but a command."""
    return "" if command_in(words) else words


def command_in(words: str) -> Command | None:
    """Read a message that is nothing but a command of ours; None for any other."""
    match = _COMMAND.fullmatch(words) if words.lstrip()[:1] == "/" and len(words) <= 400 else None
    name = _BY_NAME.get(match[1].casefold()) if match else None
    if match is None or name is None or len((match[2] or "").split()) > _MOST_BEHIND.get(name, 0):
        return None
    return Command(name, match[2] or "")
