"""Collect what is not known yet: one question a turn in a chat, those that stand together at once in a mail."""

from .asking import ask
from .conversation import Origin, Request
from .draft import Draft
from .escalation import escalate_for, open_case
from .fixes import citing
from .flow import Collect
from .moves import go_on, once
from .texts import tell
from .together import ask_together, standing_together

QUESTIONS_BEFORE_USEFUL = 2  # the third message has something useful in it (content.md section 1, rule 1)


def collect(draft: Draft, step: Collect) -> Draft:
    """Go on when the slot is known, else ask, within the budget of questions."""
    draft = _from_profile(_afresh(draft, step), step.slot)
    request = draft.request
    if request is None or draft.value(step.slot) is not None:
        return go_on(draft, step.next)
    new = step.slot not in request.asked and request.handoff is None
    if new and draft.facts.vip and request.questions >= 1:
        return escalate_for(draft.because("vip"), "vip")
    if new and request.questions >= draft.book.policy.questions:
        return escalate_for(draft.because("questions_spent"), "time_limit")
    draft = meanwhile(draft) if step.slot not in request.asked else draft
    if request.handoff and draft.request and _nothing_yet(draft.request):
        return open_case(draft.because("no_more_questions"), request.handoff)
    return _by_mail(draft, step) if draft.talk.channel == "email" else ask(draft, step)


def _by_mail(draft: Draft, step: Collect) -> Draft:
    request = draft.request
    if request and request.mails >= draft.book.policy.question_mails and request.handoff is None:
        return escalate_for(draft.because("mails_spent"), "not_understood")
    together = standing_together(draft, step)[: _questions_left(draft)]
    if len(together) > 1:
        return ask_together(draft, together)
    return ask(draft.with_request(mails=request.mails + 1 if request else 0), step)


def _questions_left(draft: Draft) -> int | None:
    """How many questions may still be asked; any number of those before a handoff."""
    request, policy = draft.request, draft.book.policy
    if request is None or request.handoff:
        return None
    return 1 if draft.facts.vip else policy.questions - request.questions


def _afresh(draft: Draft, step: Collect) -> Draft:
    """Clear the slot of a step that always asks, the first time it is reached."""
    marked = once(draft, f"afresh.{step.id}") if step.ask_before_filling else None
    return marked.with_slots({step.slot: None}, Origin.FLOW) if marked else draft


def _from_profile(draft: Draft, slot: str) -> Draft:
    """Take what is remembered of the person."""
    known = draft.facts.slots.get(slot)
    return draft.with_slots({slot: known}, Origin.PROFILE) if known and draft.value(slot) is None else draft


def _nothing_yet(request: Request) -> bool:
    """Whether it is time for something useful: advice, or a handoff without more questions."""
    return not request.useful and len(request.asked) >= QUESTIONS_BEFORE_USEFUL


def meanwhile(draft: Draft) -> Draft:
    """Give the flow's advice with the third question, when nothing useful was given before."""
    request = draft.request
    flow = draft.book.flows.get(request.flow) if request else None
    article = draft.book.articles.get(flow.meanwhile) if flow else None
    if request is None or article is None or not _nothing_yet(request):
        return draft
    text = article.texts.get(draft.talk.lang)
    told = tell(draft, "utter_meanwhile", body=text.body.strip() if text else "")
    return citing(told.with_request(useful=True), article).noting("meanwhile", article.id)
