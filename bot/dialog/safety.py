"""What comes before everything else: threats, a wish for a human, anger, a language that nobody here speaks."""

from .conversation import Origin
from .draft import Draft
from .escalation import escalate, escalate_for, open_case
from .flow import Escalate
from .moves import begin, flow_for
from .requests import fill_from, new_request, topic_flow
from .texts import tell
from .tries import DID_NOT_HELP

SECURITY = "phishing_security"
_PRIORITIES = {"active": "P1", "received": "P3"}  # the flow's own word comes first; unsure = P2 (content.md section 10)
ANGER_TO_HAND_OVER = 2


def urgent(draft: Draft) -> Draft | None:
    """Handle what may not wait for any question; None when there is nothing of the kind."""
    understood, request = draft.understood, draft.request
    if understood.threat:
        return security(draft, understood.threat)
    if understood.wants_human or understood.intent == "human_request":
        return human(draft)
    if understood.lang == "other":
        return third_language(draft)
    if understood.frustrated:
        failed = request is not None and any(step.result == DID_NOT_HELP for step in request.steps)
        draft = with_topic(draft).with_request(anger=1 + (request.anger if request else 0))
        if failed or (request is not None and request.anger + 1 >= ANGER_TO_HAND_OVER):
            return escalate_for(draft, "frustrated")
    return None


def security(draft: Draft, threat: str) -> Draft:
    """Start the security flow at once, whatever was going on; the open requests go into its ticket."""
    flow = flow_for(draft, SECURITY)
    draft = fill_from(new_request(draft, SECURITY), draft.understood.entities, Origin.FIRST_MESSAGE)
    draft = draft.with_slots({"threat": threat}, Origin.FIRST_MESSAGE).because(f"threat:{threat}")
    if flow:
        return begin(draft, flow)
    return escalate(draft, Escalate(id=SECURITY, reason="security", priority=_PRIORITIES.get(threat, "P2")))


def human(draft: Draft) -> Draft:
    """Hand over because the person asks for it: at once, no counter-offer, no question first."""
    draft = with_topic(draft.because("asked_for_human"))
    request = draft.request
    if request and request.handoff:
        return open_case(draft, request.handoff)
    return escalate_for(draft, "asked_for_human")


def with_topic(draft: Draft) -> Draft:
    """Make sure there is a request, on the topic that the message tells if it tells one."""
    if draft.request is not None and draft.request.ended is None:
        return fill_from(draft, draft.understood.entities, Origin.ANSWER)
    flow = topic_flow(draft)
    draft = new_request(draft, flow.topic if flow else "").with_request(flow=flow.id if flow else "")
    return fill_from(draft, draft.understood.entities, Origin.FIRST_MESSAGE)


def third_language(draft: Draft) -> Draft:
    """Answer once in both languages, and hand over."""
    draft = tell(with_topic(draft.because("third_language")), "utter_third_language")
    return open_case(draft, Escalate(id="third_language", reason="not_understood"))
