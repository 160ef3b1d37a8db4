"""Why a turn was taken, as data: what `guichet trace` and the desk tell in plain words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One reason. `what` is a code (rule:..., step:..., slot:..., branch:...); `ref` points at a flow step, slot or
    article; never a person's words."""

    what: str
    ref: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """The rule that decided the turn, and the notes in order."""

    rule: str = ""
    notes: tuple[Note, ...] = ()
