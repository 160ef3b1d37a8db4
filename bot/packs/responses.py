"""The responses that the engine itself says: packs must have them all, and may use only what it fills in."""

from collections.abc import Collection, Mapping

# In every text: slots of the request, and what settings say.
ALWAYS = ("phone", "dpo", "button")
_FIX = ("title", "minutes", "risk", "body", "check")
_NUMBER = ("key",)
_HANDOFF = ("key", "team")

# Response -> what the engine fills in.
ENGINE: Mapping[str, Collection[str]] = {
    **dict.fromkeys(
        (
            "anything_else", "ask_problem", "back_label", "cancelled", "check", "check_how_to", "check_workaround",
            "clarify", "closed_silence", "deadline", "error", "file", "first_words", "greeting_again", "handed_back",
            "help", "help_people", "in_private", "label_cannot_try", "label_dont_know", "label_here", "label_human",
            "label_no", "label_rephrase", "label_yes", "link_how", "link_not_here", "link_over", "link_unsent",
            "link_wrong", "no_risk", "not_understood", "nothing_open", "offer_human", "offer_human_scope",
            "old_button", "picture", "scope", "small_talk", "solved_plain", "sorry_frustrated", "state_closed",
            "state_in_progress", "state_new", "state_pending", "state_resolved", "status_none", "status_public",
            "status_unproven", "switched", "thanks", "third_language", "time_limit", "together_help_words",
            "together_intro", "unlinked", "which_language",
        ),
        (),
    ),
    "privacy": ("link",),
    "propose": _FIX,
    "propose_how_to": _FIX,
    "propose_workaround": _FIX,
    "advice": ("body",),
    "meanwhile": ("body",),
    "already_done": ("title",),
    "solved": ("title",),
    "later": ("when",),
    "again": ("title",),
    "reminder": ("topic",),
    "holding": ("title",),
    "handoff": _HANDOFF,
    "handoff_frustrated": _HANDOFF,
    "handoff_closed": (*_HANDOFF, "day", "hour"),
    "handoff_closed_no_phone": (*_HANDOFF, "day", "hour"),
    "handoff_delayed": _NUMBER,
    "ticket_number": _NUMBER,
    "receipt": _NUMBER,
    "resolved_check": _NUMBER,
    "reopened": _NUMBER,
    "taken": ("name",),
    "ticket_state": ("key", "state"),
    "status_with_us": ("topic",),
    "label_join": ("topic",),
    "joined": ("topic",),
    "note_joined": ("channel",),
    "link_sent": ("email",),
    "linked": ("email",),
    "status_line": ("key", "topic", "state", "since"),
    "next_problem": ("topic",),
    "several": ("list",),
    "aside": ("topic",),
    "back_to": ("topic",),
    "corrected": ("slot", "value"),
    "secret_hidden": ("channel",),
    "together_help": ("example",),
}  # fmt: skip


def placeholders_of(response: str) -> tuple[str, ...]:
    """What a response may name in braces besides slots."""
    return (*ENGINE.get(response.removeprefix("utter_"), ()), *ALWAYS)


def required() -> tuple[str, ...]:
    """The ids of all responses that the engine says."""
    return tuple(f"utter_{name}" for name in ENGINE)
