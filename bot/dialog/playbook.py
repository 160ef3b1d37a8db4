"""Everything a decision may consult besides the conversation and the event: pack content and policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .article import Article
from .flow import Flow, SlotSpec, Variation, Words


@dataclass(frozen=True, slots=True)
class Team:
    """A team that takes handoffs."""

    name: Words


@dataclass(frozen=True, slots=True)
class Policy:
    """Budgets, delays (hours unless named otherwise) and desk settings; defaults as in design.md."""

    questions: int = 5
    fixes: int = 3
    minutes: int = 15
    steps_per_turn: int = 64
    misses_to_offer: int = 2
    misses_to_hand_over: int = 3
    question_mails: int = 2  # mails that ask questions; then people take over
    reminder_hours_chat: float = 4
    reminder_hours_mail: float = 24
    close_hours_chat: float = 24
    close_hours_mail: float = 72
    retry_hours: float = 24
    holding_hours: float = 24
    handoff_minutes: float = 10  # an unanswered last question before a handoff does not hold the handoff longer
    desk_name: str = "Support"
    emergency_phone: str = ""
    privacy_url: str = "/privacy"
    dpo: str = ""
    report_button: Words = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    default_team: str = "servicedesk"
    languages: tuple[str, ...] = ("fr", "en")
    links: bool = False  # a code can be sent to a work address
    seed: int = 0  # chooses among equal variations


@dataclass(frozen=True, slots=True)
class Code:
    """An error code as data: what it means and the branch its topic's flow takes (`context.code.branch`).

    `source` and `checked` (ISO date) say where the meaning stands and when it was last looked up.
    """

    code: str
    topic: str
    branch: str = ""
    meaning: Words = field(default_factory=dict)
    source: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Playbook:
    """Flows, texts, slots, articles and policy under one version hash; equal hash, equal playbook.

    `codes` by "topic:CODE", the code in upper case as the entity error_code is.
    """

    flows: Mapping[str, Flow] = field(default_factory=dict)
    responses: Mapping[str, tuple[Variation, ...]] = field(default_factory=dict)
    slots: Mapping[str, SlotSpec] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    codes: Mapping[str, Code] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    hash: str = ""
