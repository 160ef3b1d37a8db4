"""Custom actions: rasa-sdk Actions run in this process."""

from bot.actions.loading import ActionsError
from bot.actions.runner import RasaRunner

__all__ = ["ActionsError", "RasaRunner"]
