"""A message while no question is open: a new problem, an old one back, or no request at all."""

from collections.abc import Callable
from dataclasses import replace

from . import repair
from .conversation import Ended, Origin, Request
from .draft import Draft
from .elsewhere import asks_for_earlier, earlier, join, wants_to_join
from .ending import ask_problem, close, invite
from .escalation import reopen
from .knowledge import believed
from .language import only_language
from .moves import begin
from .requests import (
    LONGEST_SYMPTOM,
    SEARCH,
    again,
    fill_from,
    last_closed,
    new_request,
    open_for,
    several,
    told_flow,
    told_together,
    undertake,
)
from .texts import tell
from .understanding import Act

_WORDLESS = frozenset({Act.YES, Act.NO, Act.SOLVED, Act.CANCEL, Act.DONT_KNOW, Act.LATER, Act.REPEAT})


def idle(draft: Draft) -> Draft:
    """Take up what the message tells; whatever it is, it gets an answer."""
    acts = frozenset(draft.understood.acts)
    joined = join(draft, wants_to_join(draft, draft.words))
    if joined is not None:
        return joined
    if asks_for_earlier(draft):
        return earlier(draft)
    problems, flow, former = told_together(draft), told_flow(draft), last_closed(draft)
    if len(problems) > 1:
        return several(draft, problems)
    if Act.NOT_SOLVED in acts and former and (flow is None or flow.topic == former.topic):
        return _came_back(draft, former)
    return open_for(draft, flow) if flow else _no_topic(draft, acts)


def _came_back(draft: Draft, former: Request) -> Draft:
    """A problem that closed and is there again: to the people who had it, or on from where the bot stood."""
    case = draft.talk.case(former.number)
    return reopen(draft, case) if case else again(draft, former)


def _no_topic(draft: Draft, acts: frozenset[Act]) -> Draft:
    polite = repair.bare(draft)
    if polite is Act.GREETING and not draft.files:
        return _greeted(draft)
    if polite is not None and not draft.files:
        return repair.pleasantry(draft, polite)
    if only_language(draft):
        return invite(tell(draft.because("language"), "utter_switched"))
    if draft.understood.out_of_scope:
        return repair.out_of_scope(draft)
    if acts and acts <= _WORDLESS and draft.understood.words <= 6:
        return _nothing_open(draft, acts)
    return _request_without_topic(draft)


def _greeted(draft: Draft) -> Draft:
    """Answer a greeting; it is no request."""
    draft = draft.because("greeting")
    draft = tell(draft, "utter_greeting_again") if draft.talk.greeted else draft
    return invite(draft)


def _nothing_open(draft: Draft, acts: frozenset[Act]) -> Draft:
    if Act.REPEAT in acts:
        return repair.repeat(draft)
    return tell(draft.because("nothing_open"), "utter_nothing_open")


def _request_without_topic(draft: Draft) -> Draft:
    """Search the knowledge base, else ask what it is about; a message that tells nothing is a miss."""
    draft = fill_from(new_request(draft), draft.understood.entities, Origin.FIRST_MESSAGE)
    return search_or(draft, _asked_what)


def _asked_what(draft: Draft) -> Draft:
    if draft.understood.intent in ("unclear", "greeting") or draft.files or not draft.words.strip():
        return ask_problem(draft.because("unclear"))
    return repair.miss(ask_for_miss(draft))


def ask_for_miss(draft: Draft) -> Draft:
    """Put the request where a missed message leaves it: waiting for the problem, nothing said yet."""
    return replace(ask_problem(draft), lines=draft.lines)


def search_or(draft: Draft, otherwise: Callable[[Draft], Draft]) -> Draft:
    """Propose a confident article where no flow knows the topic; between two topics only where it is asked how."""
    search, request = draft.book.flows.get(SEARCH), draft.request
    clear = draft.understood.how_to or len(repair.plausible(draft)) < repair.RIVALS
    if search and request and clear and any(believed(draft)):
        return begin(draft.because("search"), search)
    return otherwise(draft)


def tell_problem(draft: Draft) -> Draft:
    """The person answers "what is the problem?": take the topic, search, or count a miss."""
    request, understood = draft.request, draft.understood
    problems = told_together(draft)
    if len(problems) > 1:
        return several(draft.with_request(ended=Ended.NOT_A_REQUEST, waiting=None), problems)
    draft = fill_from(draft, understood.entities, Origin.FIRST_MESSAGE)
    symptom = "\n".join(filter(None, (request.symptom if request else "", draft.words)))[:LONGEST_SYMPTOM]
    told = draft.with_request(symptom=symptom, hits=understood.hits, how_to=understood.how_to, done=understood.done)
    flow = told_flow(draft)
    if flow is not None:
        return undertake(told.with_request(misses=0, before=None).because("topic", flow.topic), flow)
    if understood.out_of_scope:
        return close(tell(draft.because("out_of_scope"), "utter_scope"), Ended.OUT_OF_SCOPE)
    learned = request is not None and draft.request is not None and draft.request.slots != request.slots
    return search_or(told, _asked_on if learned else repair.miss)


def _asked_on(draft: Draft) -> Draft:
    """The message told something, if not the problem: no miss."""
    return repair.ask_again(draft.because("news"))
