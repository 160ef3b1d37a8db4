"""What one decision gives back."""

from dataclasses import dataclass

from .conversation import Conversation
from .effects import Effect
from .trace import Trace


@dataclass(frozen=True, slots=True)
class Turn:
    """The conversation after the event, what to do in the world, and why."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    trace: Trace = Trace()
