"""Names that people know for what the ledger holds by id."""

from dataclasses import dataclass
from typing import Any

from bot.console.words import REASONS, SLOTS, STATES, VALUES, told
from bot.dialog.flow import Words
from bot.dialog.playbook import Playbook

MORE_TOPICS = {"ticket_status": ("Suivi d’une demande", "Ticket status")}


@dataclass(frozen=True, slots=True)
class Names:
    """Looks names up in a playbook; what it does not know stands for itself."""

    playbook: Playbook

    def topic(self, topic: str, lang: str) -> str:
        """Name a topic by the flow that is about it."""
        flow = next((one for one in self.playbook.flows.values() if one.topic == topic and one.name), None)
        return _in(flow.name, lang) if flow else told(MORE_TOPICS, topic, lang)

    def flow(self, flow: str, lang: str) -> str:
        """Name a flow."""
        known = self.playbook.flows.get(flow)
        return (_in(known.name, lang) if known and known.name else "") or flow

    def team(self, team: str, lang: str) -> str:
        """Name a team."""
        known = self.playbook.policy.teams.get(team)
        name = (_in(known.name, lang) if known else "") or team
        return name[:1].upper() + name[1:]

    def article(self, article: str, lang: str) -> str:
        """Name an article, or article@version, by its title."""
        text = None
        if known := self.playbook.articles.get(article.partition("@")[0]):
            text = known.texts.get(lang) or next(iter(known.texts.values()), None)
        return text.title if text else article

    def slot(self, slot: str, lang: str) -> str:
        """Name a slot; one that only its pack knows is told by its id, made readable."""
        return told(SLOTS, slot, lang) if slot in SLOTS else slot.replace("_", " ").capitalize()

    def value(self, slot: str, value: Any, lang: str) -> str:
        """Say a slot's value as the button said it that the person could have pressed."""
        titles = (
            choice.title
            for variations in self.playbook.responses.values()
            for variation in variations
            for choice in variation.buttons
            if choice.slot == slot and choice.value == str(value)
        )
        title = next(titles, None)
        return (_in(title, lang) if title else "") or told(VALUES, str(value), lang)

    def reason(self, reason: str, lang: str) -> str:
        """Say a coded reason in words."""
        return told(REASONS, reason, lang)

    def state(self, state: str, lang: str) -> str:
        """Say a ticket's state in words."""
        return told(STATES, state, lang)


def _in(words: Words, lang: str) -> str:
    return words.get(lang) or next(iter(words.values()), "")
