"""Open requests: one problem, several at once, another one in between, the old one again."""

from dataclasses import replace

from .choices import entity_for
from .commands import told
from .conversation import Ended, Origin, Owner, Request
from .draft import Draft
from .ending import ask_problem, turn_to_next
from .escalation import next_number
from .flow import Flow
from .knowledge import believed
from .memory import OF_THE_PERSON, kept, remembered
from .moves import begin, flow_for
from .texts import tell, topic_name
from .understanding import Entity, Problem

LONGEST_SYMPTOM = 300  # characters of the person's first words kept for the ticket
NO_TOPIC = frozenset({"greeting", "unclear", "out_of_scope", "human_request"})  # intents that name no problem
SEARCH = "pattern_search"


def new_request(draft: Draft, topic: str = "", words: str | None = None) -> Draft:
    """Add a request and make it active; nothing is filled or begun yet."""
    understood = draft.understood
    request = Request(
        number=next_number(draft),
        topic=topic,
        symptom=told(draft.words if words is None else words)[:LONGEST_SYMPTOM],
        hits=understood.hits,
        how_to=understood.how_to,
        done=understood.done,
        opened_at=draft.at,
        files=draft.files,
    )
    known = remembered(draft)
    draft = draft.with_talk(requests=kept(draft.talk)).with_request(replace(request, slots=known, carried=tuple(known)))
    draft = draft.with_talk(active=request.number, owner=Owner.BOT)
    return draft.noting("request", str(request.number), topic)


def fill_from(draft: Draft, entities: tuple[Entity, ...], origin: Origin, but: str = "") -> Draft:
    """Fill every slot (`but` one) that the entities tell something new about, or tell again what was carried over."""
    carried = draft.request.carried if draft.request else ()
    specs = [spec for spec in draft.book.slots.values() if spec.name != but]
    found = {spec.name: entity_for(spec, entities) for spec in specs}
    new = {
        name: value
        for name, value in found.items()
        if value is not None and (name in carried or value != draft.value(name))
    }
    return draft.with_slots(new, origin)


def undertake(draft: Draft, flow: Flow) -> Draft:
    """Begin the flow; a question on how to do something is answered from the knowledge base first."""
    request, search = draft.request, draft.book.flows.get(SEARCH)
    how_to = request is not None and request.how_to and search is not None and _has_how_to(draft)
    begun = begin(draft, flow)
    return begin(begun, search).with_request(flow=flow.id) if how_to and search else begun


def _has_how_to(draft: Draft) -> bool:
    return any(article.fix == "how_to" for article in believed(draft))


def open_for(draft: Draft, flow: Flow) -> Draft:
    """Open a request on the topic just told, and begin."""
    draft = fill_from(new_request(draft, flow.topic), draft.understood.entities, Origin.FIRST_MESSAGE)
    return undertake(draft.because("topic", flow.topic), flow)


def topic_flow(draft: Draft) -> Flow | None:
    """The flow of the problem that the message tells, if it tells one."""
    understood = draft.understood
    if understood.intent is None or understood.intent in NO_TOPIC:
        return None
    return flow_for(draft, understood.intent, understood.confidence)


def told_flow(draft: Draft) -> Flow | None:
    """The flow of the problem that a first message tells: by its topic, else by a code that one topic alone knows."""
    told = {one.value.upper() for one in draft.understood.entities if one.name == "error_code"}
    topics = {code.topic for code in draft.book.codes.values() if code.code.upper() in told}
    by_code = flow_for(draft, topics.pop()) if len(topics) == 1 else None
    return topic_flow(draft) or by_code


def told_together(draft: Draft) -> tuple[Problem, ...]:
    """The problems of the message that a flow takes up, each topic once; those that are open already left out."""
    taken = {one.topic for one in draft.talk.requests if one.ended is None and one.topic}
    found: dict[str, Problem] = {}
    for problem in draft.understood.problems:
        flow = flow_for(draft, problem.intent or "", problem.confidence)
        if flow and problem.intent not in NO_TOPIC and flow.topic not in taken:
            found.setdefault(flow.topic, problem)
    return tuple(found.values())


