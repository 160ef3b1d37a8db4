"""An answer to the open question: a choice, a value, yes or no, by word or button."""

from typing import Any

from .asking import choices_of
from .choices import answer, by_number, chosen, plainly, typed
from .conversation import Case, Ended, Origin, Waiting
from .draft import UNKNOWN, Draft
from .effects import ChangeTicket
from .ending import close
from .escalation import escalate_for, with_case
from .fixes import it_does_not, it_works, not_now
from .flow import Choice, Collect
from .moves import flow_for
from .names import names
from .predicate import holds
from .repair import back_to_question
from .requests import undertake
from .safety import human
from .texts import CANNOT_TRY, DONT_KNOW, HUMAN, NO, YES, tell
from .together import answers
from .understanding import Act, Understanding

MOST_BUTTONS = 99
_ASKING = frozenset({"collect", "together"})  # questions that a number may answer
_WORDS = {
    Act.SOLVED: YES,
    Act.NOT_SOLVED: NO,
    Act.LATER: CANNOT_TRY,
    Act.YES: YES,
    Act.NO: NO,
    Act.DONT_KNOW: DONT_KNOW,
}


def word(understood: Understanding) -> str:
    """The button that the words stand for: yes, no, cannot_try, dont_know; empty when none."""
    return next((button for act, button in _WORDS.items() if act in understood.acts), "")


def named(draft: Draft, words: str) -> str:
    """The button of the last message that the words name: by id, label or number; empty when none."""
    shown = draft.talk.last_said.buttons if draft.talk.last_said else ()
    if any(one.id == words for one in shown):
        return words
    index = by_number(words, len(shown))
    if index is not None:
        return shown[index].id
    return next((one.id for one in shown if plainly(words) and plainly(one.label) == plainly(words)), "")


def by_label(draft: Draft) -> Draft | None:
    """Take a message that is the label or number of a button as a press of it; None when it is none."""
    request = draft.request
    waiting, button = request.waiting if request else None, named(draft, draft.words)
    if waiting is None or not button:
        return None
    numbered = by_number(draft.words, MOST_BUTTONS) is not None
    if numbered and waiting.asks in _ASKING and by_number(draft.words, len(waiting.choices)) is None:
        return None  # a number may be the answer itself
    return human(draft) if button == HUMAN else reply(draft, button)


def reply(draft: Draft, press: str = "") -> Draft | None:
    """Take the message or the pressed button as the answer to the open question; None when it is none."""
    request = draft.request
    waiting = request.waiting if request else None
    if waiting is None:
        return None
    meant = press or word(draft.understood)
    match waiting.asks:
        case "fix":
            return _fix(draft, meant)
        case "collect":
            return _collect(draft, waiting, press) or _put_off(draft, meant)
        case "together":
            return _together(draft, waiting) or _put_off(draft, meant)
        case "clarify":
            return _clarify(draft, waiting, press)
        case "offer_human":
            return _offer(draft, meant)
        case "holding":
            return _fix(draft, meant) if meant in (YES, NO) else None
        case "solved_check":
            return _solved_check(draft, meant)
        case _:
            return None


def _fix(draft: Draft, meant: str) -> Draft | None:
    match meant:
        case "yes":
            return it_works(draft)
        case "no":
            return it_does_not(draft)
        case "cannot_try":
            return not_now(draft)
        case "dont_know":
            return it_does_not(draft, "unknown")
        case _:
            return None


def _put_off(draft: Draft, meant: str) -> Draft | None:
    """A question that cannot be answered now comes back later; one before a handoff is left unanswered."""
    may_wait = draft.request is not None and draft.request.handoff is None
    return not_now(draft) if meant == CANNOT_TRY and may_wait else None


def _collect(draft: Draft, waiting: Waiting, press: str) -> Draft | None:
    value = _pressed(draft, waiting, press) if press else _told(draft, waiting)
    if value is None:
        return None
    draft = draft.because("answer", waiting.slot).with_slots({waiting.slot: value}, Origin.ANSWER)
    return _unless_rejected(draft.with_request(waiting=None, misses=0), waiting.slot)


def _pressed(draft: Draft, waiting: Waiting, press: str) -> Any:
    """The value of a button; None when it is none of this question's."""
    spec = draft.book.slots.get(waiting.slot)
    if press == DONT_KNOW:
        return UNKNOWN
    offered = any(one.value == press for one in waiting.choices)
    return typed(press, spec) if spec and offered else None


def _told(draft: Draft, waiting: Waiting) -> Any:
    """The value that the words give; "I don't know" is one too, unless they tell more than that."""
    spec, unsure = draft.book.slots.get(waiting.slot), Act.DONT_KNOW in draft.understood.acts
    if spec is None or (unsure and spec.free_text):
        return UNKNOWN if spec is None or unsure else None
    value = answer(draft.words, draft.understood, waiting.choices, spec)
    return UNKNOWN if value is None and unsure else value


def _unless_rejected(draft: Draft, slot: str) -> Draft:
    """Take the value back, and say why, where the step rejects it."""
    step, told = step_at(draft), names(draft)
    if isinstance(step, Collect) and step.slot == slot:
        for rejection in step.rejections:
            if holds(rejection.when, told):
                cleared = draft.with_slots({slot: None}, Origin.ANSWER)
                return tell(cleared.because("rejected", slot), rejection.utter)
    return draft


def step_at(draft: Draft) -> object:
    """The step that the active request is at."""
    request, flow = draft.request, draft.flow
    return flow.steps.get(request.frames[-1].step) if request and flow else None


def _together(draft: Draft, waiting: Waiting) -> Draft | None:
    if Act.DONT_KNOW in draft.understood.acts and draft.understood.words <= 4:
        found = dict.fromkeys(waiting.slots, UNKNOWN)
    else:
        asked = tuple((slot, _choices(draft, slot)) for slot in waiting.slots)
        found = dict(answers(draft.book, draft.words, draft.understood, asked))
    if not found:
        return None
    draft = draft.because("answers", ",".join(found)).with_slots(found, Origin.ANSWER)
    return draft.with_request(waiting=None, misses=0)


def _choices(draft: Draft, slot: str) -> tuple[Choice, ...]:
    flow = draft.flow
    steps = [step for step in flow.steps.values() if isinstance(step, Collect) and step.slot == slot] if flow else []
    return choices_of(draft, steps[0]) if steps else ()


def _clarify(draft: Draft, waiting: Waiting, press: str) -> Draft | None:
    topic = press or chosen(draft.words, waiting.choices)
    flow = flow_for(draft, topic) if topic else None
    return undertake(draft.because("topic", flow.topic).with_request(misses=0), flow) if flow else None


def _offer(draft: Draft, meant: str) -> Draft | None:
    if meant == YES:
        return escalate_for(draft, "asked_for_human")
    return back_to_question(draft.because("rephrase")) if meant == NO else None


def _solved_check(draft: Draft, meant: str) -> Draft | None:
    """After people resolved or handed back: a yes closes, a no goes back to the same ticket."""
    if meant == NO:
        return escalate_for(draft.because("not_solved"), "asked_for_human")
    return _confirmed(draft, draft.talk.case(draft.talk.active)) if meant == YES else None


def _confirmed(draft: Draft, case: Case | None) -> Draft:
    """The person confirms that people solved it."""
    if case:
        draft = with_case(draft, case, state="closed").doing(ChangeTicket(case.handoff, "closed"))
    draft = tell(draft.because("resolution_confirmed"), "utter_solved_plain")
    return close(draft, Ended.ESCALATED)
