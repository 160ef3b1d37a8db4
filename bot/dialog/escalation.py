"""From the decision to hand over to the ticket: the reason, the last questions, the case."""

from dataclasses import replace

from .commands import told
from .conversation import Case, Ended, Owner, Request
from .draft import Draft
from .effects import ChangeTicket, CommentTicket, OpenTicket
from .flow import Escalate
from .handoff import AT_ONCE, REASONS, level, team
from .memory import KEPT
from .moves import enter
from .packet import packet
from .texts import tell
from .tries import leave_untried

PATTERN = "pattern_human_handoff"
BOT_FAILED = Escalate(id="bot_failed", reason="bot_failed")


def escalate_for(draft: Draft, reason: str) -> Draft:
    """Hand over for a reason that a rule found, with its usual level and team."""
    return escalate(draft, Escalate(id=reason, reason=reason))


def escalate(draft: Draft, step: Escalate) -> Draft:
    """Decide to hand over; the last questions come first unless the reason forbids them."""
    step = _true_reason(draft, step)
    draft = draft.because(f"escalate:{step.reason}")
    if step.reason == "time_limit" and draft.value("deadline") is None:
        draft = tell(draft, "utter_time_limit")
    pattern, request = draft.book.flows.get(PATTERN), draft.request
    if request is None or request.handoff or pattern is None or step.reason in AT_ONCE:
        return open_case(draft, step)
    return enter(leave_untried(draft).with_request(handoff=step), pattern)


def _true_reason(draft: Draft, step: Escalate) -> Escalate:
    """The first reason that applies, in the order of REASONS; who takes it stays as the flow's own reason says.

    A flow without fixes left, of which one was left out for want of time, ends in `time_limit`.
    """
    request = draft.request
    if step.reason == "fix_failed" and request and request.over_budget:
        step = replace(step, reason="time_limit")
    if draft.facts.vip and REASONS.index("vip") < REASONS.index(step.reason):
        return replace(step, reason="vip", level=level(step), team=team(draft, step, request))
    return step


def open_case(draft: Draft, step: Escalate) -> Draft:
    """Open the ticket for the active request and all that wait behind it; a human owns from now on."""
    draft = leave_untried(draft)
    open_requests = [one for one in draft.talk.requests if one.ended is None]
    active = draft.request
    if active is None:
        active = Request(number=next_number(draft), opened_at=draft.at)
        draft = draft.with_request(active).with_talk(active=active.number)
    case = draft.talk.case(active.number)
    taken = (active, *(one for one in open_requests if one.number != active.number))
    return reopen(draft, case) if case else _open(draft, step, taken)


def next_number(draft: Draft) -> int:
    """The number of the next request of this conversation."""
    return max((one.number for one in draft.talk.requests), default=0) + 1


def _open(draft: Draft, step: Escalate, requests: tuple[Request, ...]) -> Draft:
    number = draft.talk.handoffs + 1
    handoff = f"{draft.talk.id}:{requests[0].number}:{number}"
    ticket: OpenTicket = packet(draft, step, requests, handoff)
    for one in requests:
        ended = one.ended or Ended.ESCALATED
        draft = draft.with_request(one, ended=ended, frames=(), waiting=None, handoff=None, closed_at=draft.at)
    case = Case(handoff, ticket.requests, ticket.team, ticket.reason, opened_at=draft.at, lang=ticket.lang)
    cases = (*draft.talk.cases, case)[-KEPT:]
    draft = draft.with_talk(cases=cases, handoffs=number, owner=Owner.HUMAN, taken=False, agent="")
    return draft.doing(ticket).because(f"handoff:{step.reason}")


def reopen(draft: Draft, case: Case) -> Draft:
    """Give a request back to the people who had it, on the ticket that it has: never a second one."""
    draft = with_case(draft, case, state="in_progress").doing(ChangeTicket(case.handoff, "reopened"))
    if told(draft.words) or draft.files:
        note = CommentTicket(case.handoff, told(draft.words), author="person", files=draft.files, lang=case.lang)
        draft = draft.doing(note)
    draft = draft.with_talk(owner=Owner.HUMAN, taken=False, agent="", active=case.requests[0])
    draft = draft.with_request(ended=Ended.ESCALATED, frames=(), waiting=None, handoff=None)
    return tell(draft.because("reopened", case.key), "utter_reopened", key=case.key or case.handoff)


def with_case(draft: Draft, case: Case, **changes: object) -> Draft:
    """Change a case."""
    new = replace(case, **changes)  # type: ignore[arg-type]
    cases = tuple(new if one.handoff == case.handoff else one for one in draft.talk.cases)
    return draft.with_talk(cases=cases)
