"""Move within flows: begin, go on, go to a step, call another flow. None of these says or runs anything."""

from dataclasses import replace

from . import predicate
from .choices import hinted, typed
from .conversation import Frame, Origin
from .draft import Draft
from .flow import END, Branch, Collect, Flow
from .memory import failed_before
from .names import names, way_on


def flow_for(draft: Draft, topic: str, confidence: float = 1.0) -> Flow | None:
    """Find the flow that a topic starts, where its guard holds."""
    told = names(draft)
    for flow in draft.book.flows.values():
        fits = any(one.intent == topic and confidence >= one.threshold for one in flow.triggers)
        if fits and (not flow.guard or predicate.holds(flow.guard, told)):
            return flow
    return None


def begin(draft: Draft, flow: Flow) -> Draft:
    """Put the active request at the start of a flow; the request takes the flow's topic if it has one."""
    request = draft.request
    topic = flow.topic or (request.topic if request else "")
    frames = (Frame(flow.id, flow.first),)
    steps = tuple(dict.fromkeys((*failed_before(draft, topic), *request.steps))) if request else ()
    begun = draft.with_request(flow=flow.id, topic=topic, frames=frames, waiting=None, steps=steps)
    return _hints(begun.noting("flow", flow.id), flow)


def _hints(draft: Draft, flow: Flow) -> Draft:
    """Fill what the flow would ask and the first message tells by the way ("depuis l'hôtel")."""
    request = draft.request
    asked = [step.slot for step in flow.steps.values() if isinstance(step, Collect)]
    specs = [draft.book.slots[slot] for slot in asked if slot in draft.book.slots and draft.value(slot) is None]
    found = [(spec, hinted(request.symptom, spec)) for spec in specs] if request else []
    told = {spec.name: typed(value, spec) for spec, value in found if value}
    return draft.with_slots(told, Origin.FIRST_MESSAGE)


def enter(draft: Draft, flow: Flow) -> Draft:
    """Put the active request into a pattern, in place of where it was; its flow and topic stay what they are."""
    return draft.with_request(frames=(Frame(flow.id, flow.first),), waiting=None).noting("flow", flow.id)


def begin_again(draft: Draft) -> Draft:
    """Put the request back at the start of its flow: with what is known now, it takes the right way by itself."""
    request = draft.request
    flow = draft.book.flows.get(request.frames[0].flow) if request and request.frames else None
    return begin(draft, flow) if flow else draft


def go_to(draft: Draft, step: str) -> Draft:
    """Go to a step of the present flow (or END) and stop waiting."""
    request = draft.request
    if request is None or not request.frames:
        return draft
    here = replace(request.frames[-1], step=step, called=False)
    return draft.with_request(frames=(*request.frames[:-1], here), waiting=None)


def go_on(draft: Draft, branches: tuple[Branch, ...]) -> Draft:
    """Take the first way that holds; where none does, the flow ends."""
    way = way_on(draft, branches, END)
    return go_to(draft.noting("branch", way), way) if len(branches) > 1 else go_to(draft, way)


def call(draft: Draft, flow: Flow, then: tuple[Branch, ...]) -> Draft:
    """Enter a flow as a part of the present one; once it has ended, go on with what is known then."""
    request = draft.request
    if request is None:
        return draft
    here = request.frames[-1]
    if here.called:
        return go_on(draft, then)
    frames = (*request.frames[:-1], replace(here, called=True), Frame(flow.id, flow.first))
    return draft.with_request(frames=frames).noting("flow", flow.id)


def once(draft: Draft, key: str) -> Draft | None:
    """Mark something as told in this request; None when it was told before."""
    request = draft.request
    if request is None or key in request.told:
        return None
    return draft.with_request(told=(*request.told, key))
