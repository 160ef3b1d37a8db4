"""What predicates and texts may name: the slots of the request and the context of the turn."""

from collections.abc import Mapping
from typing import Any

from . import predicate
from .draft import Draft
from .flow import Branch
from .playbook import Code


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
    known = known_code(draft, request.topic, str(code))
    return {"branch": known.branch, "topic": known.topic} if known else {}


def known_code(draft: Draft, topic: str, code: str) -> Code | None:
    """What is known of a code: in this topic, else in the only other one that knows it."""
    own = draft.book.codes.get(f"{topic}:{code.upper()}")
    others = [one for one in draft.book.codes.values() if one.code.upper() == code.upper()] if own is None else []
    return own or (others[0] if len(others) == 1 else None)


def way_on(draft: Draft, branches: tuple[Branch, ...], otherwise: str) -> str:
    """Choose the first branch that holds."""
    told = names(draft)
    return next((one.then for one in branches if not one.when or predicate.holds(one.when, told)), otherwise)
