"""The decision: one event, one turn. Dispatch only; the policy stands in the small files beside this one."""

from dataclasses import replace
from typing import assert_never

from . import ownership
from .acting import action_failed, action_finished
from .company import colleague_wrote
from .conversation import Conversation
from .draft import Draft
from .events import (
    ActionFailed,
    ActionFinished,
    AgentActed,
    AgentSaid,
    AnyEvent,
    ButtonPressed,
    Linking,
    PersonEdited,
    PersonRated,
    PersonSaid,
    TicketChanged,
    TicketDelayed,
    TicketOpened,
    TimerFired,
    WorkFailed,
)
from .finishing import finish
from .listening import edited, hear_held, heard
from .playbook import Playbook
from .pressing import pressed
from .proving import proof_changed
from .safety import work_failed
from .silence import fired
from .steps import run
from .turn import Turn

VERSION = "1"  # of the rules: recorded with every event, since a replay needs the same


def decide(conversation: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
    """Answer one event.

    Pure: equal arguments give an equal Turn. Raises nothing for any text that a person can send.
    """
    lang, channel = _language(conversation, event, playbook), event.facts.channel or conversation.channel
    now = replace(conversation, turn=conversation.turn + 1, lang=lang, channel=channel)
    draft = hear_held(run(_dispatch(Draft(now, event, playbook), event)))
    return finish(conversation, draft)


def _language(conversation: Conversation, event: AnyEvent, playbook: Playbook) -> str:
    """The language to begin with: the person's or the page's, until they write; then the conversation's own."""
    known = event.facts.language
    begins = conversation.turn == 0 and known in playbook.policy.languages
    return known if begins else conversation.lang


def _dispatch(draft: Draft, event: AnyEvent) -> Draft:
    match event:
        case PersonSaid() | ButtonPressed() | PersonEdited() if event.facts.colleague:
            return colleague_wrote(draft)
        case PersonSaid():
            return heard(draft, event)
        case ButtonPressed():
            return pressed(draft, event)
        case PersonRated():  # kept for those who count; it answers no question
            return draft.because("rated", detail="good" if event.good else "bad")
        case PersonEdited():
            return edited(draft, event)
        case AgentSaid():
            return ownership.agent_said(draft, event)
        case AgentActed():
            return ownership.agent_acted(draft, event)
        case TicketOpened():
            return ownership.ticket_opened(draft, event)
        case TicketDelayed():
            return ownership.ticket_delayed(draft, event)
        case TicketChanged():
            return ownership.ticket_changed(draft, event)
        case ActionFinished():
            return action_finished(draft, event)
        case ActionFailed():
            return action_failed(draft, event)
        case TimerFired():
            return fired(draft, event)
        case Linking():
            return proof_changed(draft, event)
        case WorkFailed():
            return work_failed(draft, event.what)
    assert_never(event)
