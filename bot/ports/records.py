"""What can be read back from the ledger: lines, recorded events, turns, headlines, dead letters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.effects import Button, Effect, Source
from bot.dialog.events import AnyEvent, File, OpenRequest
from bot.dialog.trace import Trace


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript, in the order in which it was handled. `author`: person | bot | agent.

    `seq` is the number of the event that holds or caused it. The bot's text is Markdown, everyone else's is plain.
    `status` of what went out: pending | sending | sent | held.
    """

    seq: int
    at: datetime
    author: str
    text: str = ""
    name: str = ""
    pressed: str = ""
    lang: str = ""
    notice: bool = False
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    files: tuple[File, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event of the log, with everything that varied at that moment. A burst carries several numbers."""

    conversation: str
    seq: int
    first_seq: int
    event: AnyEvent
    playbook: str
    engine: str


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn as it was taken: the event, why, and what it asked of the world (words of copies are gone by then)."""

    recorded: Recorded
    turn: int
    trace: Trace
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """A conversation in a list. `person` is a name, else an e-mail address; `tickets` are the keys of open cases."""

    conversation: str
    channel: str
    owner: Owner
    begun_at: datetime
    updated_at: datetime
    person: str = ""
    proof: str = "none"
    lang: str = ""
    topic: str = ""
    agent: str = ""
    tickets: tuple[str, ...] = ()
    busy: bool = False


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """Something that could not be done. `id`: in:conversation:seq or out:effect key. `told`: what it holds, as JSON."""

    id: str
    conversation: str
    what: str
    at: datetime
    why: str
    status: str
    told: str = ""


class Records(Protocol):
    """Reads the ledger. Blocking: call it in a thread."""

    def conversation(self, conversation: str) -> Conversation:
        """Give a conversation's state. Raises KeyError."""

    def transcript(self, conversation: str) -> tuple[Line, ...]:
        """Give everything that was written to and fro."""

    def events(self, conversation: str) -> tuple[Recorded, ...]:
        """Give the event log of a conversation, in order."""

    def turns(self, conversation: str) -> tuple[TurnRecord, ...]:
        """Give every turn with its trace and effects."""

    def headlines(self, limit: int = 100, owner: Owner | None = None) -> tuple[Headline, ...]:
        """List conversations, the latest first."""

    def open_requests(self, email: str) -> tuple[OpenRequest, ...]:
        """List a person's open requests, of conversations in which the address was proven; no key: with the bot."""

    def dead(self, limit: int = 100) -> tuple[DeadLetter, ...]:
        """List dead letters, oldest first."""
