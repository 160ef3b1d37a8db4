"""The lines of `guichet chat --json` (contract.md, "Talk"): what goes in, read strictly, and what comes out."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from bot.dialog.conversation import Conversation, Owner, Request
from bot.dialog.effects import ChangeTicket, CommentTicket, OpenTicket, Relay, Say
from bot.dialog.events import File
from bot.dialog.understanding import Understanding

_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")
_KEYS = ("text", "texts", "button", "agent", "attach", "wait", "agent_action", "ticket")
AGENT_ACTIONS = ("take", "hand_back", "resolve")


class BadLineError(ValueError):
    """An input line that is none of the contract's; the message says which and what is expected."""


@dataclass(frozen=True, slots=True)
class Said:
    """The person writes, one message or a burst; or sends a file."""

    texts: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person presses a button."""

    button: str


@dataclass(frozen=True, slots=True)
class Waited:
    """The clock moves."""

    time: timedelta


@dataclass(frozen=True, slots=True)
class AgentLine:
    """An agent answers (`text`, with files or without) or acts (`action`)."""

    name: str
    text: str = ""
    action: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketLine:
    """News from the ticketing system."""

    status: str = ""
    reply: str = ""


Line = Said | Pressed | Waited | AgentLine | TicketLine


def read_line(text: str) -> Line:
    """Read one input line. Raises BadLineError."""
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise BadLineError('not a JSON object; write for example {"text": "my vpn is down"}') from None
    if not isinstance(told, dict):
        raise BadLineError("not a JSON object")
    return line_of(told)


def line_of(told: Mapping[str, Any]) -> Line:
    """Read one input. Raises BadLineError."""
    key = next((key for key in _KEYS if key in told), None)
    if key is None:
        raise BadLineError(f"none of {', '.join(_KEYS)}")
    return _READERS[key](told)


def _text(told: Mapping[str, Any], key: str) -> str:
    if not isinstance(told[key], str):
        raise BadLineError(f"{key} takes a string")
    return str(told[key])


def _texts(told: Mapping[str, Any]) -> Said:
    texts = told["texts"]
    if not isinstance(texts, list) or not texts or not all(isinstance(one, str) for one in texts):
        raise BadLineError("texts takes a list of strings")
    return Said(tuple(texts))


def _attach(told: Mapping[str, Any]) -> Said:
    return Said(files=_files(told))


def _agent(told: Mapping[str, Any]) -> AgentLine:
    return AgentLine(_name(told), _text(told, "agent"), files=_files(told) if "attach" in told else ())


def _files(told: Mapping[str, Any]) -> tuple[File, ...]:
    file = told["attach"]
    good = isinstance(file, dict) and isinstance(file.get("name"), str) and isinstance(file.get("size", 0), int)
    if not good:
        raise BadLineError('attach takes {"name": ..., "type": ..., "size": bytes}')
    name, kind, size = file["name"], str(file.get("type", "")), int(file.get("size", 0))
    return (File(name=name, type=kind, size=size, ref=f"file:{name}"),)


def _wait(told: Mapping[str, Any]) -> Waited:
    match = _DURATION.fullmatch(_text(told, "wait"))
    parts = [int(part or 0) for part in match.groups()] if match else []
    if not any(parts):
        raise BadLineError('wait takes an ISO 8601 duration of days or less, such as "PT26H"')
    return Waited(timedelta(days=parts[0], hours=parts[1], minutes=parts[2], seconds=parts[3]))


def _agent_action(told: Mapping[str, Any]) -> AgentLine:
    if told["agent_action"] not in AGENT_ACTIONS:
        raise BadLineError(f"agent_action takes one of {', '.join(AGENT_ACTIONS)}")
    return AgentLine(_name(told), action=told["agent_action"])


def _name(told: Mapping[str, Any]) -> str:
    return str(told.get("name") or "Agent")


def _ticket(told: Mapping[str, Any]) -> TicketLine:
    news = told["ticket"]
    if not isinstance(news, dict) or not ({"status", "public_reply"} & set(news)):
        raise BadLineError('ticket takes {"status": ...} or {"public_reply": ...}')
    return TicketLine(str(news.get("status") or ""), str(news.get("public_reply") or ""))


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Line]] = {
    "text": lambda told: Said((_text(told, "text"),)),
    "texts": _texts,
    "button": lambda told: Pressed(_text(told, "button")),
    "attach": _attach,
    "wait": _wait,
    "agent": _agent,
    "agent_action": _agent_action,
    "ticket": _ticket,
}


def reply_line(say: Say) -> dict[str, Any]:
    """A message of the bot."""
    return {
        "event": "reply",
        "from": "bot",
        "text": say.text,
        "lang": say.lang,
        "notice": say.notice,
        "buttons": [{"id": one.id, "label": one.label} for one in say.buttons],
        "sources": [asdict(one) for one in say.sources],
    }


def relay_line(relay: Relay) -> dict[str, Any]:
    """Words carried between an agent and the person."""
    told = {"event": "relay", "to": relay.to, "from": relay.sender, "text": relay.text}
    return told | ({"files": [one.name for one in relay.files]} if relay.files else {})


def ticket_line(ticket: OpenTicket, key: str, transcript: list[dict[str, str]]) -> dict[str, Any]:
    """A ticket that was opened."""
    return {
        "event": "ticket",
        "key": key,
        "title": ticket.title,
        "priority": ticket.priority,
        "impact": ticket.impact,
        "urgency": ticket.urgency,
        "level": ticket.level,
        "team": ticket.team,
        "reason": ticket.reason,
        "topic": ticket.topic,
        "requests": list(ticket.requests),
        "slots": dict(ticket.slots),
        "slot_origins": dict(ticket.slot_origins),
        "steps": [{"what": one.what, "result": one.result} for one in ticket.steps],
        "summary": ticket.summary,
        "lang": ticket.lang,
        "transcript": transcript,
    }


def update_line(effect: CommentTicket | ChangeTicket, key: str) -> dict[str, Any]:
    """A note or a new state on a ticket."""
    if isinstance(effect, CommentTicket):
        return {"event": "ticket_update", "key": key, "kind": "comment", "text": effect.text}
    kind = "reopened" if effect.state == "reopened" else "state"
    return {"event": "ticket_update", "key": key, "kind": kind, "text": effect.state}


def turn_line(n: int, talk: Conversation, read: Understanding, rule: str, outcome: str | None) -> dict[str, Any]:
    """How the conversation stands after an input line."""
    request = talk.request(talk.active) or (talk.requests[-1] if talk.requests else None)
    return {
        "event": "turn",
        "n": n,
        "owner": str(talk.owner),
        "status": _status(talk, request),
        "request": request.number if request else None,
        "topic": (request.topic or None) if request else None,
        "flow": (request.flow or None) if request else None,
        "step": request.frames[-1].step if request and request.frames else None,
        "intent": read.intent,
        "confidence": round(read.confidence, 2),
        "slots": {name: slot.value for name, slot in request.slots.items()} if request else {},
        "slot_origins": {name: str(slot.origin) for name, slot in request.slots.items()} if request else {},
        "asked": list(request.asked) if request else [],
        "lang": talk.lang,
        "outcome": outcome,
        "rule": rule,
    }


def _status(talk: Conversation, request: Request | None) -> str:
    """open: somebody of ours is at it; waiting: the person's answer is awaited; closed: nobody's turn."""
    if talk.owner is Owner.NOBODY:
        return "closed"
    return "waiting" if request and request.waiting and request.waiting.what != "action" else "open"
