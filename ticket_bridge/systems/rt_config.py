"""How a desk uses its Request Tracker: which queue, field, status and number each of our words is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from ticket_bridge.ticket import HandoffRequest, Priority, TicketState

LONGEST_HANDOFF_ID = 200  # characters; RT searches a custom field's first 255
DEFAULT_LIFECYCLE = frozenset({"new", "open", "stalled", "resolved", "rejected", "deleted"})  # RT's own

PRIORITIES = {Priority.P1: 100, Priority.P2: 75, Priority.P3: 50, Priority.P4: 25}
STATUSES = {
    TicketState.NEW: "new",
    TicketState.IN_PROGRESS: "open",
    TicketState.PENDING: "stalled",
    TicketState.RESOLVED: "resolved",
    TicketState.CLOSED: "resolved",  # RT's own lifecycle knows no difference
}
READ_AS = {"rejected": TicketState.CLOSED, "deleted": TicketState.CLOSED}

# What of a handoff can be written into a custom field.
READERS: Mapping[str, Callable[[HandoffRequest], str]] = {
    "reason": lambda request: request.reason,
    "topic": lambda request: request.topic,
    "level": lambda request: request.level,
    "team": lambda request: request.team,
    "channel": lambda request: request.channel,
    "impact": lambda request: str(request.impact),
    "urgency": lambda request: str(request.urgency),
    "site": lambda request: request.requester.site,
    "contact": lambda request: request.requester.contact,
}


@dataclass(frozen=True, slots=True)
class RtField:
    """A custom field, and what our values are called in it (a value that is not named goes as it is)."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RtConfig:
    """One Request Tracker and our account there. Only the address, the account, its token and a queue must be given.

    `queue` takes what has no team, `queues` names a team's own. `fields` says which custom field holds what of a
    handoff. `instance` tells several desks on one server apart. `read_as` tells what other statuses mean.
    """

    url: str
    account: str
    token: str = field(repr=False)
    queue: str
    queues: Mapping[str, str] = field(default_factory=dict)
    instance: str = ""
    handoff_field: str = "Guichet handoff"
    fields: Mapping[str, RtField] = field(default_factory=dict)
    priorities: Mapping[Priority, int] = field(default_factory=lambda: PRIORITIES)
    lifecycle: str = "default"
    statuses: Mapping[TicketState, str] = field(default_factory=lambda: STATUSES)
    read_as: Mapping[str, TicketState] = field(default_factory=lambda: READ_AS)
    answer_within: timedelta = timedelta(seconds=12)
    settle: timedelta = timedelta(seconds=30)
    largest_file: int = 10_000_000  # bytes; RT's own $MaxAttachmentSize
    ca_file: str = ""  # the authority to trust in place of the machine's own

    def queue_of(self, team: str) -> str:
        """Name the queue a team's tickets go to."""
        return self.queues.get(team, self.queue)

    def state_of(self, status: str) -> TicketState | None:
        """Tell what a status is to us, None where nobody said."""
        known = status.casefold()
        ours = (state for state, name in self.statuses.items() if name.casefold() == known)
        others = (state for name, state in self.read_as.items() if name.casefold() == known)
        return next(ours, None) or next(others, None)

    def priority_of(self, number: str) -> Priority | None:
        """Tell what a priority is to us, None where RT or somebody made it another one."""
        return next((ours for ours, theirs in self.priorities.items() if str(theirs) == number), None)

    def states(self) -> frozenset[TicketState]:
        """Give the states that a ticket can be moved to and be seen in."""
        return frozenset(state for state, status in self.statuses.items() if self.state_of(status) is state)

    def held_id(self, handoff_id: str) -> str:
        """Give a handoff id as the custom field holds it."""
        return f"{self.instance}/{handoff_id}" if self.instance else handoff_id

    def handoff_id(self, held: str) -> str | None:
        """Read a handoff id back, None where it is another desk's."""
        if not self.instance:
            return held or None
        ours, _, handoff_id = held.partition("/")
        return handoff_id if ours == self.instance and handoff_id else None

    def field_values(self, request: HandoffRequest) -> dict[str, str]:
        """Give what each custom field of a new ticket holds, the handoff id in the first place."""
        held = {self.handoff_field: self.held_id(request.handoff_id)}
        for what, into in self.fields.items():
            value = READERS[what](request)
            if value:
                held[into.name] = into.values.get(value, value)
        return held

    def faults(self) -> tuple[str, ...]:
        """Name what is wrong here, whatever the server says."""
        return (*self._faults_of_access(), *self._faults_of_words())

    def _faults_of_access(self) -> list[str]:
        faults = [f"{name} is empty" for name in ("account", "token", "queue", "handoff_field") if not self._has(name)]
        if not self.url.startswith(("https://", "http://127.", "http://localhost", "http://[::1]")):
            faults.append("url must begin with https:// (http:// only for this machine): the token travels with it")
        if "/" in self.instance:
            faults.append("instance must not contain a slash")
        return faults

    def _faults_of_words(self) -> list[str]:
        faults = [f"fields: {name} is unknown; use {', '.join(READERS)}" for name in self.fields if name not in READERS]
        faults += [
            f"statuses: {state} is missing; name its status" for state in TicketState if state not in self.statuses
        ]
        faults += [f"priorities: {one} is missing; give its number" for one in Priority if one not in self.priorities]
        if len(set(self.priorities.values())) < len(self.priorities):
            faults.append("priorities: two have the same number; give each its own")
        return faults

    def _has(self, name: str) -> bool:
        return bool(str(getattr(self, name)).strip())
