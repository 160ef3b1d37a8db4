"""What Slack's agent pane shows around a conversation: suggestions, title, status, and thumbs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels.render import slack_escaped
from bot.channels.render.splitting import shortened
from bot.channels.render.tree import plain_words
from bot.dialog.effects import Say
from bot.dialog.secrets import mask

from .payload import Json, parts, word
from .words import Pair, in_language, plain

FEEDBACK = "feedback:"  # what its actions begin with
LONGEST_TITLE = 60  # characters of a thread's title: Slack names no limit, and its list shows about that many
LABEL, TURN = 75, 9

_WORDS: Mapping[str, Pair] = {
    "prompts": ("Les demandes les plus fréquentes", "What people ask most"),
    "untitled": ("Demande au support", "Request to support"),
    "status": ("cherche une solution…", "is looking for a solution…"),
    "good": ("Utile", "Helpful"),
    "bad": ("Pas utile", "Not helpful"),
    "good_aloud": ("Cette réponse m’a aidé", "This answer helped me"),
    "bad_aloud": ("Cette réponse ne m’a pas aidé", "This answer did not help me"),
}
# Each suggestion: the topics that desks are asked about most.
_PROMPTS: tuple[Mapping[str, Pair], ...] = (
    {
        "title": ("Mot de passe oublié", "Forgotten password"),
        "message": ("J’ai oublié mon mot de passe.", "I forgot my password."),
    },
    {
        "title": ("Le VPN ne marche plus", "The VPN stopped working"),
        "message": ("Mon VPN ne se connecte plus.", "My VPN no longer connects."),
    },
    {
        "title": ("L’imprimante n’imprime plus", "The printer does not print"),
        "message": ("L’imprimante n’imprime plus.", "The printer no longer prints."),
    },
    {
        "title": ("Où en sont mes demandes ?", "Where are my requests?"),
        "message": ("Où en sont mes demandes ?", "Where are my requests?"),
    },
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an answer helped somebody; `turn` gave it."""

    good: bool
    turn: int
    user: str = ""
    team: str = ""
    channel: str = ""
    message: str = ""
    thread: str = ""


def suggested_prompts(lang: str) -> list[Json]:
    """Give four messages that a click sends."""
    return [in_language(prompt, lang) for prompt in _PROMPTS]


def prompts_title(lang: str) -> str:
    """Tell what stands above the suggestions."""
    return in_language(_WORDS, lang)["prompts"]


def thread_title(text: str, lang: str) -> str:
    """Give a thread the beginning of its first message as a title, in one line that mentions nobody.

    Secrets are hidden: the title outlives the message that a person takes back.
    """
    words = " ".join(plain_words(mask(text)[0]).split())
    end = LONGEST_TITLE
    while len(title := slack_escaped(shortened(words, end))) > LONGEST_TITLE:
        end -= (len(title) - LONGEST_TITLE + 5) // 6 + 1
    return title if any(map(str.isalnum, title)) else in_language(_WORDS, lang)["untitled"]


def status_text(lang: str) -> str:
    """Tell what the bot does while an answer is on its way; Slack puts its name before it."""
    return in_language(_WORDS, lang)["status"]


def thumbs(say: Say) -> tuple[Json, ...]:
    """Give two thumbs for below an answer that rests on an article; none under a message that only asks or tells."""
    return tuple(feedback_blocks(say.lang, say.turn)) if say.sources else ()


def feedback_blocks(lang: str, turn: int) -> list[Json]:
    """Compose the two thumbs under an answer."""
    words = in_language(_WORDS, lang)
    thumbs = {
        "type": "feedback_buttons",
        "action_id": f"{FEEDBACK}{turn}",
        "positive_button": _thumb(words, "good", turn),
        "negative_button": _thumb(words, "bad", turn),
    }
    return [{"type": "context_actions", "elements": [thumbs]}]


def _thumb(words: Mapping[str, str], name: str, turn: int) -> Json:
    aloud = shortened(words[f"{name}_aloud"], LABEL)
    return {"text": plain(words[name], LABEL), "value": f"{name}:{turn}", "accessibility_label": aloud}


def read_feedback(payload: Json) -> Feedback | None:
    """Read a thumb that was pressed; nothing for other buttons."""
    pressed = next(iter(parts(payload, "actions", 1)), {})
    verdict, _, turn = word(pressed, "value").partition(":")
    ours = word(pressed, "action_id").startswith(FEEDBACK)
    if not ours or verdict not in ("good", "bad") or not (turn.isascii() and turn.isdigit()) or len(turn) > TURN:
        return None
    return Feedback(
        good=verdict == "good",
        turn=int(turn),
        user=word(payload, "user", "id"),
        team=word(payload, "team", "id") or word(payload, "user", "team_id"),
        channel=word(payload, "channel", "id") or word(payload, "container", "channel_id"),
        message=word(payload, "message", "ts") or word(payload, "container", "message_ts"),
        thread=word(payload, "message", "thread_ts") or word(payload, "container", "thread_ts"),
    )
