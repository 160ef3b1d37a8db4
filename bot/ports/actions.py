"""The door to custom actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.dialog.effects import RunAction


@dataclass(frozen=True, slots=True)
class Done:
    """The action ended: slots it set, responses it uttered (see ActionFinished)."""

    slots: Mapping[str, Any] = field(default_factory=dict)
    responses: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Broke:
    """The action did not end well: failed | timeout | unknown."""

    why: str = "failed"


class ActionRunner(Protocol):
    """Runs custom actions, each within its time limit."""

    def repeatable(self, action: str) -> bool:
        """Tell whether the action may run again after a doubtful end."""

    async def run(self, effect: RunAction, conversation: str) -> Done | Broke:
        """Run the action to its end or its limit."""
