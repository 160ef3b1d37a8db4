"""A conversation with the pure core alone: events in, turns out, on the packs that ship, with a clock of its own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.dialog.conversation import Conversation, Owner, Request, Waiting
from bot.dialog.effects import CancelTimer, CommentTicket, OpenTicket, RunAction, Say, SetTimer
from bot.dialog.engine import decide
from bot.dialog.events import (
    ActionFailed,
    ActionFinished,
    AgentActed,
    AgentSaid,
    AnyEvent,
    ButtonPressed,
    Facts,
    File,
    PersonSaid,
    TicketChanged,
    TicketDelayed,
    TicketOpened,
    TimerFired,
)
from bot.dialog.flow import Words
from bot.dialog.playbook import Playbook, Policy, Team
from bot.dialog.turn import Turn
from bot.dialog.understanding import Hit, Problem, Understanding
from bot.nlu.reading import read
from bot.packs.pack import read_pack
from bot.packs.playbook import compose
from bot.ports.understander import Hints
from tests.support.needs import ROOT

LIBRARY = ROOT / "bot" / "flows" / "library"
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
PROVEN = Facts(proof="sso", name="Ada Martin", email="ada@example.org", utc_offset_minutes=60)
SURE = 0.9
_TEAMS = ("servicedesk", "identity", "network", "messaging", "print", "workplace", "security")


@cache
def library(**policy: Any) -> Playbook:
    """The packs that ship, composed once for each policy."""
    named: Words = {"fr": "l’équipe", "en": "the team"}
    teams = {team: Team(named) for team in _TEAMS}
    packs = [read_pack(LIBRARY / name) for name in ("it", "customer")]
    return compose(packs, Policy(teams=teams, **policy))


@cache
def reading(text: str, lang: str, topic: str, channel: str) -> Understanding:
    """What the rules read in a text, remembered: the same texts come again and again."""
    return read(text, Hints(now=START, lang=lang, topic=topic, channel=channel))


@dataclass(repr=False)
class Talk:
    """One conversation, its virtual clock and its timers. `tickets`: open | delay | hold the ones that are asked for.

    `turns` keeps every event with its turn, those of timers and tickets too.
    """

    book: Playbook = field(default_factory=library)
    lang: str = "en"
    channel: str = "web"
    facts: Facts = field(default_factory=Facts)
    tickets: str = "open"
    talk: Conversation = field(init=False)
    now: datetime = START
    turns: list[tuple[AnyEvent, Turn]] = field(default_factory=list)
    due: dict[str, datetime] = field(default_factory=dict)
    asked: list[OpenTicket] = field(default_factory=list)
    running: list[RunAction] = field(default_factory=list)
    latest: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.talk = Conversation(id="c1", channel=self.channel, lang=self.lang)

    def __repr__(self) -> str:
        """Short: a failing property prints it."""
        return f"Talk({self.lang!r}, {self.channel!r}, {self.facts!r})"

    # What people do

    def say(self, *texts: str, topic: str | None = None, **known: Any) -> str:
        """The person writes one message, or a burst; the answer's text. `topic` is what a model would have found."""
        return self.feed(self.said(*texts, topic=topic, **known))

    def said(self, *texts: str, topic: str | None = None, files: Iterable[File] = (), **known: Any) -> PersonSaid:
        """The event of a message. `known` overrides what the rules read; `secrets` names what was masked."""
        secrets = tuple(known.pop("secrets", ()))
        request = self.request
        meant = reading("\n".join(texts), self.talk.lang, request.topic if request else "", self.talk.channel)
        meant = replace(meant, intent=topic, confidence=SURE if topic else 0.0, **known)
        return PersonSaid(
            at=self.now, facts=self.facts, texts=texts, files=tuple(files), secrets=secrets, understanding=meant
        )

    def press(self, button: str, turn: int = 0) -> str:
        """The person presses a button."""
        return self.feed(ButtonPressed(at=self.now, facts=self.facts, button=button, turn=turn))

    def press_shown(self, button: str) -> str:
        """The person presses a button of the last message, which the channel numbers with the turn that showed it."""
        shown = next(say for say in reversed(self.says) if any(one.id == button for one in say.buttons))
        return self.press(button, shown.turn)

    def agent(self, text: str, name: str = "Lea") -> str:
        """An agent answers."""
        return self.feed(AgentSaid(at=self.now, facts=self.facts, name=name, text=text))

    def act(self, action: str, name: str = "Lea") -> str:
        """An agent takes, hands back or resolves."""
        return self.feed(AgentActed(at=self.now, facts=self.facts, action=action, name=name))

    def change(self, state: str = "", reply: str = "", key: str = "") -> str:
        """News from the ticketing system, of the latest ticket unless another is named."""
        key = key or (self.talk.cases[-1].key if self.talk.cases else "")
        return self.feed(TicketChanged(at=self.now, facts=self.facts, key=key, state=state, reply=reply, author="Lea"))

    def finish(self, slots: Mapping[str, Any] | None = None, *responses: Mapping[str, Any]) -> str:
        """The running action ends."""
        run = self.running.pop(0)
        return self.feed(
            ActionFinished(at=self.now, facts=self.facts, call=run.call, slots=slots or {}, responses=responses)
        )

    def fail(self, why: str = "failed") -> str:
        """The running action fails."""
        return self.feed(ActionFailed(at=self.now, facts=self.facts, call=self.running.pop(0).call, why=why))

    def wait(self, hours: float) -> str:
        """Time passes; timers that become due fire in order. All that was said meanwhile."""
        until, heard = self.now + timedelta(hours=hours), []
        while self.due and min(self.due.values()) <= until:
            name = min(self.due, key=lambda one: (self.due[one], one))
            self.now = max(self.now, self.due.pop(name))
            heard.append(self.feed(TimerFired(at=self.now, facts=self.facts, name=name)))
        self.now = until
        return "\n\n".join(filter(None, heard))

    def feed(self, event: AnyEvent) -> str:
        """Take any event, and what it brings back; the text of all that was said."""
        self.latest = []
        self.take(event)
        self.open_tickets()
        return "\n\n".join(say.text for say in self.heard)

    def take(self, event: AnyEvent) -> Turn:
        """Take one event and nothing else."""
        turn = decide(self.talk, event, self.book)
        self.talk = turn.conversation
        self.turns.append((event, turn))
        self.latest.append(turn)
        for effect in turn.effects:
            self._note(effect)
        return turn

    def _note(self, effect: object) -> None:
        match effect:
            case SetTimer(name=name, at=at):
                self.due[name] = at
            case CancelTimer(name=name):
                self.due.pop(name, None)
            case OpenTicket():
                self.asked.append(effect)
            case RunAction():
                self.running.append(effect)
            case _:
                pass

    def open_tickets(self) -> None:
        """Let the ticketing system answer for the tickets that were asked for."""
        while self.asked and self.tickets != "hold":
            ticket = self.asked.pop(0)
            number = sum(isinstance(one, OpenTicket) for _, turn in self.turns for one in turn.effects)
            if self.tickets == "delay":
                self.take(TicketDelayed(at=self.now, facts=self.facts, handoff=ticket.handoff, case=f"G-{number}"))
            else:
                self.take(TicketOpened(at=self.now, facts=self.facts, handoff=ticket.handoff, key=f"T-{number}"))

    # What came of it

    @property
    def heard(self) -> list[Say]:
        """What the bot said to the latest input."""
        return [one for turn in self.latest for one in turn.effects if isinstance(one, Say)]

    @property
    def says(self) -> list[Say]:
        """All that the bot said."""
        return list(self.effects(Say))

    @property
    def opened(self) -> list[OpenTicket]:
        """All tickets that were asked for."""
        return list(self.effects(OpenTicket))

    @property
    def comments(self) -> list[CommentTicket]:
        """All notes to tickets."""
        return list(self.effects(CommentTicket))

    def effects(self, kind: type) -> Iterator[Any]:
        """All effects of a kind, in order."""
        return (one for _, turn in self.turns for one in turn.effects if isinstance(one, kind))

    @property
    def buttons(self) -> tuple[str, ...]:
        """The ids of the buttons under the last message."""
        return tuple(one.id for one in self.says[-1].buttons) if self.says else ()

    @property
    def rule(self) -> str:
        """Why the latest input was answered so."""
        return self.latest[0].trace.rule

    @property
    def owner(self) -> Owner:
        """Who answers the person."""
        return self.talk.owner

    @property
    def request(self) -> Request | None:
        """The active request."""
        return self.talk.request(self.talk.active)

    @property
    def last(self) -> Request:
        """The request that was opened last."""
        return self.talk.requests[-1]

    @property
    def waiting(self) -> Waiting | None:
        """What the bot waits for."""
        return self.request.waiting if self.request else None

    @property
    def awaits(self) -> str:
        """What the bot waits for in one word, the slot for a question and the article for a fix."""
        waiting = self.waiting
        return (waiting.slot or waiting.article or waiting.what) if waiting else ""

    def value(self, slot: str) -> Any:
        """A slot of the active request, or of the last one."""
        known = (self.request or self.last).slots.get(slot)
        return known.value if known else None


def problem(text: str, topic: str, lang: str = "en") -> Problem:
    """One of several problems in a message."""
    return Problem(text, topic, SURE, reading(text, lang, "", "web").entities)


def hit(book: Playbook, article: str, lang: str = "en") -> Hit:
    """A confident hit of the knowledge base."""
    return Hit(article, book.articles[article].version, lang, SURE, True)


@cache
def wordings(book_hash: str, response: str) -> tuple[re.Pattern[str], ...]:
    """The ways to say a response of the library, with anything where its {names} stand."""
    book = library()
    assert book.hash == book_hash
    texts = [text for one in book.responses[response] for text in one.text.values()]
    gaps = (".*".join(map(re.escape, re.split(r"\{\w+\}", text))) for text in texts)
    return tuple(re.compile(gap, re.DOTALL) for gap in gaps)


def says(text: str, response: str) -> bool:
    """Whether a text is, or has among its paragraphs, a response of the library."""
    return any(
        re.search(rf"(?:\A|\n\n){one.pattern}(?:\n|\Z)", text, re.DOTALL) for one in wordings(library().hash, response)
    )
