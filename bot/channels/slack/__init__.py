"""Slack: messages, threads, buttons and emoji in; blocks out."""

from bot.channels.slack.workspace import House, Options, Secrets, Workspace

__all__ = ["House", "Options", "Secrets", "Workspace"]
