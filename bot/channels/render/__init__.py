"""One Markdown document, told in each channel's own markup over one syntax tree; nothing in it can inject anything."""

from .slack import SlackMessage, slack_escaped, slack_messages, slack_words
from .telegram import telegram_parts, telegram_plain, telegram_words
from .terminal import terminal_text
from .tree import plain_words, safe_address
from .web import web_html, web_text

__all__ = [
    "SlackMessage",
    "plain_words",
    "safe_address",
    "slack_escaped",
    "slack_messages",
    "slack_words",
    "telegram_parts",
    "telegram_plain",
    "telegram_words",
    "terminal_text",
    "web_html",
    "web_text",
]
