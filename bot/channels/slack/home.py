"""The app's home tab: a way to write, what the person's own requests are up to, and what to do in an emergency."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from babel.dates import format_date

from bot.channels.render import SlackMessage, slack_escaped
from bot.channels.render.tree import outside_address
from bot.dialog.events import OpenRequest
from bot.dialog.timing import hour

from .payload import Json, parts, word
from .words import Asked, Pair, button, in_language, line, plain, said

WRITE = "home:write"
HOME = "home"
MOST, IN_BLOCK = 20, 10  # requests that are listed; in one block, which holds 3,000 characters
HEADER, NAME = 150, 80  # characters
KEY, TOPIC = 60, 80
SECTION = 3000

_WORDS: Mapping[str, Pair] = {
    "hello": ("Bonjour {name}", "Hello {name}"),
    "hello_nobody": ("Bonjour", "Hello"),
    "about": (
        (
            "Ici l’assistant automatique de : {desk}. Décrivez le problème en une phrase, ici ou dans l’onglet "
            "Messages. Pour joindre quelqu’un, écrivez « humain » à tout moment."
        ),
        (
            "This is the automatic assistant of: {desk}. Tell the problem in one sentence, here or in the Messages "
            "tab. To reach somebody, type “human” at any time."
        ),
    ),
    "write": ("Écrire au support", "Write to support"),
    "requests": ("Mes demandes", "My requests"),
    "none": ("Vous n’avez aucune demande en cours.", "You have no open request."),
    "unproven": (
        (
            "Slack ne nous dit pas avec certitude qui vous êtes : vos demandes ne sont donc pas affichées ici. "
            "Écrivez au support, l’équipe saura les retrouver."
        ),
        (
            "Slack does not tell us for sure who you are, so your requests are not shown here. Write to support: "
            "the team will find them."
        ),
    ),
    "more_one": ("Et une autre demande.", "And one more request."),
    "more": ("Et {count} autres demandes.", "And {count} more requests."),
    "since": ("depuis le {when}", "since {when}"),
    "emergency": ("Urgence : appelez le {phone}.", "Emergency: call {phone}."),
    "security": (
        (
            "Message suspect, mot de passe donné, appareil perdu ou volé : écrivez-le sans attendre, l’équipe est "
            "prévenue aussitôt."
        ),
        (
            "A suspicious message, a password given away, a device lost or stolen: write it at once, the team is "
            "told immediately."
        ),
    ),
    "privacy": ("Vos données et vos droits", "Your data and your rights"),
    "new": ("enregistrée", "recorded"),
    "in_progress": ("en cours", "in progress"),
    "pending": ("en attente", "on hold"),
    "resolved": ("résolue", "resolved"),
    "closed": ("close", "closed"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a view tells of the desk. `privacy_url`: a whole address, else it is left out; `zone`: for its times."""

    name: str
    languages: tuple[str, ...] = ("fr", "en")
    emergency_phone: str = ""
    privacy_url: str = ""
    zone: tzinfo = UTC


def home_view(
    lang: str, name: str, requests: Sequence[OpenRequest] | None, topic_names: Mapping[str, str], desk: Desk
) -> Json:
    """Compose the view that views.publish takes. No `requests`: it is not proven who looks, so that none are told."""
    words = in_language(_WORDS, lang)
    known = plain(name, NAME)["text"]
    hello = words["hello_nobody"] if known == "…" else words["hello"].format(name=known)
    blocks = [
        {"type": "header", "text": plain(hello, HEADER)},
        {"type": "section", "text": plain(words["about"].format(desk=plain(desk.name, NAME)["text"]), SECTION)},
        {"type": "actions", "elements": [button(WRITE, words["write"], style="primary")]},
        {"type": "divider"},
        {"type": "header", "text": plain(words["requests"], HEADER)},
        *_listed(lang, requests, topic_names, desk),
        {"type": "divider"},
        *_in_need(words, desk),
    ]
    return {"type": HOME, "callback_id": HOME, "blocks": blocks}


def status_message(
    lang: str, requests: Sequence[OpenRequest] | None, topic_names: Mapping[str, str], desk: Desk
) -> SlackMessage:
    """Compose the same list as a message that only the person sees."""
    words = in_language(_WORDS, lang)
    told = _listed(lang, requests, topic_names, desk)
    title = {"type": "header", "text": plain(words["requests"], HEADER)}
    return SlackMessage(slack_escaped(words["requests"]), (title, *told))


def read_home(payload: Json) -> Asked | None:
    """Read what was pressed on the home tab, nothing for what was pressed elsewhere."""
    pressed = (word(one, "action_id") for one in parts(payload, "actions", 1))
    if word(payload, "view", "type") != HOME or WRITE not in pressed:
        return None
    return Asked(word(payload, "user", "id"), word(payload, "trigger_id"))


def _listed(
    lang: str, requests: Sequence[OpenRequest] | None, topic_names: Mapping[str, str], desk: Desk
) -> list[Json]:
    words = in_language(_WORDS, lang)
    if not requests:
        text = words["unproven"] if requests is None else words["none"]
        return [{"type": "section", "text": plain(text, SECTION)}]
    items = [_request(lang, one, topic_names, desk.zone) for one in requests[:MOST]]
    told = [_bullets(items[start : start + IN_BLOCK]) for start in range(0, len(items), IN_BLOCK)]
    more = len(requests) - MOST
    if more > 0:
        text = words["more_one"] if more == 1 else words["more"].format(count=more)
        told.append({"type": "context", "elements": [plain(text, SECTION)]})
    return told


def _bullets(items: list[Json]) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}


def _request(lang: str, one: OpenRequest, topic_names: Mapping[str, str], zone: tzinfo) -> Json:
    """One request in a line: its key, what it is about, its state, since when."""
    words = in_language(_WORDS, lang)
    topic = topic_names.get(one.topic) or one.topic.replace("_", " ")
    when = _when(one.since, lang, zone)
    state = words.get(one.state if one.state in ("in_progress", "pending", "resolved", "closed") else "new", "")
    since = f" {words['since'].format(when=when)}" if when else ""
    separator = " – " if topic.strip() else ""
    colon = " : " if lang == "fr" else ": "
    return line(
        said(plain(one.key, KEY)["text"], KEY, bold=True),
        said(f"{separator}{topic.strip()}", TOPIC),
        said(f"{colon}{state}{since}", HEADER),
    )


def _when(since: str, lang: str, zone: tzinfo) -> str:
    """A moment in words: "24 novembre 2026 à 9 h"; nothing for what is none."""
    try:
        told = datetime.fromisoformat(since)
        here = told.astimezone(zone) if told.tzinfo else told
        day = format_date(here, format="d MMMM y", locale=lang)
    except (ValueError, OverflowError):
        return ""
    return f"{day}{' à ' if lang == 'fr' else ' at '}{hour(here, lang)}"


def _in_need(words: Mapping[str, str], desk: Desk) -> Iterator[Json]:
    """What to do in an emergency, and where the person's rights stand."""
    phone = desk.emergency_phone.strip()
    parts = [words["emergency"].format(phone=plain(phone, NAME)["text"])] if phone else []
    yield {"type": "section", "text": plain(" ".join([*parts, words["security"]]), SECTION)}
    if address := outside_address(desk.privacy_url):
        link = {"type": "link", "url": address, "text": words["privacy"]}
        yield {"type": "rich_text", "elements": [line(link)]}
