"""What predicates and texts may name: the slots of the request and the context of the turn."""

from collections.abc import Mapping
from typing import Any

from . import predicate
from .draft import Draft
from .flow import Branch


def names(draft: Draft) -> Mapping[str, Any]:
    """Collect `slots` and `context` as docs/flows.md lists them."""
    request = draft.request
    slots = {name: slot.value for name, slot in request.slots.items()} if request else {}
    return {"slots": slots, "context": _context(draft)}


def _context(draft: Draft) -> Mapping[str, Any]:
    request, policy = draft.request, draft.book.policy
    handoff = request.handoff if request else None
    return {
        "channel": draft.talk.channel,
        "lang": draft.talk.lang,
        "topic": request.topic if request else "",
        "reason": handoff.reason if handoff else "",
        "level": handoff.level if handoff else "",
        "how_to": bool(request and request.how_to),
        "proven": proven(draft),
        "open": draft.facts.open,
        "phone": policy.emergency_phone,
        "dpo": policy.dpo,
        "button": policy.report_button.get(draft.talk.lang, ""),
        "turn": draft.talk.turn,
        "code": _code(draft),
    }


def proven(draft: Draft) -> bool:
    """Whether the person's identity has a proof."""
    return draft.facts.proof != "none"


def _code(draft: Draft) -> Mapping[str, Any]:
    """What codes.yml tells of the request's error code; the request's own topic first."""
    request, code = draft.request, draft.value("error_code")
    if request is None or not code:
        return {}
    codes = draft.book.codes
    known = codes.get(f"{request.topic}:{str(code).upper()}")
    return {"branch": known.branch, "topic": known.topic} if known else {}


def way_on(draft: Draft, branches: tuple[Branch, ...], otherwise: str) -> str:
    """Choose the first branch that holds."""
    told = names(draft)
    return next((one.then for one in branches if not one.when or predicate.holds(one.when, told)), otherwise)
