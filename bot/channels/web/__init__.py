"""The web chat: a widget for any page, its routes, and the channel that answers through the ledger."""

from bot.channels.web.channel import WebChannel
from bot.channels.web.routes import ChatDoors, chat_routes
from bot.channels.web.script import widget_script
from bot.channels.web.session import Sessions, kept_secret

__all__ = ["ChatDoors", "Sessions", "WebChannel", "chat_routes", "kept_secret", "widget_script"]
