"""What comes before everything else: threats, a wish for a human, anger, a language that nobody here speaks."""

from .case_words import REASONS
from .conversation import Origin, Owner
from .draft import Draft
from .effects import CommentTicket
from .escalation import BOT_FAILED, escalate, escalate_for, open_case
from .flow import Escalate
from .memory import OVER
from .moves import begin, flow_for
from .requests import fill_from, new_request, topic_flow
from .texts import tell
from .tries import DID_NOT_HELP

SECURITY = "phishing_security"
_PRIORITIES = {"active": "P1", "received": "P3"}  # the flow's own word comes first; unsure = P2 (content.md section 10)
ANGER_TO_HAND_OVER = 2
GRAVITY = {"received": 1, "acted": 2, "active": 3, "danger": 3}


def urgent(draft: Draft) -> Draft | None:
    """Handle what may not wait for any question; None when there is nothing of the kind."""
    understood, request = draft.understood, draft.request
    if understood.threat:
        return security(draft, understood.threat)
    if understood.wants_human or understood.intent == "human_request":
        return human(draft)
    if understood.lang == "other":
        return third_language(draft)
    if understood.frustrated and request is not None and request.ended is None:
        failed = any(step.result == DID_NOT_HELP for step in request.steps)
        if failed or request.anger + 1 >= ANGER_TO_HAND_OVER:
            return escalate_for(with_topic(draft), "frustrated")
    return None


def security(draft: Draft, threat: str) -> Draft:
    """Start the security flow at once, whatever was going on; the open requests go into its ticket."""
    flow = flow_for(draft, SECURITY)
    draft = fill_from(new_request(draft, SECURITY), draft.understood.entities, Origin.FIRST_MESSAGE)
    draft = draft.with_slots({"threat": threat}, Origin.FIRST_MESSAGE).because(f"threat:{threat}")
    if flow:
        return begin(draft, flow)
    return escalate(draft, Escalate(id=SECURITY, reason="security", priority=_PRIORITIES.get(threat, "P2")))


def worse(draft: Draft) -> bool:
    """Whether the threat is graver than those that people already have a ticket on."""
    cases = (case for case in draft.talk.cases if case.state not in OVER)
    requests = (draft.talk.request(number) for case in cases for number in case.requests)
    told = (str(one.slots["threat"].value) for one in requests if one and "threat" in one.slots)
    return GRAVITY.get(draft.understood.threat or "", 2) > max((GRAVITY.get(one, 2) for one in told), default=0)


def work_failed(draft: Draft, what: str) -> Draft:
    """Something of ours failed for good: people take over; those who have the request already are told."""
    draft = draft.because("work_failed", what)
    if draft.talk.owner is not Owner.HUMAN:
        return open_case(with_topic(draft), BOT_FAILED)
    case = draft.talk.case(draft.talk.active)
    fault = f"{REASONS[draft.talk.lang]['bot_failed']} ({what})"
    return draft.doing(CommentTicket(case.handoff, fault)) if case else draft


def human(draft: Draft) -> Draft:
    """Hand over because the person asks for it: at once, no counter-offer, no question first."""
    draft = with_topic(draft.because("asked_for_human"))
    request = draft.request
    if request and request.handoff:
        return open_case(draft, request.handoff)
    return escalate_for(draft, "asked_for_human")


def with_topic(draft: Draft) -> Draft:
    """Make sure there is a request, on the topic that the message tells if it tells one."""
    request, flow = draft.request, topic_flow(draft)
    checked = request is not None and request.waiting is not None and (flow is None or flow.topic == request.topic)
    if request is not None and (request.ended is None or checked):  # checked: "is it solved?" is a question on it
        return fill_from(draft, draft.understood.entities, Origin.ANSWER)
    draft = new_request(draft, flow.topic if flow else "").with_request(flow=flow.id if flow else "")
    return fill_from(draft, draft.understood.entities, Origin.FIRST_MESSAGE)


def third_language(draft: Draft) -> Draft:
    """Answer once in both languages, and hand over."""
    draft = tell(with_topic(draft.because("third_language")), "utter_third_language")
    return open_case(draft, Escalate(id="third_language", reason="not_understood"))
