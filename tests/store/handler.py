"""A tiny pure handler for tests of the ledger: words of a message are its commands."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.conversation import Conversation, Owner, Request, Slot
from bot.dialog.effects import (
    CancelTimer,
    CommentTicket,
    Effect,
    OpenTicket,
    Relay,
    RunAction,
    Say,
    SetTimer,
)
from bot.dialog.events import (
    ActionFailed,
    ActionFinished,
    AgentActed,
    AgentSaid,
    AnyEvent,
    PersonSaid,
    TicketOpened,
    TimerFired,
    WorkFailed,
)
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Note, Trace
from bot.dialog.turn import Turn


def decide(conversation: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
    """Count the turn, remember the last words, and do what the words say."""
    told = replace(conversation, turn=conversation.turn + 1)
    match event:
        case PersonSaid(texts=texts):
            return _said(told, event, " ".join(texts))
        case AgentSaid(text=text, name=name):
            told = replace(told, owner=Owner.HUMAN, agent=name, taken=True)
            return _turn(told, Relay(to="person", sender=name, text=text), rule="agent")
        case AgentActed(action=action):
            return _turn(replace(told, owner=Owner.HUMAN if action == "take" else Owner.NOBODY), rule=action)
        case TicketOpened(key=key):
            return _turn(told, Say(text=f"ticket {key}", notice=True), rule="ticket")
        case ActionFinished(slots=slots):
            return _turn(told, Say(text=f"action gave {dict(slots)}"), rule="action")
        case ActionFailed(why=why):
            return _turn(told, Say(text=f"action {why}"), rule="action")
        case TimerFired(name=name):
            return _turn(told, Say(text=f"timer {name}"), rule="timer")
        case WorkFailed():
            return _turn(replace(told, owner=Owner.HUMAN), Say(text="sorry", notice=True), rule="work_failed")
        case _:
            return _turn(told, Say(text=event.kind), rule=event.kind)


def _said(told: Conversation, event: PersonSaid, text: str) -> Turn:
    slots = {"last": Slot(text)}
    told = replace(told, owner=Owner.BOT, requests=(Request(number=1, symptom=text, slots=slots),), active=1)
    effects: list[Effect] = []
    for word in text.split():
        match word.partition("="):
            case ("boom", _, _):
                raise RuntimeError(f"cannot handle {text}")
            case ("ticket", _, _):
                effects.append(OpenTicket(handoff=f"{told.id}:1:1", title=text))
            case ("note", _, _):
                effects.append(CommentTicket(handoff=f"{told.id}:1:1", text=text))
            case ("act", _, name):
                effects.append(RunAction(call=f"{told.id}.{told.turn}", action=name, slots={"text": text}))
            case ("later", _, name):
                effects.append(SetTimer(name=name or "later", at=event.at + timedelta(hours=1)))
            case ("forget", _, name):
                effects.append(CancelTimer(name=name or "later"))
            case ("tell", _, _):
                effects.append(Relay(to="agent", text=text))
            case ("close", _, _):
                told = replace(told, owner=Owner.NOBODY, requests=(), active=0)
            case ("twice", _, _):
                effects.append(Say(text=f"first {text}", turn=told.turn))
            case _:
                pass
    answer = Say(text=f"{told.turn}: {text}", turn=told.turn)
    return _turn(replace(told, last_said=answer), *effects, answer, rule="said")


def _turn(told: Conversation, *effects: Effect, rule: str) -> Turn:
    return Turn(told, effects, Trace(rule=rule, notes=(Note("rule:test", ref=str(told.turn)),)))
