"""Actions as a company writes them: a look-up that answers, and a door opener that never does."""

import threading

from rasa_sdk import Action
from rasa_sdk.events import SlotSet


class CheckBadge(Action):
    """Looks a badge up. It changes nothing, so it may run again."""

    repeatable = True

    def name(self):
        return "action_check_badge"

    async def run(self, dispatcher, tracker, domain):
        expired = str(tracker.get_slot("badge_number")).startswith("9")
        state, until = ("expired", "2025-12-31") if expired else ("valid", "2026-12-31")
        dispatcher.utter_message(response=f"utter_badge_{state}")
        return [SlotSet("badge_state", state), SlotSet("badge_until", until)]


class OpenGate(Action):
    """Asks a gate to open that never answers. It moves something, so it does not run again by itself."""

    def name(self):
        return "action_open_gate"

    def run(self, dispatcher, tracker, domain):
        threading.Event().wait()
        return []
