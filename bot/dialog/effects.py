"""What a decision may ask of the world. The outbox carries these out; what they bring back comes in as events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .events import File
from .plain import personal, tag


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """The article a message rests on, and the paragraph that answers, counted from 1."""

    article: str
    version: int
    lang: str
    paragraph: int = 1


@dataclass(frozen=True, slots=True)
class Say:
    """A message of the bot to the person; `text` is Markdown, rendered by each channel. Lane: channel.

    `notice`: may be sent while a human owns. `turn` numbers the turn that asks, so that a late press is known.
    `private`: for the person's eyes alone; a channel with places where others read along takes it elsewhere.
    """

    text: str = personal()
    lang: str = "en"
    notice: bool = False
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    turn: int = 0
    private: bool = False
    kind: str = tag("say")


@dataclass(frozen=True, slots=True)
class Relay:
    """Words carried between an agent and the person; `to`: person (lane: channel) | agent (lane: agents).

    `files` reach the person behind the words; `lang`: of what a channel has to say of them; `private` as in `Say`.
    """

    to: str
    sender: str = personal()
    text: str = personal()
    files: tuple[File, ...] = ()
    lang: str = "en"
    private: bool = False
    kind: str = tag("relay")


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A fix and how it ended: helped | did_not_help | could_not_try | skipped | done_before | unknown."""

    what: str  # article@version
    result: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Hand over: everything a technician needs. Lane: ticket. `handoff` is the idempotency key.

    `title` <= 80 characters, `summary` <= 15 lines; the transcript is added from the log by the tickets room.
    """

    handoff: str
    title: str = personal()
    summary: str = personal()
    priority: str = "P3"
    impact: int = 3
    urgency: int = 2
    level: str = "N1"
    team: str = ""
    reason: str = ""
    topic: str = ""
    requests: tuple[int, ...] = ()
    slots: Mapping[str, Any] = personal(dict)
    slot_origins: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[StepTaken, ...] = ()
    lang: str = "en"
    files: tuple[str, ...] = ()
    vip: bool = False
    kind: str = tag("open_ticket")


@dataclass(frozen=True, slots=True)
class CommentTicket:
    """Add a note to the handoff's ticket. Lane: ticket. `visibility`: internal | public; `author`: person |
    colleague (of theirs, in their thread) | bot. `lang`: of the ticket, "" = the desk's own.
    """

    handoff: str
    text: str = personal()
    author: str = "bot"
    visibility: str = "internal"
    files: tuple[str, ...] = ()
    lang: str = ""
    kind: str = tag("comment_ticket")


@dataclass(frozen=True, slots=True)
class ChangeTicket:
    """Set the state of the handoff's ticket: in_progress | pending | resolved | closed | reopened. Lane: ticket."""

    handoff: str
    state: str
    kind: str = tag("change_ticket")


@dataclass(frozen=True, slots=True)
class RunAction:
    """Run a custom action; answered by ActionFinished or ActionFailed. Lane: action."""

    call: str
    action: str
    slots: Mapping[str, Any] = personal(dict)
    lang: str = "en"
    kind: str = tag("run_action")


@dataclass(frozen=True, slots=True)
class SendCode:
    """Send a one-time code to a work address, that the person on this channel proves it. Lane: people."""

    email: str = personal()
    who: str = personal()
    lang: str = "en"
    kind: str = tag("send_code")


@dataclass(frozen=True, slots=True)
class Join:
    """Let this conversation's address lead to another conversation of the same person. Lane: people."""

    conversation: str
    kind: str = tag("join")


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Wake the conversation at a time; a timer of the same name is replaced."""

    name: str
    at: datetime
    kind: str = tag("set_timer")


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget a timer; unknown names are fine."""

    name: str
    kind: str = tag("cancel_timer")


Effect = Say | Relay | OpenTicket | CommentTicket | ChangeTicket | RunAction | SendCode | Join | SetTimer | CancelTimer
