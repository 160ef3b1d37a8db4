"""Where others are present: a colleague's words in the thread, and what is said for the person's eyes alone."""

from .commands import told
from .conversation import Ended, Owner
from .draft import Draft
from .effects import CommentTicket, Relay
from .ending import turn_to_next
from .safety import security


def colleague_wrote(draft: Draft) -> Draft:
    """Take what another person says in the thread to those who work on it.

    It answers no question and confirms nothing, for nobody knows that the one who asks agrees. A threat is one whoever
    tells it.
    """
    draft, name = draft.because("colleague"), draft.facts.colleague
    if draft.understood.threat and draft.talk.owner is not Owner.HUMAN:
        return security(draft, draft.understood.threat)
    if not (told(draft.words) or draft.files):
        return draft
    draft = draft.doing(Relay("agent", name, draft.words)) if draft.talk.taken else draft
    case = draft.talk.case(draft.talk.active)
    if case is None or draft.talk.owner is not Owner.HUMAN:
        return draft
    said = f"{name}: {draft.words}"
    note = CommentTicket(case.handoff, said, author="colleague", files=draft.files, lang=case.lang)
    return draft.doing(note)


def dismiss(draft: Draft) -> Draft:
    """Let go of what somebody says is no request; nothing is said. What people have, they keep."""
    if draft.talk.owner is Owner.HUMAN:
        return draft.because("with_people")
    draft = draft.because("dismissed")
    for request in draft.talk.requests:
        if request.ended is None:
            over = {"frames": (), "waiting": None, "handoff": None, "closed_at": draft.at}
            draft = draft.with_request(request, ended=Ended.DISMISSED, **over)
    return turn_to_next(draft)


def is_private(draft: Draft) -> bool:
    """Whether the request is nobody else's business, as its flow says: then it goes on where nobody reads along.

    Nothing is asked about where the conversation is now: a timer, a ticket or an agent cannot tell.
    """
    request = draft.request or (draft.talk.requests[-1] if draft.talk.requests else None)
    flow = draft.book.flows.get(request.flow) if request else None
    return flow is not None and flow.private
