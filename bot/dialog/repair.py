"""When a message brings nothing: ask again in other words, list topics, offer a human, hand over."""

from collections.abc import Mapping
from dataclasses import replace

from .conversation import Ended, Waiting
from .draft import Draft
from .ending import ask_problem, close
from .escalation import escalate_for
from .fixes import fix_buttons
from .flow import Choice
from .moves import flow_for
from .requests import NO_TOPIC, new_request
from .texts import HUMAN, NO, YES, button, choice_buttons, offer, phrase, say, tell
from .understanding import Act

PLAUSIBLE = 0.15  # a topic at least this likely is worth a button
TOPICS_LISTED = 3
RIVALS = 2  # plausible topics between which only the person can choose
IDLE = frozenset({Act.GREETING, Act.THANKS, Act.SMALL_TALK})


def bare(draft: Draft) -> Act | None:
    """A message that is a greeting, thanks or small talk and nothing else."""
    understood = draft.understood
    acts, empty = set(understood.acts), understood.intent in (None, *NO_TOPIC, "thanks", "small_talk")
    idle = acts and acts <= IDLE and empty and not understood.entities
    return next(act for act in (Act.THANKS, Act.GREETING, Act.SMALL_TALK) if act in acts) if idle else None


def pleasantry(draft: Draft, act: Act) -> Draft:
    """Answer politeness politely; it solves and asks nothing."""
    response = {Act.THANKS: "utter_thanks", Act.SMALL_TALK: "utter_small_talk"}.get(act, "utter_greeting_again")
    return tell(draft.because(str(act)), response)


def miss(draft: Draft) -> Draft:
    """Count a message that brought nothing: ask again, then offer a human, then hand over."""
    request, policy = draft.request, draft.book.policy
    if request is None:
        return draft
    draft = draft.with_request(misses=request.misses + 1).because("miss", detail=str(request.misses + 1))
    if request.misses + 1 >= policy.misses_to_hand_over or request.mails >= policy.question_mails:
        return escalate_for(draft, "not_understood")
    if request.misses + 1 >= policy.misses_to_offer:
        return offer_human(draft, "utter_offer_human")
    topics = plausible(draft) if not request.topic else ()
    return clarify(draft, topics) if topics else ask_again(tell(draft, "utter_not_understood"))


def plausible(draft: Draft) -> tuple[str, ...]:
    """The likeliest topics that a flow can take up."""
    ranking = (one for one in draft.understood.ranking if one.confidence >= PLAUSIBLE)
    return tuple(one.intent for one in ranking if flow_for(draft, one.intent) and one.intent not in NO_TOPIC)[
        :TOPICS_LISTED
    ]


def clarify(draft: Draft, topics: tuple[str, ...]) -> Draft:
    """Ask which of the likely topics it is."""
    choices = tuple(Choice(_names(draft, topic), topic) for topic in topics)
    waiting = Waiting("clarify", choices=choices, since=draft.at, turn=draft.talk.turn)
    draft = tell(draft.with_request(waiting=waiting), "utter_clarify")
    return offer(draft, *choice_buttons(draft, choices), button(draft, HUMAN))


def _names(draft: Draft, topic: str) -> Mapping[str, str]:
    flow = flow_for(draft, topic)
    return flow.name if flow and flow.name else {draft.talk.lang: topic}


def offer_human(draft: Draft, response: str) -> Draft:
    """Offer to hand over; a no goes back to what was asked before."""
    request = draft.request
    before = request.waiting if request and request.waiting and request.waiting.what != "offer_human" else None
    waiting = Waiting("offer_human", since=draft.at, turn=draft.talk.turn)
    draft = draft.with_request(waiting=waiting, before=before or (request.before if request else None))
    rephrase = button(draft, NO, phrase(draft, "utter_label_rephrase"))
    return offer(tell(draft, response), button(draft, YES, phrase(draft, "utter_label_human")), rephrase)


def out_of_scope(draft: Draft) -> Draft:
    """Say what the desk helps with; the second time, offer a human. Never a miss."""
    draft = draft.because("out_of_scope")
    active = draft.request
    if active is not None and active.topic != "out_of_scope":
        return ask_again(tell(draft, "utter_scope"))
    before = draft.talk.requests[-1] if draft.talk.requests else None
    draft = new_request(draft, "out_of_scope")
    if before and before.ended is Ended.OUT_OF_SCOPE:
        return offer_human(draft, "utter_offer_human_scope")
    return close(tell(draft, "utter_scope"), Ended.OUT_OF_SCOPE)


def ask_again(draft: Draft) -> Draft:
    """Put the open question again, without counting it again."""
    request = draft.request
    waiting = request.waiting if request else None
    if request is None or waiting is None:
        return draft
    now = replace(waiting, turn=draft.talk.turn)
    match waiting.asks:
        case "problem":
            return ask_problem(draft)
        case "fix":
            again = draft.with_request(waiting=replace(now, what="fix"))
            return fix_buttons(tell(again, "utter_check"))
        case "clarify":
            again = tell(draft.with_request(waiting=now), "utter_clarify")
            return offer(again, *choice_buttons(draft, waiting.choices), button(draft, HUMAN))
        case "offer_human":
            return back_to_question(draft)
        case "holding" | "solved_check":
            again = tell(draft.with_request(waiting=now), "utter_check")
            return offer(again, button(draft, YES), button(draft, NO), button(draft, HUMAN))
        case "action":
            return draft
        case _:
            return draft.with_request(waiting=None)


def back_to_question(draft: Draft) -> Draft:
    """Leave the offer of a human and go back to what was asked before."""
    request = draft.request
    if request is None or request.before is None:
        return ask_problem(draft)
    return ask_again(draft.with_request(waiting=request.before, before=None))


def repeat(draft: Draft) -> Draft:
    """Say again what was said last."""
    last = draft.talk.last_said
    if last is None:
        return tell(draft.because("repeat"), "utter_nothing_open")
    draft = say(draft.because("repeat"), last.text)
    return replace(draft, buttons=last.buttons, sources=last.sources)


def cancel(draft: Draft) -> Draft:
    """Stop the active request at the person's word."""
    return close(tell(draft.because("cancelled"), "utter_cancelled"), Ended.CANCELLED)
