"""What people call the channels, in both languages."""

from collections.abc import Mapping

from .flow import Words

_NAMES: Mapping[str, Words] = {
    "email": {"fr": "courriel", "en": "e-mail"},
    "slack": {"fr": "Slack", "en": "Slack"},
    "telegram": {"fr": "Telegram", "en": "Telegram"},
    "web": {"fr": "le chat", "en": "the chat"},
    "terminal": {"fr": "ce terminal", "en": "this terminal"},
}


def channel_name(channel: str, lang: str) -> str:
    """Name a channel as people do; a channel of somebody's own by its code."""
    return _NAMES.get(channel, {}).get(lang, channel)
