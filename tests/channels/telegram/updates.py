"""Updates as the platform writes them, for tests of what is read in them."""

from typing import Any

from bot.channels.telegram.spoken import Me

Json = dict[str, Any]

ME = Me(42, "guichet_bot")
ANN: Json = {"id": 5_000_000_001, "is_bot": False, "first_name": "Ann", "last_name": "Martin", "language_code": "fr-CA"}
BOB: Json = {"id": 5_000_000_002, "is_bot": False, "first_name": "Bob", "language_code": "en"}
BOT: Json = {"id": 42, "is_bot": True, "first_name": "Guichet", "username": "guichet_bot"}
GROUP: Json = {"id": -100_200, "type": "supergroup", "title": "Everyone"}


def private(user: Json = ANN, **content: Any) -> Json:
    """A message to the bot alone."""
    chat = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
    return {"message_id": 7, "date": 1_760_000_000, "chat": chat, "from": user, **content}


def in_group(user: Json = ANN, **content: Any) -> Json:
    """A message in a group."""
    return {"message_id": 8, "date": 1_760_000_000, "chat": GROUP, "from": user, **content}


def update(message: Json, kind: str = "message") -> Json:
    """An update that brings it."""
    return {"update_id": 900, kind: message}


def mark(text: str, part: str, kind: str, **more: Any) -> Json:
    """An entity over a part of a text, counted in UTF-16 units."""
    before = text[: text.index(part)]
    return {
        "type": kind,
        "offset": len(before.encode("utf-16-le")) // 2,
        "length": len(part.encode("utf-16-le")) // 2,
        **more,
    }


def mentioned(text: str, part: str = "@guichet_bot", **more: Any) -> Json:
    """A text in a group that names somebody."""
    return in_group(text=text, entities=[mark(text, part, "mention")], **more)
