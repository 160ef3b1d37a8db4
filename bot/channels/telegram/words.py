"""What this channel says by itself, in both languages, and the lines that stand for what is no text."""

from collections.abc import Sequence

COMMANDS = {
    "fr": {
        "help": "Ce que je sais faire",
        "human": "Parler à une personne de l’équipe",
        "lang": "Changer de langue : /lang fr ou /lang en",
    },
    "en": {
        "help": "What I can do",
        "human": "Talk to somebody of the team",
        "lang": "Change the language: /lang en or /lang fr",
    },
}
KNOWN_COMMANDS = frozenset({"start", *COMMANDS["en"]})

NOT_YOURS = {
    "fr": "Ces boutons répondent à une autre personne.",
    "en": "These buttons answer somebody else.",
}
_ABSENT = {"fr": "Trop lourd, resté dans Telegram :", "en": "Too large, left in Telegram:"}
TOO_LARGE = {"fr": "Trop lourd pour Telegram :", "en": "Too large for Telegram:"}
_PLACE = {"fr": "Position :", "en": "Location:"}
_CONTACT = {"fr": "Contact :", "en": "Contact:"}
_FORWARDED = {"fr": "Message transféré", "en": "Forwarded message"}
_FROM = {"fr": "de", "en": "from"}


def absent_line(names: Sequence[str], lang: str) -> str:
    """Name files that are too large to be fetched, so that an agent asks for them."""
    return f"[{_ABSENT[lang]} {', '.join(names)}]" if names else ""


def place_line(latitude: float, longitude: float, title: str, lang: str) -> str:
    """Tell where somebody is."""
    where = f"{latitude:.5f}, {longitude:.5f}"
    return f"[{_PLACE[lang]} {title}, {where}]" if title else f"[{_PLACE[lang]} {where}]"


def contact_line(name: str, phone: str, lang: str) -> str:
    """Tell a contact that was sent."""
    return f"[{_CONTACT[lang]} {', '.join(filter(None, (name, phone)))}]"


def forwarded_line(name: str, lang: str) -> str:
    """Say that the words are somebody else's."""
    return f"[{_FORWARDED[lang]} {_FROM[lang]} {name}]" if name else f"[{_FORWARDED[lang]}]"
