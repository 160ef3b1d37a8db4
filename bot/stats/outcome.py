"""What became of each request of one conversation: exactly one outcome, or the reason why it is no request.

Rests on the conversation as its log makes it, and on the log itself for who opened a request. The closed requests
that a conversation still remembers are judged; what it forgets was judged while it was remembered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.dialog.conversation import Conversation, Ended, Request
from bot.dialog.trace import Trace

HOLDS_AFTER = timedelta(hours=72)  # without the person coming back: until then an answer only looks held


class Outcome(StrEnum):
    """How a request counts; `settling` and `open` stand in no rate."""

    ESCALATED = "escalated"
    OUT_OF_SCOPE = "out_of_scope"
    CONFIRMED = "confirmed"
    UNHELPED = "unhelped"
    SETTLING = "settling"
    HELD = "held"
    LEFT = "left"
    OPEN = "open"


class NotRequest(StrEnum):
    """What looks like a request and is none: counted on a line of its own."""

    TEST = "test"
    AGENT_OPENED = "agent_opened"
    STATUS = "status"  # "where is my ticket?" is about a request that there is already
    SEVERAL = "several"  # turned out to be several problems, each of them a request
    DISMISSED = "dismissed"  # somebody said so
    GREETING = "greeting"
    SMALL_TALK = "small_talk"


_NONE = {Ended.NOT_A_REQUEST: NotRequest.SEVERAL, Ended.DISMISSED: NotRequest.DISMISSED}


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn of the log, as far as it matters here: the kind of its event, and why it was taken."""

    kind: str
    trace: Trace = Trace()


@dataclass(frozen=True, slots=True)
class Judged:
    """The requests of a conversation by number, each in one of the two; and what was said without any request."""

    outcomes: Mapping[int, Outcome]
    not_requests: Mapping[int, NotRequest]
    beside: NotRequest | None = None


def judge(talk: Conversation, now: datetime, log: Iterable[Turned] = (), test: bool = False) -> Judged:
    """Judge every request. `test` marks a conversation that somebody led to try things out."""
    turns = tuple(log)
    by_agents = _opened_by_agents(turns)
    outcomes: dict[int, Outcome] = {}
    others: dict[int, NotRequest] = {}
    for request in talk.requests:
        why_none = NotRequest.TEST if test else _why_none(request, request.number in by_agents)
        if why_none:
            others[request.number] = why_none
        else:
            outcomes[request.number] = _outcome(request, _escalated(talk, request), now)
    return Judged(outcomes, others, None if talk.requests else _beside(turns, test))


def outcome(talk: Conversation, number: int, now: datetime) -> Outcome | None:
    """Give the outcome of one request as a turn tells it: None while it is open, or where it is no request."""
    found = judge(talk, now).outcomes.get(number)
    return None if found is Outcome.OPEN else found


def _why_none(request: Request, opened_by_agent: bool) -> NotRequest | None:
    if request.ended in _NONE:
        return _NONE[request.ended]
    if request.ended is Ended.ANSWERED and request.topic == "ticket_status":
        return NotRequest.STATUS
    return NotRequest.AGENT_OPENED if opened_by_agent else None


def _opened_by_agents(turns: Iterable[Turned]) -> frozenset[int]:
    """The numbers of the requests that came into being when an agent did something."""
    turned = (turn for turn in turns if turn.kind in ("agent_said", "agent_acted"))
    notes = (note for turn in turned for note in turn.trace.notes)
    return frozenset(int(note.ref) for note in notes if note.what == "request" and note.ref.isdecimal())


def _beside(turns: Iterable[Turned], test: bool) -> NotRequest | None:
    """Name what a conversation without any request was; a greeting outweighs the small talk after it."""
    rules = {turn.trace.rule for turn in turns if turn.kind == "person_said"}
    if not rules:
        return None
    if test:
        return NotRequest.TEST
    return NotRequest.GREETING if "greeting" in rules else NotRequest.SMALL_TALK


def _escalated(talk: Conversation, request: Request) -> bool:
    """Whether people ever got it, whatever became of it there."""
    return request.ended is Ended.ESCALATED or any(request.number in case.requests for case in talk.cases)


def _outcome(request: Request, escalated: bool, now: datetime) -> Outcome:
    """Take the first that fits, in the order of the definitions."""
    if escalated:
        return Outcome.ESCALATED
    if request.ended is None:
        return Outcome.OPEN
    if request.ended is Ended.OUT_OF_SCOPE or request.topic == "out_of_scope":
        return Outcome.OUT_OF_SCOPE
    if request.ended is Ended.SOLVED:
        return Outcome.CONFIRMED
    if _unhelped(request):
        return Outcome.UNHELPED
    if not request.useful or request.ended is Ended.CANCELLED:
        return Outcome.LEFT
    return Outcome.HELD if request.closed_at and now - request.closed_at >= HOLDS_AFTER else Outcome.SETTLING


def _unhelped(request: Request) -> bool:
    """Whether the person said no to the last fix, or gave up after an answer."""
    if request.ended is Ended.CANCELLED:
        return request.useful
    return request.ended is Ended.UNHELPED or last_fix_failed(request)


def last_fix_failed(request: Request) -> bool:
    """Whether the fix shown last did not help; one shown after it and never answered may have."""
    shown = [told.removeprefix("fix.") for told in request.told if told.startswith("fix.")]
    results = {step.what.partition("@")[0]: step.result for step in request.steps}
    return bool(shown) and results.get(shown[-1]) == "did_not_help"
