"""A real Redmine as a peer of the contract: each test has a project of its own on the server of the session."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.redmine.server import RedmineServer
from tests.ticket_bridge.handoffs import Clock
from ticket_bridge import Priority, TicketRef, TicketState, TicketSystem, Visibility
from ticket_bridge.systems.redmine import Redmine
from ticket_bridge.systems.redmine_config import RedmineConfig

STATUSES = {
    TicketState.NEW: "New",
    TicketState.IN_PROGRESS: "In Progress",
    TicketState.PENDING: "Feedback",
    TicketState.RESOLVED: "Resolved",
    TicketState.CLOSED: "Closed",
}
PRIORITIES = {Priority.P1: "Immediate", Priority.P2: "High", Priority.P3: "Normal", Priority.P4: "Low"}
NUMBERS = {"New": 1, "In Progress": 2, "Resolved": 3, "Feedback": 4, "Closed": 5, "Rejected": 6}
HANDOFF_FIELD, EVENT_FIELD = 1, 2


def project_on(server: RedmineServer) -> str:
    """Make a project with our account and the agent in it."""
    numbers = server.numbers
    members = {numbers["bot"]: numbers["bot_role"], numbers["agent"]: numbers["agent_role"]}
    return server.as_admin().new_project(members, ("Réseau",))


def config_for(server: RedmineServer, project: str, **otherwise: Any) -> RedmineConfig:
    """Configure our side of a project as its documentation says."""
    fields: dict[str, Any] = {
        "url": server.url,
        "key": server.keys["bot_key"],
        "project": project,
        "tracker": "Support",
        "handoff_field": HANDOFF_FIELD,
        "event_field": EVENT_FIELD,
        "states": STATUSES,
        "other_statuses": {"Rejected": TicketState.CLOSED},
        "priorities": PRIORITIES,
        "trackers": {"N3": "Bug"},
        "categories": {"network": "Réseau"},
        "directory_key": server.keys["admin_key"],
        "settle": timedelta(seconds=10),
    }
    return RedmineConfig(**(fields | otherwise))


class RedminePeer:
    """A project of the session's Redmine, and its agent Ana."""

    needs = "redmine"

    def __init__(self, folder: Path, clock: Clock, server: RedmineServer) -> None:
        self.server = server
        self.project = project_on(server)
        self.ana = server.as_agent()
        self.system: TicketSystem = Redmine(config_for(server, self.project))

    def close(self) -> None:
        """Nothing is held: every request has a connection of its own."""

    async def subjects(self) -> list[str]:
        return [ticket["subject"] for ticket in self.ana.tickets(self.project)]

    async def notes(self, ref: TicketRef) -> list[tuple[str, Visibility]]:
        journals = self.ana.ticket(ref.key)["journals"]
        shown = {True: Visibility.INTERNAL, False: Visibility.PUBLIC}
        return [(journal["notes"], shown[journal["private_notes"]]) for journal in journals if journal["notes"]]

    async def state(self, ref: TicketRef) -> TicketState:
        name = self.ana.ticket(ref.key)["status"]["name"]
        return next(state for state, status in STATUSES.items() if status == name)

    async def agent_writes(self, ref: TicketRef, text: str, visibility: Visibility) -> None:
        self.ana.change(ref.key, notes=text, private_notes=visibility is Visibility.INTERNAL)

    async def agent_moves(self, ref: TicketRef, state: TicketState) -> None:
        self.ana.change(ref.key, status_id=NUMBERS[STATUSES[state]])

    async def agent_takes(self, ref: TicketRef) -> None:
        self.ana.change(ref.key, assigned_to_id=self.server.numbers["agent"])


def other_way(peer: RedminePeer, **otherwise: object) -> Redmine:
    """Give our side of a peer's project, configured otherwise."""
    fields = {"project": peer.project} | otherwise
    return Redmine(config_for(peer.server, str(fields.pop("project")), **fields))
