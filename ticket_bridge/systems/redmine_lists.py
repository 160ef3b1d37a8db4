"""What Redmine tells of itself: its lists, our account, its people."""

from __future__ import annotations

from dataclasses import dataclass, field

from ticket_bridge.systems.redmine_issue import Named


@dataclass(frozen=True, slots=True)
class Membership:
    """Our place in a project."""

    project: Named
    roles: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class User:
    """A person's account. The address is told to administrators alone."""

    id: int
    login: str = ""
    mail: str = ""
    firstname: str = ""
    lastname: str = ""
    admin: bool = False
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class OneUser:
    """The answer about one account."""

    user: User


@dataclass(frozen=True, slots=True)
class Users:
    """The answer to a search for accounts."""

    users: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its own lists."""

    id: int
    identifier: str
    trackers: tuple[Named, ...] = ()
    issue_categories: tuple[Named, ...] = ()
    status: int = 1


@dataclass(frozen=True, slots=True)
class OneProject:
    """The answer about one project."""

    project: Project


@dataclass(frozen=True, slots=True)
class Tracker:
    """A kind of ticket, and the status it begins in."""

    id: int
    name: str
    default_status: Named | None = None


@dataclass(frozen=True, slots=True)
class Trackers:
    """The answer with all kinds of tickets."""

    trackers: tuple[Tracker, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Where a ticket may stand."""

    id: int
    name: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Statuses:
    """The answer with all statuses."""

    issue_statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A priority, perhaps one that is no longer used."""

    id: int
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Levels:
    """The answer with all priorities."""

    issue_priorities: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What a member with this role may do."""

    id: int
    name: str
    permissions: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class OneRole:
    """The answer about one role."""

    role: Role
