"""One owner at a time: people take over, answer, give back, resolve; the bot sends notices only meanwhile."""

from dataclasses import replace

from .commands import told
from .company import dismiss, is_private
from .conversation import Case, Ended, Owner, Waiting
from .draft import Draft
from .effects import ChangeTicket, CommentTicket, Relay
from .ending import close, turn_to_next
from .escalation import with_case
from .events import AgentActed, AgentSaid, File, TicketChanged, TicketDelayed, TicketOpened
from .memory import OVER
from .requests import new_request, topic_flow
from .safety import security, worse
from .status import status
from .texts import HUMAN, NO, YES, button, in_language, offer, phrase, tell
from .timing import day, hour
from .understanding import Act


def person_wrote(draft: Draft) -> Draft:
    """Carry the person's words to the agent and the ticket; before anybody took it, answer the few things we may."""
    case = draft.talk.case(draft.talk.active)
    if draft.understood.threat and not draft.talk.taken and worse(draft):
        return security(draft, draft.understood.threat)
    draft = carry(draft, case)
    if draft.talk.taken or case is None:
        return draft.because("human_owns")
    return _before_taken(draft, case)


def carry(draft: Draft, case: Case | None) -> Draft:
    """Take the person's words to the agent who has the conversation, and into the ticket."""
    words, files = told(draft.words), draft.files
    if draft.talk.taken and (words or not draft.words):
        draft = draft.doing(Relay("agent", draft.facts.name or "person", words))
    if case is None or not (words or files):
        return draft
    return draft.doing(CommentTicket(case.handoff, words, author="person", files=files, lang=case.lang))


def _before_taken(draft: Draft, case: Case) -> Draft:
    acts = draft.understood.acts
    if Act.STATUS in acts or draft.understood.intent == "ticket_status":
        return status(draft)
    if {Act.SOLVED, Act.CANCEL} & set(acts) and not _another_problem(draft):
        return _withdrawn(draft, case)
    if case.noted or not case.key:  # until there is a key, the message that tells it is the receipt
        return draft.because("added_to_ticket")
    noted = with_case(draft.because("receipt"), case, noted=True)
    return tell(noted, "utter_receipt", key=case.key)


def _another_problem(draft: Draft) -> bool:
    """ "It works, but now the printer..." withdraws nothing."""
    flow, request = topic_flow(draft), draft.request
    return flow is not None and (request is None or flow.topic != request.topic)


def _withdrawn(draft: Draft, case: Case) -> Draft:
    """The person needs it no more: the ticket is resolved and the conversation closed."""
    draft = with_case(draft, case, state="resolved").doing(ChangeTicket(case.handoff, "resolved"))
    solved = Act.SOLVED in draft.understood.acts
    draft = tell(draft.because("withdrawn"), "utter_solved_plain" if solved else "utter_cancelled")
    return turn_to_next(draft)


def ticket_opened(draft: Draft, event: TicketOpened) -> Draft:
    """Tell the key, what happens next, and that nothing needs repeating."""
    case = _case_of(draft, event.handoff)
    if case is None or case.confirmed:
        return draft.because("ticket_known")
    draft = with_case(draft, case, key=event.key, confirmed=True, preface=())
    if case.state in OVER:  # withdrawn before it had a key
        return _preface(draft.because("ticket_over"), case)
    if case.key:  # the case number was told before
        return tell(draft.because("ticket_number"), "utter_ticket_number", key=event.key)
    return _handed_over(_preface(draft.because("ticket_opened"), case), case, event.key)


def ticket_delayed(draft: Draft, event: TicketDelayed) -> Draft:
    """Tell under which number the case is kept while the ticketing system is down."""
    case = _case_of(draft, event.handoff)
    if case is None or case.key:
        return draft.because("ticket_known")
    draft = with_case(draft, case, key=event.case, preface=())
    if case.state in OVER:
        return _preface(draft.because("ticket_over"), case)
    return tell(_preface(draft.because("ticket_delayed"), case), "utter_handoff_delayed", key=event.case)


def _preface(draft: Draft, case: Case) -> Draft:
    return replace(draft, lines=(*case.preface, *draft.lines))


def _handed_over(draft: Draft, case: Case, key: str) -> Draft:
    team = draft.book.policy.teams.get(case.team)
    named = {"key": key, "team": in_language(team.name, draft.talk.lang) if team else case.team}
    if draft.facts.open:
        return tell(draft, "utter_handoff_frustrated" if case.reason == "frustrated" else "utter_handoff", **named)
    back, phone = draft.facts.back_at, draft.book.policy.emergency_phone
    if back is not None:
        named |= {"day": day(back, draft.talk.lang), "hour": hour(back, draft.talk.lang)}
    return tell(draft, "utter_handoff_closed" if phone else "utter_handoff_closed_no_phone", **named)


def _case_of(draft: Draft, handoff: str) -> Case | None:
    return next((one for one in draft.talk.cases if one.handoff == handoff), None)


