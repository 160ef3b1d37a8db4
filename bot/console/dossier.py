"""The dossier beside a transcript: what is known, what was tried, where it stands."""

from dataclasses import dataclass

from bot.console.views import Reader
from bot.console.words import ENDINGS, ORIGINS, PROOFS, RESULTS, told
from bot.dialog.conversation import Request
from bot.ports.desk import Standing


@dataclass(frozen=True, slots=True)
class Known:
    """A slot: its name, its value, where the value came from."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A fix and how it ended; `result` is the code, `told` the words."""

    title: str
    result: str
    told: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request of the conversation."""

    number: int
    topic: str
    symptom: str
    how: str
    since: str
    known: tuple[Known, ...]
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class TicketView:
    """The latest handoff."""

    key: str
    state: str
    priority: str
    impact: int
    urgency: int
    level: str
    team: str
    reason: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything the third pane shows."""

    requests: tuple[RequestView, ...]
    ticket: TicketView | None
    person: str
    email: str
    proof: str
    begun: str


def dossier(standing: Standing, reader: Reader) -> DossierView:
    """Tell the dossier in words: the latest request first."""
    requests = tuple(_request(one, reader) for one in reversed(standing.conversation.requests))
    return DossierView(
        requests=requests,
        ticket=_ticket(standing, reader),
        person=standing.person,
        email=standing.email,
        proof=told(PROOFS, standing.proof, reader.lang),
        begun=reader.clock(standing.begun_at),
    )


def _request(request: Request, reader: Reader) -> RequestView:
    lang, names = reader.lang, reader.names
    known = tuple(
        Known(names.slot(name, lang), names.value(name, slot.value, lang), told(ORIGINS, slot.origin.value, lang))
        for name, slot in request.slots.items()
        if slot.value not in (None, "")
    )
    steps = tuple(
        Tried(names.article(one.what, lang), one.result, told(RESULTS, one.result, lang)) for one in request.steps
    )
    return RequestView(
        number=request.number,
        topic=names.topic(request.topic, lang) if request.topic else "",
        symptom=request.symptom,
        how=told(ENDINGS, request.ended.value, lang) if request.ended else "",
        since=reader.clock(request.opened_at) if request.opened_at else "",
        known=known,
        tried=steps,
    )


def _ticket(standing: Standing, reader: Reader) -> TicketView | None:
    case, ticket = standing.case, standing.ticket
    if case is None:
        return None
    lang, names = reader.lang, reader.names
    return TicketView(
        key=case.key,
        state=names.state(case.state, lang),
        priority=ticket.priority if ticket else "",
        impact=ticket.impact if ticket else 0,
        urgency=ticket.urgency if ticket else 0,
        level=ticket.level if ticket else "",
        team=names.team(case.team, lang),
        reason=names.reason(case.reason, lang),
        title=ticket.title if ticket else "",
        summary=ticket.summary if ticket else "",
    )
