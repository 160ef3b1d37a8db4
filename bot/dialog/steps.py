"""Run the steps of the active request's flow until the bot must wait, or none are left."""

from dataclasses import replace
from typing import assert_never

from .collecting import collect
from .conversation import Origin, Owner, Request, Waiting
from .draft import Draft
from .effects import RunAction
from .ending import complete
from .escalation import BOT_FAILED, escalate, open_case
from .fixes import propose
from .flow import END, Call, CallAction, Collect, Escalate, Link, Noop, Propose, SetSlots, Step, Utter
from .moves import begin, call, go_on, go_to, once
from .texts import tell


def run(draft: Draft) -> Draft:
    """Take steps until something is awaited; more steps than the bound hand over with `bot_failed`."""
    while (request := draft.request) is not None and _may_go_on(draft, request):
        if draft.steps_run >= draft.book.policy.steps_per_turn:
            return open_case(draft.because("steps_bound"), BOT_FAILED)
        draft = _step(replace(draft, steps_run=draft.steps_run + 1), request)
    return draft


def _may_go_on(draft: Draft, request: Request) -> bool:
    return draft.talk.owner is not Owner.HUMAN and request.ended is None and request.waiting is None


def _step(draft: Draft, request: Request) -> Draft:
    """Take one step, or end the flow that has none left."""
    if not request.frames:
        return open_case(draft, request.handoff) if request.handoff else complete(draft)
    frame = request.frames[-1]
    flow = draft.book.flows.get(frame.flow)
    step = flow.steps.get(frame.step) if flow else None
    if step is None:  # END, or a step that this playbook does not have
        return draft.with_request(frames=request.frames[:-1])
    return _take(draft.noting(f"step:{step.kind}", f"{frame.flow}.{step.id}"), step, frame.flow)


def _take(draft: Draft, step: Step, flow: str) -> Draft:
    match step:
        case Collect():
            return collect(draft, step)
        case Propose():
            return propose(draft, step)
        case Escalate():
            return escalate(draft, step)
        case Utter():
            return _utter(draft, step, flow)
        case CallAction():
            return _run_action(draft, step, flow)
        case SetSlots():
            return go_on(draft.with_slots(step.values, Origin.FLOW), step.next)
        case Noop():
            return go_on(draft, step.next)
        case Call():
            called = draft.book.flows.get(step.flow)
            return call(draft, called, step.next) if called else go_on(draft, step.next)
        case Link():
            linked = draft.book.flows.get(step.flow)
            return begin(draft, linked) if linked else go_to(draft, END)
    assert_never(step)


def _utter(draft: Draft, step: Utter, flow: str) -> Draft:
    marked = once(draft, f"{flow}.{step.id}")
    said = tell(marked, step.response).with_request(useful=True) if marked else draft
    return go_on(said, step.next)


def _run_action(draft: Draft, step: CallAction, flow: str) -> Draft:
    marked = once(draft, f"{flow}.{step.id}")
    if marked is None:
        return go_on(draft, step.next)
    request = marked.request
    slots = {name: slot.value for name, slot in request.slots.items()} if request else {}
    name = f"{draft.talk.id}:{draft.talk.turn}:{step.id}"
    effect = RunAction(call=name, action=step.action, slots=slots, lang=draft.talk.lang)
    waiting = Waiting("action", call=name, utter=step.id, since=draft.at, turn=draft.talk.turn)
    return marked.with_request(waiting=waiting).doing(effect)
