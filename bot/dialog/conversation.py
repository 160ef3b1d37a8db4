"""A conversation, its requests and who owns it: plain frozen data, JSON in and out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from .effects import Say, StepTaken
from .events import PersonSaid
from .flow import Choice, Escalate
from .plain import personal
from .understanding import Hit


class Owner(StrEnum):
    """Who answers the person."""

    BOT = "bot"
    HUMAN = "human"
    NOBODY = "nobody"


class Origin(StrEnum):
    """Where a slot's value came from."""

    FIRST_MESSAGE = "first_message"
    ANSWER = "answer"
    PROFILE = "profile"
    CHANNEL = "channel"
    ACTION = "action"
    AGENT = "agent"
    FLOW = "flow"


class Ended(StrEnum):
    """How a request closed; its outcome is computed from the log (bot/stats)."""

    SOLVED = "solved"
    LEFT = "left"  # silence
    UNHELPED = "unhelped"
    CANCELLED = "cancelled"
    ESCALATED = "escalated"
    OUT_OF_SCOPE = "out_of_scope"
    ANSWERED = "answered"  # told what was asked (ticket status): nothing to solve
    NOT_A_REQUEST = "not_a_request"  # it turned out to be several
    DISMISSED = "dismissed"  # somebody said that it is no request


@dataclass(frozen=True, slots=True)
class Slot:
    """A value and where it came from."""

    value: Any = personal(None)
    origin: Origin = Origin.ANSWER


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in a flow; `called`: its step called another flow, which has ended when this place is reached again."""

    flow: str
    step: str
    called: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the bot waits for.

    `what`: problem | collect | together | fix | later | clarify | offer_human | holding | action | solved_check.
    `choices` are the values that a button or a number chooses, in order. `way` is the propose step's id.
    """

    what: str
    slot: str = ""
    slots: tuple[str, ...] = ()  # asked together, in order
    utter: str = ""
    article: str = ""
    call: str = ""
    choices: tuple[Choice, ...] = ()
    since: datetime | None = None
    until: datetime | None = None  # of `later`: when it is asked again
    turn: int = 0

    @property
    def asks(self) -> str:
        """The kind of answer that is awaited; what was put off for later awaits the same as before."""
        if self.what != "later":
            return self.what
        return "together" if self.slots else "collect" if self.slot else "fix"


@dataclass(frozen=True, slots=True)
class Request:
    """One problem of one person."""

    number: int
    topic: str = ""
    flow: str = ""  # the flow that started it
    symptom: str = personal()
    frames: tuple[Frame, ...] = ()
    slots: Mapping[str, Slot] = field(default_factory=dict)
    carried: tuple[str, ...] = ()  # slots known from before: this request has not told them
    waiting: Waiting | None = None
    before: Waiting | None = None  # what was asked before a human was offered or topics were listed
    steps: tuple[StepTaken, ...] = ()
    done: tuple[str, ...] = ()  # what the person says to have tried before
    asked: tuple[str, ...] = ()  # slots asked, in order
    told: tuple[str, ...] = ()  # flow/step said or run: not again when the flow is run again after a correction
    hits: tuple[Hit, ...] = ()
    how_to: bool = False
    misses: int = 0
    questions: int = 0
    fixes: int = 0
    minutes: int = 0
    anger: int = 0
    mails: int = 0  # mails that asked questions together
    useful: bool = False  # a workaround, fix or answer was given
    solved: bool = False  # the person said so; the flow may still have something to tell
    over_budget: bool = False  # an applicable fix was left out for want of time
    handoff: Escalate | None = None  # decided, its last questions still open
    ended: Ended | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A handoff and its ticket; `key` is empty until the system, or our own case number, gave one."""

    handoff: str
    requests: tuple[int, ...]
    team: str = ""
    reason: str = ""
    key: str = ""
    confirmed: bool = False
    state: str = "new"  # new | in_progress | pending | resolved | closed
    noted: bool = False  # a receipt was given for what was written after the handoff
    preface: tuple[str, ...] = personal(())  # said with the ticket's key, before it
    opened_at: datetime | None = None
    lang: str = ""  # in which its ticket was written


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that a decision needs to remember; stays small over 10,000 turns (the transcript is in the log)."""

    id: str
    channel: str = "terminal"
    lang: str = "en"
    owner: Owner = Owner.NOBODY
    requests: tuple[Request, ...] = ()
    active: int = 0  # number of the active request, 0 = none
    cases: tuple[Case, ...] = ()
    agent: str = personal()
    taken: bool = False
    greeted: bool = False
    withdrawn: bool = False  # it was said in public that it goes on in private
    turn: int = 0
    handoffs: int = 0
    armed: tuple[str, ...] = ()  # timers that are set
    held: tuple[PersonSaid, ...] = ()  # what was written while an action runs
    last_said: Say | None = personal(None)
    last_heard: str = ""  # the platform's id of the person's last message

    def request(self, number: int) -> Request | None:
        """Find a request by its number."""
        return next((one for one in self.requests if one.number == number), None)

    def case(self, number: int) -> Case | None:
        """Find the latest case that holds a request."""
        return next((one for one in reversed(self.cases) if number in one.requests), None)
