"""What a custom action brought back."""

from .conversation import Origin, Owner
from .draft import Draft
from .escalation import BOT_FAILED, open_case
from .events import ActionFailed, ActionFinished
from .flow import CallAction
from .moves import go_on
from .texts import say, tell


def action_finished(draft: Draft, event: ActionFinished) -> Draft:
    """Take the slots it set, say what it uttered, and go on with the flow."""
    if not _awaited(draft, event.call):
        return draft.because("action_late", event.call)
    draft = draft.because("action_finished").with_slots(dict(event.slots), Origin.ACTION)
    for response in event.responses:
        draft = _uttered(draft, dict(response))
    return _go_on(draft)


def _uttered(draft: Draft, response: dict[str, object]) -> Draft:
    named = {key: value for key, value in response.items() if key not in ("text", "response", "template")}
    template = response.get("response") or response.get("template")
    draft = draft.with_request(useful=True)
    return tell(draft, str(template), **named) if template else say(draft, str(response.get("text") or ""))


def action_failed(draft: Draft, event: ActionFailed) -> Draft:
    """A failed action is a fault of ours: people take over."""
    if not _awaited(draft, event.call):
        return draft.because("action_late", event.call)
    return open_case(tell(draft.because(f"action_{event.why}", event.call), "utter_error"), BOT_FAILED)


def _awaited(draft: Draft, call: str) -> bool:
    request = draft.request
    return bool(request and request.waiting and request.waiting.call == call and draft.talk.owner is Owner.BOT)


def _go_on(draft: Draft) -> Draft:
    request, flow = draft.request, draft.flow
    step = flow.steps.get(request.frames[-1].step) if request and flow else None
    return go_on(draft, step.next) if isinstance(step, CallAction) else draft.with_request(waiting=None)
