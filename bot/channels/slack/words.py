"""The command and the shortcut by which people call the desk, and small parts of every view.

Whatever others wrote goes into plain text objects or rich_text, which Slack shows as they stand: it can mention nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.channels.render.slack import ACTION, LABEL, VALUE
from bot.channels.render.splitting import shortened, visible
from bot.channels.render.tree import plain_words
from bot.nlu.fold import fold

from .payload import Json, word
from .text import plain_text

Pair = tuple[str, str]  # in French, in English
Way = Literal["form", "request", "help", "status"]

COMMAND = "/guichet"
SHORTCUT = "ask_support"
LANGUAGES = ("fr", "en")
LONGEST_TEXT = 12_000  # characters taken of what was typed after the command, or stands in a message

_WAYS: Mapping[str, Way] = {
    **dict.fromkeys(("aide", "help", "?", "-h", "--help", "aidez-moi"), "help"),
    **dict.fromkeys(
        (
            "mes demandes", "mes tickets", "ma demande", "mon ticket", "demandes", "tickets", "statut", "etat", "suivi",
            "my requests", "my tickets", "my request", "my ticket", "requests", "status",
        ),
        "status",
    ),
}  # fmt: skip
_ANSWERS: Mapping[str, Pair] = {
    "request": (
        "C’est noté : je vous réponds en message privé, dans l’onglet Messages de cette application.",
        "Noted: I’ll answer you in a direct message, in this app’s Messages tab.",
    ),
    "private": ("C’est noté : je vous réponds ici.", "Noted: I’ll answer you here."),
    "form": (
        f"Le formulaire n’a pas pu s’ouvrir. Tapez `{COMMAND}` à nouveau, ou écrivez-moi en message privé.",
        f"The form could not be opened. Type `{COMMAND}` again, or write to me in a direct message.",
    ),
    "help": (
        "*Écrire au support*\n"
        f"• `{COMMAND} mon VPN ne marche plus` : je vous réponds en message privé.\n"
        f"• `{COMMAND}` seul : un court formulaire s’ouvre.\n"
        f"• `{COMMAND} mes demandes` : où elles en sont ; vous seul voyez la réponse.\n"
        "Vous pouvez aussi m’écrire dans l’onglet Messages. Pour joindre quelqu’un, écrivez « humain » à tout moment.",
        "*Write to support*\n"
        f"• `{COMMAND} my VPN stopped working`: I’ll answer you in a direct message.\n"
        f"• `{COMMAND}` alone: a short form opens.\n"
        f"• `{COMMAND} my requests`: where they stand; only you see the answer.\n"
        "You can also write to me in the Messages tab. To reach somebody, type “human” at any time.",
    ),
}


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody wants who typed /guichet.

    `kind`: form (open the form) | request (`text` is to be answered by direct message) | help | status. `trigger` opens
    a form within 3 seconds.
    """

    kind: Way
    text: str = ""
    user: str = ""
    channel: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody wants the form; `trigger` opens it within 3 seconds. `text`: what is filled in, as Slack writes it."""

    user: str = ""
    trigger: str = ""
    text: str = ""


def read_command(payload: Json) -> Command:
    """Read a slash command as Slack posts it."""
    text = plain_words(plain_text(word(payload, "text", most=LONGEST_TEXT), "", {})).strip()
    asked = " ".join(fold(text).strip(" .!?…").split()) or fold(text)
    kind: Way = _WAYS.get(asked, "request") if visible(text) else "form"
    return Command(
        kind=kind,
        text=text if kind == "request" else "",
        user=word(payload, "user_id"),
        channel=word(payload, "channel_id"),
        trigger=word(payload, "trigger_id"),
    )


def read_shortcut(payload: Json) -> Asked | None:
    """Read the shortcut under a message; nothing for another one."""
    if word(payload, "type") != "message_action" or word(payload, "callback_id") != SHORTCUT:
        return None
    text = word(payload, "message", "text", most=LONGEST_TEXT)
    return Asked(word(payload, "user", "id"), word(payload, "trigger_id"), text)


def command_answer(kind: Literal["request", "help", "form"], lang: str, private: bool = False) -> str:
    """What only the person sees at once; `private`: the command was typed where the answer will stand."""
    return in_language(_ANSWERS, lang)["private" if kind == "request" and private else kind]


def spoken(lang: str) -> str:
    """The language of the two in which somebody is written to."""
    return lang if lang in LANGUAGES else "en"


def in_language(table: Mapping[str, Pair], lang: str) -> dict[str, str]:
    """The words of a table in one language."""
    return {name: pair[LANGUAGES.index(spoken(lang))] for name, pair in table.items()}


def language_of(locale: object) -> str:
    """The language of a locale such as fr-FR, empty for one that we do not speak."""
    lang = str(locale or "")[:2].lower()
    return lang if lang in LANGUAGES else ""


def plain(words: str, most: int) -> Json:
    """A text object that Slack shows as it stands; never empty, which Slack would refuse."""
    told = plain_words(words).strip()
    return {"type": "plain_text", "text": shortened(told, most) if visible(told) else "…", "emoji": False}


def button(action: str, label: str, value: str = "", style: Literal["", "primary"] = "") -> Json:
    """A button."""
    told = {"type": "button", "action_id": action[:ACTION], "text": plain(label, LABEL)}
    return told | ({"value": value[:VALUE]} if value else {}) | ({"style": style} if style else {})


def options(labels: Mapping[str, str]) -> list[Json]:
    """Choices, by value."""
    return [{"text": plain(label, LABEL), "value": value} for value, label in labels.items()]


def line(*leaves: Json) -> Json:
    """A line of rich text."""
    return {"type": "rich_text_section", "elements": [leaf for leaf in leaves if leaf]}


def said(words: str, most: int, bold: bool = False) -> Json:
    """Words in a line of rich text, as they stand; nothing for none."""
    told = shortened(plain_words(words), most)
    return {} if not told else {"type": "text", "text": told, **({"style": {"bold": True}} if bold else {})}
