"""Whom a message is meant for, and its words without the bot's own name."""

from dataclasses import dataclass

from bot.channels.telegram.raw import Raw
from bot.channels.telegram.words import KNOWN_COMMANDS

BARE_CALL = "/help"  # what a mention means with nothing beside it


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as the platform knows it. `reads_all`: it hears in groups what is not said to it."""

    id: int
    username: str
    reads_all: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a message, and whether they turn to the bot: by name, by a command, or as an answer to it."""

    text: str
    to_us: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text that the platform marked, with its places in characters."""

    kind: str
    start: int
    end: int
    user: int = 0


def spoken(message: Raw, me: Me) -> Words:
    """Find the words: a text or a caption; the bot's name is cut from them, also behind a command."""
    name = "text" if message.text("text") else "caption"
    text = message.text(name)
    marks = _marks(text, message.tables("entities" if name == "text" else "caption_entities"))
    answered = answered_message(message).table("from").number("id") == me.id
    ours = [mark for mark in marks if _names(text[mark.start : mark.end], mark, me)]
    if command := next((mark for mark in marks if mark.kind == "bot_command" and mark.start == 0), None):
        return _commanded(text, command, bool(answered or ours), me)
    for mark in reversed(ours):
        text = _without(text, mark)
    bare = bool(ours) and not text.strip()
    return Words(BARE_CALL if bare else text.strip(), bool(answered or ours))


def answered_message(message: Raw) -> Raw:
    """The message that this one answers; in a topic all answer the one that opened it, which is none."""
    answered = message.table("reply_to_message")
    return Raw({}) if answered.table("forum_topic_created") else answered


def _commanded(text: str, command: Mark, to_us: bool, me: Me) -> Words:
    name, _, target = text[1 : command.end].partition("@")
    if target and target.lower() != me.username.lower():
        return Words(text.strip(), to_us)
    return Words(f"/{name}{text[command.end :]}".strip(), to_us or bool(target) or name.lower() in KNOWN_COMMANDS)


def _names(word: str, mark: Mark, me: Me) -> bool:
    if mark.kind == "text_mention":
        return mark.user == me.id
    return mark.kind == "mention" and bool(me.username) and word.lower() == f"@{me.username}".lower()


def _without(text: str, mark: Mark) -> str:
    """Cut a name and what held it in its sentence: "@desk, the printer is dead" begins with "the printer"."""
    before, after = text[: mark.start].rstrip(" "), text[mark.end :]
    if not before.strip():
        return after.lstrip(" ,:;\n\u00a0\u202f")
    return f"{before} {after.lstrip(' ')}" if after[:1].strip() not in ("", ",", ".", "!", "?") else before + after


def _marks(text: str, entities: tuple[Raw, ...]) -> list[Mark]:
    """Tell places in characters: the platform counts UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")

    def characters(units: int) -> int:
        return len(raw[: max(units, 0) * 2].decode("utf-16-le", "ignore"))

    found = (
        Mark(
            one.text("type"),
            characters(one.number("offset")),
            characters(one.number("offset") + one.number("length")),
            one.table("user").number("id"),
        )
        for one in entities
    )
    return sorted((mark for mark in found if mark.start < mark.end), key=lambda mark: mark.start)
