"""The app manifest: what Slack is asked to let the desk's app do, and no more; `SCOPES` says what each is for."""

from collections.abc import Mapping, Sequence

from bot.channels.render.splitting import shortened, visible
from bot.channels.render.tree import plain_words

from .assistant import suggested_prompts
from .payload import Json
from .words import COMMAND, SHORTCUT, Pair, in_language, spoken

PATH = "/channels/slack"  # below the public address, for everything that Slack posts there
NAME, SHORT, ABOUT, LINE = 35, 140, 300, 150  # characters of names and descriptions
UNNAMED = "Guichet"

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "answer where somebody names it in a channel",
    "assistant:write": "show in the agent pane that an answer is on its way, suggestions and titles",
    "channels:history": "read help channels and the threads it answers in, in public channels it was invited to",
    "channels:read": "know help channels by their names",
    "chat:write": "answer",
    "commands": "the command /guichet and the shortcut under messages",
    "files:read": "fetch the files that people attach to their requests",
    "files:write": "send the files of an agent's answer",
    "groups:history": "the same as channels:history, in private channels it was invited to",
    "groups:read": "the same as channels:read, for private channels",
    "im:history": "read what people write to it directly, and check what it sent after a broken connection",
    "im:write": "open a direct message: sensitive subjects leave the channel, and /guichet is answered there",
    "reactions:read": "see the emoji that make a message a request, or take the bot out of a thread",
    "users:read": "call people by their names, in their language; tell guests and strangers from colleagues",
    "users:read.email": "know who asks: without it nobody is proven, and no request is read out",
}
EVENTS: tuple[str, ...] = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "tokens_revoked",
    "user_change",
)
ASSISTANT_EVENTS: tuple[str, ...] = ("assistant_thread_started", "assistant_thread_context_changed")
# Needed where channels are read; without them the app answers direct messages, and what names it in a channel.
IN_CHANNELS = frozenset(("channels:history", "channels:read", "groups:history", "groups:read", "reactions:read"))
EVENTS_IN_CHANNELS = frozenset(("message.channels", "message.groups", "reaction_added"))

_WORDS: Mapping[str, Pair] = {
    "short": (
        "Premier accueil du support : comprend, dépanne, transmet.",
        "First line of support: understands, fixes, hands over.",
    ),
    "long": (
        "Écrivez ce qui ne marche pas, comme vous le diriez à un collègue. L’assistant pose au plus quelques "
        "questions, propose ce qui a déjà aidé, vérifie que cela a marché, et sinon transmet à l’équipe avec tout ce "
        "que vous avez dit. Pour joindre quelqu’un, écrivez « humain » à tout moment.",
        "Write what does not work, as you would tell a colleague. The assistant asks a few questions at most, "
        "proposes what helped before, checks that it worked, and else hands over to the team with all that you said. "
        "To reach somebody, type “human” at any time.",
    ),
    "about": (
        "Décrivez un problème informatique ou une demande : je cherche une solution, ou je transmets à l’équipe.",
        "Tell an IT problem or a request: I look for a solution, or hand over to the team.",
    ),
    "shortcut": ("Demander au support", "Ask support about this"),
    "shortcut_about": ("Interroger le support à propos de ce message", "Ask support about this message"),
    "command_about": ("Écrire au support", "Write to support"),
    "usage": ("[le problème] | mes demandes | aide", "[the problem] | my requests | help"),
}


def manifest(
    name: str,
    languages: Sequence[str],
    help: bool = True,
    url: str = "",
    rotation: bool = False,
    assistant: bool = False,
) -> Json:
    """Compose the manifest of a desk's app.

    `help`: it reads help channels and the threads it answers in. `url`: a public address to which Slack posts; without
    one the app connects by Socket Mode. `rotation`: its tokens expire, which cannot be undone. `assistant`: the older
    pane for assistants, which Slack keeps for apps that have it and refuses to new ones.
    """
    address = f"{url.rstrip('/')}{PATH}" if url else ""
    short = _both("short", languages, SHORT)
    told = shortened(plain_words(name).strip(), NAME)
    called = told if visible(told) else UNNAMED
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": called,
            "description": short,
            "long_description": _both("long", languages, 4000),
        },
        "features": _features(called, languages, address, assistant),
        "oauth_config": {"scopes": {"bot": [scope for scope in SCOPES if help or scope not in IN_CHANNELS]}},
        "settings": {
            "event_subscriptions": {
                **_posted_to(address),
                "bot_events": [event for event in _events(assistant) if help or event not in EVENTS_IN_CHANNELS],
            },
            "interactivity": {"is_enabled": True, **_posted_to(address)},
            "org_deploy_enabled": True,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": rotation,
        },
    }


def _features(name: str, languages: Sequence[str], address: str, assistant: bool) -> Json:
    first = _first(languages)
    about, prompts = _both("about", languages, ABOUT), suggested_prompts(first)
    pane = {"assistant_description": about} if assistant else {"agent_description": about}
    command = {
        "command": COMMAND,
        "description": _both("command_about", languages, LINE),
        "usage_hint": in_language(_WORDS, first)["usage"],
        "should_escape": False,
        **({"url": address} if address else {}),
    }
    shortcut = {
        "name": in_language(_WORDS, first)["shortcut"],
        "type": "message",
        "callback_id": SHORTCUT,
        "description": _both("shortcut_about", languages, LINE),
    }
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": name, "always_online": True},
        "assistant_view" if assistant else "agent_view": {**pane, "suggested_prompts": prompts},
        "slash_commands": [command],
        "shortcuts": [shortcut],
    }


def _events(assistant: bool) -> tuple[str, ...]:
    return tuple(sorted((*EVENTS, *ASSISTANT_EVENTS))) if assistant else EVENTS


def _posted_to(address: str) -> Json:
    return {"request_url": address} if address else {}


def _first(languages: Sequence[str]) -> str:
    """The language for what Slack shows everybody in one."""
    return spoken(next(iter(languages), "en"))


def _both(name: str, languages: Sequence[str], most: int) -> str:
    """A text in all languages of the desk, one after the other; the first alone where there is no room."""
    told = [in_language(_WORDS, lang)[name] for lang in dict.fromkeys(map(spoken, languages or ("en",)))]
    between = "\n\n" if most > ABOUT else " · "
    text = between.join(told)
    return text if len(text) <= most else told[0]
