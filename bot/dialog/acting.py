"""What a custom action brought back."""

from dataclasses import replace

from .conversation import Origin, Owner
from .draft import Draft
from .escalation import BOT_FAILED, open_case
from .events import ActionFailed, ActionFinished
from .flow import CallAction
from .listening import heard
from .moves import go_on
from .steps import run
from .texts import say, tell


def action_finished(draft: Draft, event: ActionFinished) -> Draft:
    """Take the slots it set, say what it uttered, go on with the flow and hear what was written meanwhile."""
    if not _awaited(draft, event.call):
        return draft.because("action_late", event.call)
    draft = draft.because("action_finished").with_slots(dict(event.slots), Origin.ACTION)
    for response in event.responses:
        draft = _uttered(draft, dict(response))
    return _hear_held(run(_go_on(draft)))


def _uttered(draft: Draft, response: dict[str, object]) -> Draft:
    named = {key: value for key, value in response.items() if key not in ("text", "response", "template")}
    template = response.get("response") or response.get("template")
    draft = draft.with_request(useful=True)
    return tell(draft, str(template), **named) if template else say(draft, str(response.get("text") or ""))


def action_failed(draft: Draft, event: ActionFailed) -> Draft:
    """A failed action is a fault of ours: people take over, and read what was written meanwhile."""
    if not _awaited(draft, event.call):
        return draft.because("action_late", event.call)
    draft = open_case(tell(draft.because(f"action_{event.why}", event.call), "utter_error"), BOT_FAILED)
    return _hear_held(draft)


def _awaited(draft: Draft, call: str) -> bool:
    request = draft.request
    return bool(request and request.waiting and request.waiting.call == call and draft.talk.owner is Owner.BOT)


def _go_on(draft: Draft) -> Draft:
    request, flow = draft.request, draft.flow
    step = flow.steps.get(request.frames[-1].step) if request and flow else None
    return go_on(draft, step.next) if isinstance(step, CallAction) else draft.with_request(waiting=None)


def _hear_held(draft: Draft) -> Draft:
    """Hear what the person wrote while the action ran, in order."""
    held = draft.talk.held
    draft = draft.with_talk(held=())
    for event in held:
        now = replace(event, at=draft.at, facts=draft.facts)
        heard_now = run(heard(replace(draft, event=now), now))
        draft = replace(heard_now, event=draft.event)
    return draft
