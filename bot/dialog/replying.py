"""A message while a question is open: commands, the answer, news, another subject, or nothing understood."""

from . import repair
from .answering import by_label, reply, word
from .choices import hinted, names_one
from .conversation import Origin, Request, Waiting
from .corrections import corrected_slot, take_news
from .draft import UNKNOWN, Draft
from .fixes import fix_buttons, it_works
from .flow import Flow
from .idling import idle, tell_problem
from .language import only_language
from .requests import LONGEST_SYMPTOM, aside, fill_from, open_for, switch_to, topic_flow, undertake
from .status import status
from .steps import run
from .texts import YES
from .understanding import Act

SHORT_ANSWER = 3  # words: so short a message answers the question, whatever topic it names
FIXES = frozenset({"fix", "holding"})


def in_request(draft: Draft) -> Draft:
    """Handle a message that finds the active request waiting."""
    request = draft.request
    waiting = request.waiting if request else None
    if request is None or waiting is None:
        return idle(draft)
    pressed = by_label(draft)
    if pressed is not None:
        return pressed
    if waiting.what == "solved_check":
        return reply(draft) or _past_the_check(draft, request)
    command = _command(draft, waiting)
    if command is not None:
        return command
    if request.handoff:
        return _last_question(draft, waiting)
    return _topicless(draft) if request.topic in ("", "out_of_scope") else _answer(draft, request, waiting)


def _past_the_check(draft: Draft, request: Request) -> Draft:
    """Something else than "is it solved?": taken up as if nothing were asked; that question stays if nothing came."""
    after = idle(draft.with_talk(active=0))
    return after if after.talk.active else after.with_talk(active=request.number)


def _command(draft: Draft, waiting: Waiting) -> Draft | None:
    """Cancel, repeat, status, "it works": the same at every question."""
    acts = draft.understood.acts
    if names_one(draft.words, waiting.choices, draft.book.slots.get(waiting.slot)):  # "oublié" may be a choice
        return None
    if Act.CANCEL in acts:
        return repair.cancel(draft)
    if Act.REPEAT in acts:
        return repair.repeat(draft)
    if only_language(draft):
        return repair.ask_again(draft.because("language"))
    if Act.STATUS in acts:
        return repair.ask_again(status(draft))
    if Act.SOLVED in acts and waiting.asks not in FIXES:
        return it_works(draft)
    return None


def _last_question(draft: Draft, waiting: Waiting) -> Draft:
    """Before a handoff nothing holds it up: what is no answer leaves the question unanswered."""
    answered = reply(draft)
    if answered is not None:
        return answered
    draft = fill_from(draft, draft.understood.entities, Origin.ANSWER)
    draft = draft.with_slots({waiting.slot: UNKNOWN}, Origin.ANSWER) if waiting.slot else draft
    return draft.because("left_unanswered", waiting.slot).with_request(waiting=None)


def _topicless(draft: Draft) -> Draft:
    if draft.files and not draft.words.strip():
        return repair.ask_again(draft.because("file"))
    told = topic_flow(draft) is not None and draft.understood.words > SHORT_ANSWER
    answered = None if told else reply(draft)
    if answered is not None:
        return answered
    polite = repair.bare(draft)
    if polite is not None:
        return repair.ask_again(repair.pleasantry(draft, polite))
    return tell_problem(draft)


def _answer(draft: Draft, request: Request, waiting: Waiting) -> Draft:
    """A correction first, then the answer, what else is told, another subject, or a miss."""
    correction = correct(draft, request) if Act.CORRECTION in draft.understood.acts else None
    if correction is not None:
        return correction
    if waiting.what == "offer_human":
        answered = reply(draft)
        return answered or _answer_or_else(_back(draft, request), request)
    return _answer_or_else(draft, request)


def correct(draft: Draft, request: Request) -> Draft | None:
    """Another value than the one known, else another topic than the one understood ("no, I meant the printer")."""
    flow = None if corrected_slot(draft) else _other_subject(draft, request)
    if flow is None:
        return take_news(draft)
    draft = draft.with_request(symptom=draft.words[:LONGEST_SYMPTOM], misses=0)
    return undertake(draft.because("topic", flow.topic), flow)


def _back(draft: Draft, request: Request) -> Draft:
    return draft.with_request(waiting=request.before or request.waiting, before=None)


def _answer_or_else(draft: Draft, request: Request) -> Draft:
    flow = _other_subject(draft, request)
    if flow is None or draft.understood.words <= SHORT_ANSWER or _asked_together(draft) or _tells_answer(draft):
        answered = reply(draft)
        if answered is not None:
            return _with_news(answered, request, draft)
    if flow is not None:
        return _solved_and_next(draft, flow) or aside(draft, flow)
    return take_news(draft) or _otherwise(draft, request)


def _asked_together(draft: Draft) -> bool:
    """Whether a mail is awaited that answers several questions: it may name any subject in its answers."""
    waiting = draft.request.waiting if draft.request else None
    return waiting is not None and waiting.what == "together"


def _tells_answer(draft: Draft) -> bool:
    """Whether the message holds a full way to say one of the values that are asked for."""
    waiting = draft.request.waiting if draft.request else None
    spec = draft.book.slots.get(waiting.slot) if waiting else None
    return spec is not None and hinted(draft.words, spec) is not None


def _other_subject(draft: Draft, request: Request) -> Flow | None:
    """Another problem than the active one; a free answer may name anything and changes no subject."""
    waiting = draft.request.waiting if draft.request else None
    spec = draft.book.slots.get(waiting.slot) if waiting else None
    flow = topic_flow(draft)
    return None if flow is None or flow.topic == request.topic or (spec and spec.free_text) else flow


def _solved_and_next(draft: Draft, flow: Flow) -> Draft | None:
    """ "It works, but now the printer...": the fix helped, and there is another problem."""
    waiting = draft.request.waiting if draft.request else None
    if waiting is None or waiting.asks not in FIXES or word(draft.understood) != YES:
        return None
    solved = run(it_works(draft))
    return aside(solved, flow) if solved.talk.active else open_for(solved, flow)


def _with_news(answered: Draft, request: Request, before: Draft) -> Draft:
    """What the answer tells besides its answer may change the way."""
    now = answered.request
    if now is None or now.number != request.number or now.ended or now.handoff:
        return answered
    waiting = before.request.waiting if before.request else None
    return take_news(answered, but=waiting.slot if waiting else "") or answered


def _otherwise(draft: Draft, request: Request) -> Draft:
    """No answer, no news, no other problem."""
    if draft.files and not draft.words.strip():
        return repair.ask_again(draft.because("file"))
    others = [one for one in draft.talk.requests if one.ended is None and one.number != request.number]
    if Act.RESUME in draft.understood.acts and others:
        return switch_to(draft, others[0])
    polite = repair.bare(draft)
    if polite is not None:
        return _politely(draft, polite)
    if draft.understood.out_of_scope:
        return repair.out_of_scope(draft)
    return repair.miss(draft)


def _politely(draft: Draft, act: Act) -> Draft:
    """Thanks after a fix confirm nothing and ask nothing; elsewhere the question is put again."""
    waiting = draft.request.waiting if draft.request else None
    draft = repair.pleasantry(draft, act)
    if waiting and waiting.asks in FIXES:
        return fix_buttons(draft)
    return repair.ask_again(draft)
