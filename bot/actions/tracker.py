"""A conversation as rasa-sdk shows it to an action, and what an action gave back as plain values."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from bot.dialog.effects import RunAction
from bot.ports.actions import Done

UNSAID = ("buttons", "elements", "custom", "image", "attachment", "template")  # of a message, what is not taken over

log = logging.getLogger(__name__)


def tracker_state(effect: RunAction, conversation: str) -> dict[str, Any]:
    """Write the tracker JSON. Everything in it is a copy: actions change what they are handed."""
    return {
        "sender_id": conversation,
        "slots": plain(dict(effect.slots)),
        "latest_message": {"text": "", "intent": {}, "entities": [], "metadata": {"lang": effect.lang}},
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": "action_listen",
        "stack": [],
        "user_id": None,
    }


def plain(value: Any) -> Any:
    """Copy a value as JSON would carry it; what JSON cannot carry becomes its text. Raises ValueError for a circle."""
    return json.loads(json.dumps(value, default=str))


def done(effect: RunAction, events: Iterable[Any] | None, messages: Iterable[Mapping[str, Any]]) -> Done:
    """Take over the slots an action set and the messages it uttered."""
    slots: dict[str, Any] = {}
    for event in events or ():
        match event:
            case {"event": "slot", "name": str(name)}:
                slots[name] = plain(event.get("value"))
            case {"event": "reset_slots"}:
                slots = dict.fromkeys(effect.slots)
            case _:
                kind = event.get("event") if isinstance(event, Mapping) else type(event).__name__
                log.warning("action %s: an event of kind %s is passed over", effect.action, kind)
    return Done(slots, tuple(_message(message) for message in messages))


def _message(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Keep the text or the response's id, and the values for its placeholders."""
    return {key: plain(value) for key, value in message.items() if key not in UNSAID and value is not None}
