"""The flow language as values: what a pack says, checked and ready to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .plain import tag

END = "END"  # `next: END`: the flow ends, its caller goes on

Words = Mapping[str, str]  # language -> text, both "fr" and "en"


@dataclass(frozen=True, slots=True)
class Branch:
    """One way on: to the step `then` (or END) when the predicate `when` holds; empty `when` = always."""

    then: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Ask again with response `utter` when the predicate holds for the value just given."""

    when: str
    utter: str


@dataclass(frozen=True, slots=True)
class Collect:
    """Ask for a slot, unless it is known; waits for the answer."""

    id: str
    slot: str
    utter: str  # response id, `utter_ask_<slot>` unless the flow says otherwise
    ask_before_filling: bool = False
    rejections: tuple[Rejection, ...] = ()
    next: tuple[Branch, ...] = ()
    line: int = 0
    kind: str = tag("collect")


@dataclass(frozen=True, slots=True)
class Utter:
    """Say a response; does not wait."""

    id: str
    response: str
    next: tuple[Branch, ...] = ()
    line: int = 0
    kind: str = tag("utter")


@dataclass(frozen=True, slots=True)
class CallAction:
    """Run a custom action and wait for its result."""

    id: str
    action: str
    next: tuple[Branch, ...] = ()
    line: int = 0
    kind: str = tag("action")


@dataclass(frozen=True, slots=True)
class SetSlots:
    """Give slots values; None clears."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    next: tuple[Branch, ...] = ()
    line: int = 0
    kind: str = tag("set_slots")


@dataclass(frozen=True, slots=True)
class Call:
    """Run another flow as a part of this one, then go on."""

    id: str
    flow: str
    next: tuple[Branch, ...] = ()
    line: int = 0
    kind: str = tag("call")


@dataclass(frozen=True, slots=True)
class Link:
    """End this flow and start another; the topic changes with it when the other has one."""

    id: str
    flow: str
    line: int = 0
    kind: str = tag("link")


@dataclass(frozen=True, slots=True)
class Noop:
    """Only branch."""

    id: str
    next: tuple[Branch, ...] = ()
    line: int = 0
    kind: str = tag("noop")


@dataclass(frozen=True, slots=True)
class Propose:
    """Show a fix and ask whether it worked. `article` empty = the best confident knowledge hit not yet tried.

    Ways out: `solved`, `unsolved`, `cannot_try`: a step id or END. Empty `cannot_try` = come back later by a timer.
    A fix that does not apply, was done before, did not help before or costs more time than is left takes `unsolved`.
    """

    id: str
    article: str = ""
    solved: str = END
    unsolved: str = END
    cannot_try: str = ""
    line: int = 0
    kind: str = tag("propose")


@dataclass(frozen=True, slots=True)
class Escalate:
    """Hand the request over to people, with a coded reason (outcomes.md).

    `team` and `level` empty = the flow's team, the reason's level (content.md section 2). `urgency` 0 = as judged.
    `priority` is a floor ("P2": at least P2).
    """

    id: str
    reason: str
    team: str = ""
    level: str = ""
    impact: int = 0
    urgency: int = 0
    priority: str = ""
    line: int = 0
    kind: str = tag("escalate")


Step = Collect | Utter | CallAction | SetSlots | Call | Link | Noop | Propose | Escalate


@dataclass(frozen=True, slots=True)
class Trigger:
    """A topic (NLU intent) that starts a flow, from this confidence on (0 = the understander's own threshold)."""

    intent: str
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps by id, in file order: the first is where it starts.

    `topic` is the topic id that the request takes (its first trigger's intent unless the flow says otherwise; empty =
    the flow leaves the request's topic alone, as patterns do). `team` is who takes its handoffs. `guard` is a
    predicate: where it does not hold the flow is not started; "False" = only by call or link. `meanwhile` is an
    article of advice told with the third question when nothing useful was given before.
    """

    id: str
    description: str
    name: Words = field(default_factory=dict)
    topic: str = ""
    team: str = ""
    guard: str = ""
    meanwhile: str = ""
    triggers: tuple[Trigger, ...] = ()
    steps: Mapping[str, Step] = field(default_factory=dict)
    private: bool = False  # not for a place where others read along
    persisted_slots: tuple[str, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def first(self) -> str:
        """The id of the step it starts with."""
        return next(iter(self.steps), END)


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """A slot of domain.yml.

    `type`: text | bool | float | categorical | list | any. `words`: value -> other ways to say it, in any language.
    `entities`: the entities that fill it (from_entity mappings; by default the one of its own name).
    `free_text`: any sentence is an answer (mapping from_text).
    """

    name: str
    type: str = "text"
    values: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    initial: Any = None
    entities: tuple[str, ...] = ()
    free_text: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a response: `value` fills the slot being collected (payload /SetSlots(slot=value))."""

    title: Words
    value: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Variation:
    """One way to say a response: on one channel or all, under a predicate or always."""

    text: Words
    channel: str = ""
    when: str = ""
    buttons: tuple[Choice, ...] = ()
