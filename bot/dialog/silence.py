"""Timers: a reminder, "does it still hold?", coming back to what could not be tried, and closing."""

from dataclasses import replace
from datetime import datetime, timedelta

from .conversation import Ended, Owner, Request, Waiting
from .draft import Draft
from .effects import CancelTimer, SetTimer
from .ending import close
from .escalation import open_case
from .events import TimerFired
from .fixes import fix_buttons
from .knowledge import article_of
from .playbook import Policy
from .texts import HUMAN, NO, YES, button, offer, tell, topic_name

REMINDER, CLOSE, HOLDING, RETRY, HANDOFF = "reminder", "close", "holding", "retry", "handoff"
QUIET = frozenset({"action", "solved_check"})  # waits that no timer watches


def wanted(draft: Draft) -> dict[str, datetime]:
    """The timers that the open question asks for, counted from now."""
    request, policy = draft.request, draft.book.policy
    waiting = request.waiting if request else None
    if request is None or waiting is None or waiting.what in QUIET or draft.talk.owner is not Owner.BOT:
        return {}
    if request.handoff:
        return {HANDOFF: draft.at + timedelta(minutes=policy.handoff_minutes)}
    if waiting.what == "later":
        return {RETRY: waiting.until or draft.at + timedelta(hours=policy.retry_hours)}
    mail = draft.talk.channel == "email"
    timers = {REMINDER: draft.at + timedelta(hours=_reminder_hours(policy, mail))}
    if waiting.what == "fix" and not mail:
        timers[HOLDING] = draft.at + timedelta(hours=policy.holding_hours)
    return timers


def _reminder_hours(policy: Policy, mail: bool) -> float:
    return policy.reminder_hours_mail if mail else policy.reminder_hours_chat


def arm(before: frozenset[str], draft: Draft) -> Draft:
    """Set the timers of a question asked in this turn, and cancel those that nothing waits for any more."""
    request = draft.request
    waiting = request.waiting if request else None
    fresh = waiting is not None and waiting.turn == draft.talk.turn
    if waiting is not None and not fresh and draft.talk.owner is Owner.BOT:
        return draft
    timers = wanted(draft)
    gone = tuple(CancelTimer(name) for name in sorted(before - set(timers)))
    draft = draft.doing(*gone, *(SetTimer(name, at) for name, at in timers.items()))
    return draft.with_talk(armed=tuple(sorted(timers)))


def fired(draft: Draft, event: TimerFired) -> Draft:
    """Do what the timer was set for; a timer that nothing waits for does nothing."""
    due = event.name in draft.talk.armed
    draft = draft.with_talk(armed=tuple(name for name in draft.talk.armed if name != event.name))
    request = draft.request
    waiting = request.waiting if request else None
    if not due or request is None or waiting is None or draft.talk.owner is not Owner.BOT:
        return draft.because("timer_late", event.name)
    draft = draft.because(f"timer:{event.name}")
    match event.name:
        case "reminder":
            return _remind(draft, request, waiting)
        case "holding":
            return _still_holding(draft, waiting)
        case "retry":
            return _come_back(draft, request, waiting)
        case "handoff":
            return open_case(draft, request.handoff) if request.handoff else draft
        case "close":
            return _close(draft)
        case _:
            return draft


def _remind(draft: Draft, request: Request, waiting: Waiting) -> Draft:
    """Remind once; on mail the reminder of a fix is "does it still hold?"."""
    if draft.talk.channel == "email" and waiting.what == "fix":
        draft = _still_holding(draft, waiting)
    else:
        draft = _asked_softly(draft, request, waiting)
    return _closing_later(draft)


def _asked_softly(draft: Draft, request: Request, waiting: Waiting) -> Draft:
    topic = topic_name(draft.book, request.topic, draft.talk.lang)
    draft = tell(draft, "utter_reminder", topic=topic)
    last = draft.talk.last_said
    return replace(draft, buttons=last.buttons) if last else draft


def _closing_later(draft: Draft) -> Draft:
    policy, mail = draft.book.policy, draft.talk.channel == "email"
    hours = policy.close_hours_mail if mail else policy.close_hours_chat
    draft = draft.with_talk(armed=tuple(sorted({*draft.talk.armed, CLOSE})))
    return draft.doing(SetTimer(CLOSE, draft.at + timedelta(hours=hours)))


def _still_holding(draft: Draft, waiting: Waiting) -> Draft:
    """Ask once, a day after a fix without an answer, whether it holds."""
    article = article_of(draft, waiting.article)
    title = article.texts[draft.talk.lang].title if article and draft.talk.lang in article.texts else ""
    draft = draft.with_request(waiting=replace(waiting, what="holding"))
    draft = tell(draft, "utter_holding", title=title)
    return offer(draft, button(draft, YES), button(draft, NO), button(draft, HUMAN))


def _come_back(draft: Draft, request: Request, waiting: Waiting) -> Draft:
    """Ask about the fix that could not be tried before, or put the question that could not be answered."""
    if waiting.asks != "fix":
        topic = topic_name(draft.book, request.topic, draft.talk.lang)
        return tell(draft.with_request(waiting=None), "utter_back_to", topic=topic)
    article = article_of(draft, waiting.article)
    title = article.texts[draft.talk.lang].title if article and draft.talk.lang in article.texts else ""
    now = replace(waiting, what="fix", turn=draft.talk.turn)
    return fix_buttons(tell(draft.with_request(waiting=now), "utter_again", title=title))


def _close(draft: Draft) -> Draft:
    """Nobody answered: close without a word of blame; writing again goes on where it stood."""
    return close(tell(draft, "utter_closed_silence"), Ended.LEFT)
