"""What a conversation carries from one request to the next, and what it lets go (the log has it all)."""

from collections.abc import Mapping
from dataclasses import replace

from .conversation import Conversation, Origin, Request, Slot
from .draft import Draft
from .effects import StepTaken
from .tries import DID_NOT_HELP

KEPT = 8  # closed requests and cases that a conversation remembers
WHOLE = 2  # of these, the latest that are remembered with all that was said; of the others, how they ended
OF_THE_PERSON = frozenset({"os", "os_version", "site", "phone", "email"})  # true whatever the problem is
OVER = ("resolved", "closed")  # states of a ticket that nobody works on any more


def remembered(draft: Draft) -> Mapping[str, Slot]:
    """What the profile and earlier requests of this conversation told that holds for the next one too."""
    known = {name: Slot(value, Origin.PROFILE) for name, value in draft.facts.slots.items() if value}
    for request in draft.talk.requests:
        flow = draft.book.flows.get(request.flow)
        lasting = OF_THE_PERSON | set(flow.persisted_slots if flow else ())
        known |= {name: slot for name, slot in request.slots.items() if name in lasting}
    return known


def failed_before(draft: Draft, topic: str) -> tuple[StepTaken, ...]:
    """The fixes that did not help on a topic earlier in this conversation."""
    earlier = [one for one in draft.talk.requests if one.topic == topic and one.number != draft.talk.active]
    failed = (step for one in earlier for step in one.steps if step.result == DID_NOT_HELP)
    return tuple(dict.fromkeys(failed))


def did_not_help(draft: Draft, article: str) -> bool:
    """Whether a fix failed on any request of this conversation: it is never proposed again."""
    steps = (step for one in draft.talk.requests for step in one.steps)
    return any(step.result == DID_NOT_HELP and step.what.partition("@")[0] == article for step in steps)


def kept(talk: Conversation) -> tuple[Request, ...]:
    """The requests that stay: open ones, those with people, and the latest closed ones."""
    with_people = {number for case in talk.cases if case.state not in OVER for number in case.requests}
    live = {one.number for one in talk.requests if one.ended is None} | with_people | {talk.active}
    closed = [one.number for one in talk.requests if one.number not in live][-KEPT:]
    whole = live | set(closed[-WHOLE:])
    stay = (one for one in talk.requests if one.number in live or one.number in closed)
    return tuple(one if one.number in whole else _outline(one) for one in stay)


def _outline(request: Request) -> Request:
    """How a request ended and what was tried, without what was said."""
    told = tuple(one for one in request.told if one.startswith("fix."))
    return replace(request, symptom="", slots={}, hits=(), asked=(), told=told, files=(), before=None, waiting=None)
