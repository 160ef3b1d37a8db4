"""One owner at a time: people take over, answer, give back, resolve; the bot sends notices only meanwhile."""

from dataclasses import replace

from .conversation import Case, Ended, Owner, Waiting
from .draft import Draft
from .effects import ChangeTicket, CommentTicket, Relay
from .escalation import with_case
from .events import AgentActed, AgentSaid, PersonEdited, PersonSaid, TicketChanged, TicketDelayed, TicketOpened
from .requests import new_request, said
from .safety import security
from .status import status
from .texts import HUMAN, NO, YES, button, in_language, offer, tell
from .timing import day, hour
from .understanding import Act


def person_wrote(draft: Draft) -> Draft:
    """Carry the person's words to the agent and the ticket; before anybody took it, answer the few things we may."""
    case = draft.talk.cases[-1] if draft.talk.cases else None
    if draft.understood.threat and not draft.talk.taken:
        return security(draft, draft.understood.threat)
    draft = _carry(draft, case)
    if draft.talk.taken or case is None:
        return draft.because("human_owns")
    return _before_taken(draft, case)


def _carry(draft: Draft, case: Case | None) -> Draft:
    words, files = said(draft), _files(draft)
    draft = draft.doing(Relay("agent", draft.facts.name or "person", words)) if draft.talk.taken else draft
    if case is None or not (words or files):
        return draft
    return draft.doing(CommentTicket(case.handoff, words, author="person", files=files))


def _files(draft: Draft) -> tuple[str, ...]:
    return tuple(file.ref for file in draft.event.files) if isinstance(draft.event, PersonSaid) else ()


def _before_taken(draft: Draft, case: Case) -> Draft:
    acts = draft.understood.acts
    if Act.STATUS in acts or draft.understood.intent == "ticket_status":
        return status(draft)
    if Act.SOLVED in acts or Act.CANCEL in acts:
        return _withdrawn(draft, case)
    if case.noted:
        return draft.because("added_to_ticket")
    noted = with_case(draft.because("receipt"), case, noted=True)
    return tell(noted, "utter_receipt", key=case.key or case.handoff)


def _withdrawn(draft: Draft, case: Case) -> Draft:
    """The person needs it no more: the ticket is resolved and the conversation closed."""
    draft = with_case(draft, case, state="resolved").doing(ChangeTicket(case.handoff, "resolved"))
    draft = draft.with_talk(owner=Owner.NOBODY, active=0).because("withdrawn")
    return tell(draft, "utter_solved_plain" if Act.SOLVED in draft.understood.acts else "utter_cancelled")


def ticket_opened(draft: Draft, event: TicketOpened) -> Draft:
    """Tell the key, what happens next, and that nothing needs repeating."""
    case = _case_of(draft, event.handoff)
    if case is None or case.confirmed:
        return draft.because("ticket_known")
    draft = with_case(draft, case, key=event.key, confirmed=True, preface=())
    if case.key:  # the case number was told before
        return tell(draft.because("ticket_number"), "utter_ticket_number", key=event.key)
    return _handed_over(_preface(draft.because("ticket_opened"), case), case, event.key)


def ticket_delayed(draft: Draft, event: TicketDelayed) -> Draft:
    """Tell under which number the case is kept while the ticketing system is down."""
    case = _case_of(draft, event.handoff)
    if case is None or case.key:
        return draft.because("ticket_known")
    draft = with_case(draft, case, key=event.case, preface=())
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
    return draft.because("agent_said").doing(Relay("person", event.name, event.text))


def agent_acted(draft: Draft, event: AgentActed) -> Draft:
    """An agent takes, hands back or resolves."""
    match event.action:
        case "take":
            return draft.because("taken_already") if draft.talk.taken else take(draft, event.name)
        case "hand_back":
            return hand_back(draft)
        case "resolve":
            return resolve(draft, by_us=True)
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
    draft = draft.with_talk(owner=Owner.BOT, taken=False, agent="").because("handed_back")
    return _ask_if_solved(draft, "utter_handed_back")


def resolve(draft: Draft, by_us: bool) -> Draft:
    """The problem is resolved by people: say so, and ask the person to confirm, once."""
    case = draft.talk.case(draft.talk.active) or (draft.talk.cases[-1] if draft.talk.cases else None)
    if case is None:
        return draft.with_talk(owner=Owner.NOBODY, active=0).because("resolved")
    if case.state in ("resolved", "closed"):
        return draft.because("resolved_already")
    draft = draft.doing(ChangeTicket(case.handoff, "resolved")) if by_us else draft
    draft = with_case(draft, case, state="resolved").with_talk(active=case.requests[0], owner=Owner.NOBODY, taken=False)
    return _ask_if_solved(draft.because("resolved"), "utter_resolved_check", key=case.key)


def _ask_if_solved(draft: Draft, response: str, **named: str) -> Draft:
    waiting = Waiting("solved_check", since=draft.at, turn=draft.talk.turn)
    draft = tell(draft.with_request(waiting=waiting), response, **named)
    return offer(draft, button(draft, YES), button(draft, NO), button(draft, HUMAN))


def ticket_changed(draft: Draft, event: TicketChanged) -> Draft:
    """News from the ticketing system: a public reply reaches the person, a resolution is confirmed with them."""
    if event.reply:
        draft = draft.because("ticket_reply").doing(Relay("person", event.author or event.key, event.reply))
    if event.state in ("resolved", "closed"):
        return resolve(draft, by_us=False)
    case = next((one for one in draft.talk.cases if one.key == event.key or not event.key), None)
    if case and event.state:
        return with_case(draft, case, state=event.state).because("ticket_state", detail=event.state)
    return draft


def edited(draft: Draft, event: PersonEdited) -> Draft:
    """Note an edit or a deletion for the agent; state changes only by what is written anew."""
    case = draft.talk.cases[-1] if draft.talk.cases else None
    draft = draft.because("edited" if event.text else "deleted")
    if case is None or draft.talk.owner is not Owner.HUMAN:
        return draft
    return draft.doing(CommentTicket(case.handoff, event.text, author="person")) if event.text else draft
