"""The door to what the desk shows: conversations in a list, and one of them whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialog.conversation import Case, Conversation, Request
from bot.dialog.effects import Effect, OpenTicket
from bot.dialog.events import AnyEvent
from bot.dialog.trace import Trace


@dataclass(frozen=True, slots=True)
class Standing:
    """How one conversation stands. `ticket`: its latest handoff, None while there was none.

    `channel` is where the person wrote first; `proof` what their last message proved of them.
    """

    conversation: Conversation
    channel: str
    begun_at: datetime
    updated_at: datetime
    person: str = ""
    email: str = ""
    proof: str = "none"
    ticket: OpenTicket | None = None

    @property
    def id(self) -> str:
        """The conversation's id."""
        return self.conversation.id

    @property
    def request(self) -> Request | None:
        """The request that is told of: the active one, else the latest."""
        talk = self.conversation
        return talk.request(talk.active) or (talk.requests[-1] if talk.requests else None)

    @property
    def case(self) -> Case | None:
        """The latest handoff."""
        return self.conversation.cases[-1] if self.conversation.cases else None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One effect and how its delivery stands: pending | sending | sent | held | dead | cancelled | dropped."""

    effect: Effect
    status: str
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskTurn:
    """One turn as the log has it: what happened, what was decided, and why. `engine`: the version that decided."""

    seq: int
    number: int
    event: AnyEvent
    effects: tuple[Outgoing, ...] = ()
    trace: Trace = Trace()
    engine: str = ""
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One conversation whole; `older` turns stand before those given."""

    standing: Standing
    turns: tuple[DeskTurn, ...] = ()
    older: bool = False


class DeskReader(Protocol):
    """Reads what the desk shows. Blocking, so it is called in a thread."""

    def count(self) -> Mapping[str, int]:
        """Count the conversations by owner: bot, human, nobody."""

    def recent(self, owner: str = "", before: datetime | None = None, limit: int = 60) -> tuple[Standing, ...]:
        """List conversations, those that moved last first; of one owner, and moved before a time, if asked."""

    def dossier(self, conversation: str, limit: int = 300) -> Dossier | None:
        """Give one conversation with its latest turns in their order; None where there is none."""
