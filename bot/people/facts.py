"""The facts of a moment: who writes and what proves it, what is remembered of them, whether the desk is staffed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from bot.dialog.events import Facts
from bot.people.hours import DeskHours
from bot.people.memory import FRESH, remembered
from bot.ports.facts import About
from bot.ports.inbound import Sender
from bot.ports.people import People


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """Implements bot.ports.facts.KnownFacts.

    `vips` are addresses, or patterns of such ("*@board.example.org"). What concerns an account (memory, open
    requests, being a VIP) is told of proven people only.
    """

    hours: DeskHours
    people: People
    vips: tuple[str, ...] = ()
    language: str = ""  # the desk's own, where nothing tells the person's

    def gather(self, about: About) -> Facts:
        """Tell all that is known of the person and the desk."""
        who = self._sender(about)
        known = who.email if who.proof != "none" else ""
        told = "" if who.public else known  # where others read along, nothing is told of what is known
        is_open = self.hours.open_at(about.at)
        return Facts(
            proof=who.proof,
            name=who.name,
            email=who.email,
            vip=is_vip(known, self.vips),
            language=who.language or self.language,
            slots=remembered(self.people.conversations(told, about.at - FRESH), about.at) if told else {},
            open=is_open,
            back_at=None if is_open else self.hours.back_at(about.at),
            utc_offset_minutes=self.hours.utc_offset_minutes(about.at),
            open_requests=self.people.open_requests(told) if told else (),
            colleague=(about.sender.name or about.sender.email or about.sender.id) if about.sender.colleague else "",
            public=who.public,
            channel=about.channel,
        )

    def _sender(self, about: About) -> Sender:
        """Whom it is about: a timer, an agent, a ticket or a colleague is not the one whose request it is."""
        if about.sender != Sender() and not about.sender.colleague:
            return about.sender
        return replace(self.people.writer(about.conversation.id), public=about.sender.public)


def is_vip(email: str, vips: Iterable[str]) -> bool:
    """Tell whether a proven address is one of the VIPs'."""
    return bool(email) and any(fnmatchcase(email.lower(), vip.strip().lower()) for vip in vips)
