"""A handoff to try things with, and a clock that stands still until it is moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ticket_bridge import HandoffRequest, Priority, Requester, Step, TranscriptLine


@dataclass
class Clock:
    """Gives `now`; `pass_` moves it."""

    now: datetime = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time

    def reach(self, when: datetime | None) -> None:
        """Move to a time, never backwards."""
        self.now = max(self.now, when or self.now)


def handoff(number: int = 1, **otherwise: object) -> HandoffRequest:
    """Make a handoff whose subject no other number has."""
    fields: dict[str, object] = {
        "handoff_id": f"conversation-{number}:1:1",
        "subject": f"VPN en panne, poste {number} de Léa",
        "body": "Symptôme : erreur 809\nDepuis : ce matin",
        "priority": Priority.P2,
        "requester": Requester(name="Léa Martin", email="Lea.Martin@example.org", lang="fr"),
        "team": "network",
        "level": "N2",
        "reason": "fix_failed",
        "topic": "vpn",
        "slots": {"os": "windows", "error_code": "809"},
        "steps": (Step(what="vpn-reset-adapter@3", result="did_not_help"),),
        "transcript": (TranscriptLine(who="person", text="Mon VPN ne marche plus"),),
    }
    return HandoffRequest(**(fields | otherwise))  # type: ignore[arg-type]