def agent_said(draft: Draft, event: AgentSaid) -> Draft:
    """Carry an agent's answer to the person; who answers first takes the conversation."""
    draft = draft if draft.talk.taken else take(draft, event.name)
    return draft.because("agent_said").doing(_relayed(draft, event.name, event.text, event.files))


def _relayed(draft: Draft, sender: str, text: str, files: tuple[File, ...]) -> Relay:
    return Relay("person", sender, text, files, draft.talk.lang, is_private(draft))


def agent_acted(draft: Draft, event: AgentActed) -> Draft:
    """An agent takes, hands back or resolves."""
    match event.action:
        case "take":
            return draft.because("taken_already") if draft.talk.taken else take(draft, event.name)
        case "hand_back":
            return hand_back(draft)
        case "resolve":
            return resolve(draft, by_us=True)
        case "dismiss":
            return dismiss(draft)
        case _:
            return draft.because("unknown_action")


def take(draft: Draft, name: str) -> Draft:
    """Give the conversation to an agent, by name; the bot's questions are over."""
    draft = _request_to_people(draft)
    case = draft.talk.case(draft.talk.active)
    if case:
        draft = with_case(draft, case, state="in_progress").doing(ChangeTicket(case.handoff, "in_progress"))
    draft = draft.with_talk(owner=Owner.HUMAN, taken=True, agent=name)
    return tell(draft.because("taken"), "utter_taken", name=name)


def _request_to_people(draft: Draft) -> Draft:
    """An agent who steps in without a handoff takes the open request as it is."""
    request = draft.request
    if request is None:
        draft = new_request(draft, words="")
    return draft.with_request(ended=Ended.ESCALATED, waiting=None, frames=(), handoff=None, closed_at=draft.at)


def hand_back(draft: Draft) -> Draft:
    """Give the conversation back to the bot, which asks whether the problem is gone."""
    if draft.talk.owner is not Owner.HUMAN:
        return draft.because("not_with_people")
    draft = draft.with_talk(owner=Owner.BOT, taken=False, agent="").because("handed_back")
    return _ask_if_solved(draft, "utter_handed_back")


def resolve(draft: Draft, by_us: bool) -> Draft:
    """The problem is resolved by people: say so, and ask the person to confirm, once."""
    case = draft.talk.case(draft.talk.active)
    if case is None:
        return _settled(draft)
    if case.state in OVER:
        return draft.because("resolved_already")
    draft = draft.doing(ChangeTicket(case.handoff, "resolved")) if by_us else draft
    return _resolved(draft.because("resolved"), case, "resolved")


def _resolved(draft: Draft, case: Case, state: str) -> Draft:
    draft = with_case(draft, case, state=state).with_talk(active=case.requests[0], owner=Owner.NOBODY, taken=False)
    return _ask_if_solved(draft, "utter_resolved_check", key=case.key or case.handoff)


def _settled(draft: Draft) -> Draft:
    """An agent is done with what never had a ticket."""
    if draft.request is None:
        return draft.because("nothing_open")
    draft = draft.with_talk(taken=False, agent="").because("settled")
    return close(tell(draft, "utter_anything_else"), Ended.ESCALATED)


def _ask_if_solved(draft: Draft, response: str, **named: str) -> Draft:
    waiting = Waiting("solved_check", since=draft.at, turn=draft.talk.turn)
    draft = tell(draft.with_request(waiting=waiting), response, **named)
    return offer(draft, button(draft, YES), button(draft, NO), button(draft, HUMAN))


def ticket_changed(draft: Draft, event: TicketChanged) -> Draft:
    """News from the ticketing system: a public reply reaches the person, a resolution is confirmed with them."""
    case = next((one for one in reversed(draft.talk.cases) if event.key in ("", one.key)), None)
    if event.reply or event.files:
        reply = _relayed(draft, event.author or event.key, event.reply, event.files)
        draft = draft.because("ticket_reply").doing(reply)
        if case is not None:  # somebody is there: what the person answers needs no receipt of ours
            case = replace(case, noted=True)
            draft = with_case(draft, case)
    if case is None or not event.state or event.state == case.state:
        return draft.because("ticket_state", detail=event.state)
    draft = draft.because("ticket_state", detail=event.state)
    if case.state in OVER and event.state in OVER:
        return with_case(draft, case, state=event.state)
    if draft.talk.active not in (0, *case.requests):  # another request is under way: a word, and on with that one
        key, state = case.key or case.handoff, phrase(draft, f"utter_state_{event.state}")
        return tell(with_case(draft, case, state=event.state), "utter_ticket_state", key=key, state=state)
    if event.state in OVER:
        return _resolved(draft, case, event.state)
    return _worked_on(with_case(draft, case, state=event.state), case)


def _worked_on(draft: Draft, case: Case) -> Draft:
    """People work on a ticket; one that was over is with them again."""
    if case.state not in OVER:
        return draft
    draft = draft.with_talk(owner=Owner.HUMAN, active=case.requests[0]).with_request(waiting=None)
    return tell(draft, "utter_reopened", key=case.key or case.handoff)
