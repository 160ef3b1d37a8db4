"""Telegram: updates read, messages sent, and the bot that does both."""

from bot.channels.telegram.desk import TelegramBot
from bot.channels.telegram.sending import CHANNEL
from bot.channels.telegram.watching import Waits

__all__ = ["CHANNEL", "TelegramBot", "Waits"]
