"""The numbers behind the names of the configuration, and every way in which a Redmine may not fit it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pydantic import TypeAdapter

from ticket_bridge.port import RefusedError
from ticket_bridge.systems.redmine_config import RedmineConfig
from ticket_bridge.systems.redmine_lists import (
    Level,
    Levels,
    OneProject,
    OneRole,
    OneUser,
    Project,
    Role,
    Status,
    Statuses,
    Tracker,
    Trackers,
    User,
)
from ticket_bridge.systems.redmine_wire import Wire
from ticket_bridge.ticket import HandoffRequest, Priority, TicketState

NEEDED = {
    "view_issues": "View Issues",
    "add_issues": "Add issues",
    "edit_own_issues": "Edit own issues",
    "add_issue_notes": "Add notes",
    "view_private_notes": "View private notes",
    "set_notes_private": "Set notes as private",
    "manage_issue_relations": "Manage issue relations",
    "manage_subtasks": "Manage subtasks",
}
_INSTEAD = {"edit_own_issues": "edit_issues"}
_PROJECT, _TRACKERS, _STATUSES = TypeAdapter(OneProject), TypeAdapter(Trackers), TypeAdapter(Statuses)
_LEVELS, _USER, _ROLE = TypeAdapter(Levels), TypeAdapter(OneUser), TypeAdapter(OneRole)


@dataclass(frozen=True, slots=True)
class Names:
    """The lists of one Redmine at one moment, read by the configuration."""

    config: RedmineConfig
    project: Project
    all_trackers: tuple[Tracker, ...]
    statuses: tuple[Status, ...]
    levels: tuple[Level, ...]
    account: User
    roles: tuple[Role, ...]

    def tracker_for(self, level: str) -> int:
        """Give the tracker for a level. Raises RefusedError where this project has none of that name."""
        name = self.config.trackers.get(level, self.config.tracker)
        return _number(name, {t.name: t.id for t in self.project.trackers}, "tracker")

    def category_for(self, team: str) -> int | None:
        """Give the category for a team, None for a team that is not mapped: the ticket then lies before all."""
        name = self.config.categories.get(team)
        return _number(name, {c.name: c.id for c in self.project.issue_categories}, "category") if name else None

    def priority(self, priority: Priority) -> int:
        """Give the number of a priority."""
        return _number(self.config.priorities[priority], self._levels(), "priority")

    def status(self, state: TicketState) -> int:
        """Give the status that we write for a state."""
        return _number(self.config.states[state], {s.name: s.id for s in self.statuses}, "status")

    def priority_held(self, number: int, asked: HandoffRequest) -> Priority | None:
        """Read a priority: the one asked for where it fits, for two of ours may be one of theirs."""
        name = next((level.name for level in self.levels if level.id == number), "")
        ours = [p for p in (asked.priority, *Priority) if self.config.priorities[p] == name]
        return ours[0] if ours else None

    def state_of(self, number: int) -> TicketState:
        """Read a status; one that is not mapped is open or closed."""
        status = next((s for s in self.statuses if s.id == number), None)
        if status is None:
            return TicketState.IN_PROGRESS
        return self._states().get(status.name, TicketState.CLOSED if status.is_closed else TicketState.IN_PROGRESS)

    def may(self, permission: str) -> bool:
        """Tell whether our account has a permission in the project."""
        held = frozenset[str]().union(*(role.permissions for role in self.roles))
        return self.account.admin or permission in held or _INSTEAD.get(permission, permission) in held

    def faults(self) -> list[str]:
        """List what does not fit, each with its mend."""
        return [*self._faults_of_lists(), *self._faults_of_states(), *self._faults_of_account()]

    def _faults_of_lists(self) -> list[str]:
        config = self.config
        trackers, categories = {t.name for t in self.project.trackers}, {c.name for c in self.project.issue_categories}
        wanted = [("tracker", name, trackers) for name in (config.tracker, *config.trackers.values())]
        wanted += [("category", name, categories) for name in config.categories.values()]
        wanted += [("priority", name, set(self._levels())) for name in config.priorities.values()]
        wanted += [("status", name, {s.name for s in self.statuses}) for name in self._states()]
        return [_no_such(what, name, known) for what, name, known in wanted if name not in known]

    def _faults_of_states(self) -> list[str]:
        read = self._states()
        faults = [
            f"status {s.name!r} is read as {self.state_of(s.id)}: name it in other_statuses if it means something else"
            for s in self.statuses
            if s.name not in read
        ]
        new = self.config.states[TicketState.NEW]
        used = {self.config.tracker, *self.config.trackers.values()}
        return faults + [
            f"tracker {t.name!r} begins in {t.default_status.name!r}, not in {new!r}: change its default status"
            for t in self.all_trackers
            if t.name in used and t.default_status and read.get(t.default_status.name) is not TicketState.NEW
        ]

    def _faults_of_account(self) -> list[str]:
        login = self.account.login
        faults = [f"account {login!r} is an administrator: give the desk one that is not"] if self.account.admin else []
        if not self.roles and not self.account.admin:
            return [f"account {login!r} is no member of {self.config.project!r}: add it under Settings, Members"]
        where = f"role {', '.join(role.name for role in self.roles)!r}"
        missing = (label for name, label in NEEDED.items() if not self.may(name))
        return faults + [f"{where} may not {label!r}: tick it under Administration, Roles" for label in missing]

    def _states(self) -> dict[str, TicketState]:
        written = {name: state for state, name in self.config.states.items()}
        return {**self.config.other_statuses, **written}

    def _levels(self) -> dict[str, int]:
        return {level.name: level.id for level in self.levels if level.active}


async def read_names(wire: Wire, config: RedmineConfig) -> Names:
    """Ask for all lists. Raises what the wire raises."""
    include = (("include", "trackers,issue_categories"),)
    project, trackers, statuses, levels, me = await asyncio.gather(
        wire.read(f"/projects/{config.project}.json", _PROJECT, include),
        wire.read("/trackers.json", _TRACKERS),
        wire.read("/issue_statuses.json", _STATUSES),
        wire.read("/enumerations/issue_priorities.json", _LEVELS),
        wire.read("/users/current.json", _USER, (("include", "memberships"),)),
    )
    ours = (m for m in me.user.memberships if m.project.id == project.project.id)
    numbers = sorted({role.id for membership in ours for role in membership.roles})
    roles = await asyncio.gather(*(wire.read(f"/roles/{number}.json", _ROLE) for number in numbers))
    return Names(
        config,
        project.project,
        trackers.trackers,
        statuses.issue_statuses,
        levels.issue_priorities,
        me.user,
        tuple(answer.role for answer in roles),
    )


def _number(name: str, known: dict[str, int], what: str) -> int:
    if name not in known:
        raise RefusedError(_no_such(what, name, set(known)))
    return known[name]


def _no_such(what: str, name: str, known: set[str]) -> str:
    return f"there is no {what} {name!r}: use one of {', '.join(sorted(known)) or '(none)'}"
