"""Which channels a house has, as its settings say."""

from pathlib import Path

from bot.dialog.playbook import Playbook
from bot.dialog.texts import topic_name
from bot.ports.clock import Clock
from bot.settings import Settings

from .branches import Branch
from .mailing import Mailbox
from .slack import SlackBranch
from .telegram import TelegramBranch


def branches(settings: Settings, home: Path, clock: Clock, playbook: Playbook | None = None) -> tuple[Branch, ...]:
    """Make the channels that the settings name; none is connected yet."""
    table = settings.channels
    found: list[Branch] = []
    if table.email.imap:
        found.append(Mailbox(settings, home, clock))
    if table.slack.is_there:
        found.append(SlackBranch(settings, home, clock, _topics(settings, playbook or Playbook())))
    if table.telegram.token_file:
        found.append(TelegramBranch(settings, home, clock))
    return tuple(found)


def _topics(settings: Settings, playbook: Playbook) -> dict[str, dict[str, str]]:
    topics = {flow.topic for flow in playbook.flows.values() if flow.topic}
    return {
        lang: {topic: topic_name(playbook, topic, lang) for topic in sorted(topics)} for lang in settings.desk.languages
    }
