"""What a desk says about its Redmine: where it is, who we are there, and its words for ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from ticket_bridge.ticket import Priority, TicketState

LARGEST_FILE = 5 * 1024 * 1024  # what a fresh Redmine takes; see Administration, Settings, Files


@dataclass(frozen=True, slots=True, kw_only=True)
class RedmineConfig:
    """One project of one Redmine, in its own names. Raises ValueError with every fault that can be seen from here.

    `states` and `priorities` say which status and priority we write; `other_statuses` how we read the statuses that we
    never write. `trackers` maps a level to a tracker (`tracker` for all others), `categories` a team to a category
    (none for all others). `handoff_field` and `event_field` are the numbers of two custom fields of our own.
    `directory_key` is the key of an account that may list users; without it nobody is recognised.
    """

    url: str
    key: str = field(repr=False)
    project: str
    tracker: str
    handoff_field: int
    event_field: int
    states: Mapping[TicketState, str]
    priorities: Mapping[Priority, str]
    other_statuses: Mapping[str, TicketState] = field(default_factory=dict)
    trackers: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    directory_key: str = field(default="", repr=False)
    time_limit: timedelta = timedelta(seconds=10)
    settle: timedelta = timedelta(seconds=20)
    largest_file: int = LARGEST_FILE

    def __post_init__(self) -> None:
        """Refuse what cannot work with any server."""
        faults = [*self._faults_of_place(), *self._faults_of_words(), *self._faults_of_time()]
        if faults:
            raise ValueError("; ".join(faults))

    @property
    def base(self) -> str:
        """The address without a slash at its end."""
        return self.url.rstrip("/")

    def _faults_of_place(self) -> list[str]:
        parts = urlsplit(self.url)
        faults = []
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            faults.append("url is no plain address: write it like https://redmine.example.org")
        if not (self.key.isascii() and self.key.isalnum()):
            faults.append("key is no API key: copy it from My account, API access key")
        if not self.project or not self.project.replace("-", "").replace("_", "").isalnum():
            faults.append("project is no identifier: copy it from the project's address, after /projects/")
        return faults

    def _faults_of_words(self) -> list[str]:
        faults = [f"states has no status for {state}" for state in TicketState if not self.states.get(state)]
        faults += [f"priorities has none for {priority}" for priority in Priority if not self.priorities.get(priority)]
        twice = sorted(name for name in self.states.values() if list(self.states.values()).count(name) > 1)
        if twice:
            faults.append(f"states gives {twice[0]!r} twice: each state needs a status of its own")
        if self.handoff_field < 1 or self.event_field < 1 or self.handoff_field == self.event_field:
            faults.append("handoff_field and event_field are the numbers of two different custom fields")
        return faults

    def _faults_of_time(self) -> list[str]:
        if timedelta(0) < self.time_limit <= self.settle:
            return []
        return ["settle is shorter than time_limit, or time_limit is not positive: make settle the longer one"]