def several(draft: Draft, problems: tuple[Problem, ...]) -> Draft:
    """Open a request for each problem, in text order; the first is taken up, the others wait."""
    names = [topic_name(draft.book, one.intent or "", draft.talk.lang) for one in problems]
    draft = tell(draft.because("several"), "utter_several", list=", ".join(names))
    first = next_number(draft)
    for problem in problems:
        draft = _queue(draft, problem)
    flow, chosen = flow_for(draft, problems[0].intent or ""), draft.with_talk(active=first)
    return undertake(chosen, flow) if flow else ask_problem(chosen)


def _queue(draft: Draft, problem: Problem) -> Draft:
    """Add a request of its own words; of the rest of the message it takes what holds for any problem."""
    lasting = tuple(one for one in draft.understood.entities if one.name in OF_THE_PERSON)
    draft = new_request(draft, problem.intent or "", problem.text)
    return fill_from(draft, (*problem.entities, *lasting), Origin.FIRST_MESSAGE)


def aside(draft: Draft, flow: Flow) -> Draft:
    """Put the active request aside for another problem; a request already open on it is taken up instead."""
    known = next((one for one in draft.talk.requests if one.topic == flow.topic and one.ended is None), None)
    if known:
        return fill_from(switch_to(draft, known), draft.understood.entities, Origin.ANSWER)
    draft, others = _told_by_the_way(draft), told_together(draft)
    name = topic_name(draft.book, draft.request.topic if draft.request else "", draft.talk.lang)
    opened = open_for(tell(draft.because("change_of_subject"), "utter_aside", topic=name), flow)
    return _queued(opened, tuple(one for one in others if one.intent != flow.topic))


def _queued(draft: Draft, problems: tuple[Problem, ...]) -> Draft:
    """Note further problems of the message for later."""
    active = draft.talk.active
    for problem in problems:
        name = topic_name(draft.book, problem.intent or "", draft.talk.lang)
        draft = _queue(tell(draft, "utter_aside", topic=name), problem)
    return draft.with_talk(active=active)


def _told_by_the_way(draft: Draft) -> Draft:
    """Of a message about another problem, what holds for this one too."""
    lasting = tuple(one for one in draft.understood.entities if one.name in OF_THE_PERSON)
    return fill_from(draft, lasting, Origin.ANSWER)


def switch_to(draft: Draft, request: Request) -> Draft:
    """Take up another open request."""
    others = tuple(one for one in draft.talk.requests if one.number != request.number)
    ordered = draft.with_talk(requests=(request, *others))
    back = turn_to_next(ordered.because("back_to", str(request.number)))
    return back.with_talk(requests=tuple(sorted(back.talk.requests, key=lambda one: one.number)))


def again(draft: Draft, former: Request) -> Draft:
    """A problem that came back: a new request that knows what was known and tried."""
    flow = draft.book.flows.get(former.flow)
    draft = new_request(draft, former.topic, former.symptom)
    draft = draft.with_request(
        slots=former.slots, carried=former.carried, steps=former.steps, done=former.done, hits=former.hits
    )
    draft = draft.because("came_back", str(former.number))
    return begin(draft, flow) if flow else ask_problem(draft)


def last_closed(draft: Draft) -> Request | None:
    """The problem that closed last: solved, left, cancelled, answered by a flow, or by people on its ticket."""
    ways = (Ended.SOLVED, Ended.LEFT, Ended.CANCELLED, Ended.ANSWERED, Ended.ESCALATED)
    closed = [one for one in draft.talk.requests if one.ended in ways and (one.flow or draft.talk.case(one.number))]
    return max(closed, key=lambda one: (one.closed_at or draft.at, one.number), default=None)
