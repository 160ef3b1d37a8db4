"""What the bot says: responses of the pack, chosen, filled in and put into the draft."""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from . import predicate
from .draft import UNKNOWN, Draft
from .effects import Button
from .flow import Choice, Variation
from .names import names
from .playbook import Playbook

YES, NO, CANNOT_TRY, HUMAN, DONT_KNOW, HERE = "yes", "no", "cannot_try", "human", "dont_know", "here"
_PLACE = re.compile(r"\{(\w+)\}")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
LONGEST_VALUE = 80  # characters of a person's words repeated in a text


def tell(draft: Draft, response: str, /, **named: Any) -> Draft:
    """Add a paragraph."""
    return say(draft, phrase(draft, response, **named))


def say(draft: Draft, text: str) -> Draft:
    """Add a paragraph that is composed already; an empty one adds nothing."""
    return replace(draft, lines=(*draft.lines, text)) if text else draft


def offer(draft: Draft, *buttons: Button) -> Draft:
    """Set the buttons of this turn's message, in place of any before."""
    return replace(draft, buttons=buttons)


def button(draft: Draft, button_id: str, label: str = "") -> Button:
    """Make a button; its label is the response utter_label_<id> unless given."""
    return Button(button_id, label or phrase(draft, f"utter_label_{button_id}"))


def phrase(draft: Draft, response: str, /, **named: Any) -> str:
    """Fill in a response in the conversation's language; a response that no pack has gives an empty text."""
    chosen = variation(draft, response)
    return fill(draft, in_language(chosen.text, draft.talk.lang), named) if chosen else ""


def fill(draft: Draft, text: str, named: Mapping[str, Any]) -> str:
    """Replace {names}: given ones as they are, slots with their markup made harmless, unknown ones by nothing."""

    policy = draft.book.policy
    desk = {"phone": policy.emergency_phone, "dpo": policy.dpo, "button": policy.report_button.get(draft.talk.lang, "")}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name in named:
            return str(named[name])
        if name in desk:
            return desk[name]
        told = draft.value(name)
        return "" if told in (None, UNKNOWN) else harmless(str(told))

    return _PLACE.sub(value, text)


def harmless(words: str) -> str:
    """Shorten a person's words and take the power from any markup in them."""
    return _MARKUP.sub(r"\\\1", words[:LONGEST_VALUE])


def in_language(words: Mapping[str, str], lang: str) -> str:
    """Choose the words of a language; any other when a pack lacks it."""
    return words.get(lang) or next(iter(words.values()), "")


def variation(draft: Draft, response: str) -> Variation | None:
    """Choose a variation: condition and channel, channel, condition, neither; equals by a hash of the turn."""
    told = names(draft)
    fitting = [
        one
        for one in draft.book.responses.get(response, ())
        if one.channel in ("", draft.talk.channel) and (not one.when or predicate.holds(one.when, told))
    ]
    best = max((_rank(one) for one in fitting), default=0)
    equals = [one for one in fitting if _rank(one) == best]
    return equals[_pick(draft, response) % len(equals)] if equals else None


def _rank(one: Variation) -> int:
    return 2 * bool(one.channel) + bool(one.when)


def _pick(draft: Draft, response: str) -> int:
    key = f"{draft.book.policy.seed}:{draft.talk.active}:{draft.talk.turn}:{response}"
    return int.from_bytes(sha256(key.encode()).digest()[:4], "big")


def choice_buttons(draft: Draft, choices: tuple[Choice, ...]) -> tuple[Button, ...]:
    """Make the buttons of choices; the value is the id."""
    return tuple(Button(one.value, in_language(one.title, draft.talk.lang)) for one in choices)


def value_name(draft: Draft, slot: str, value: Any) -> str:
    """What the question's own button calls a value, in the person's language; else the value as it is."""
    word = {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value
    choices = [one for variation in draft.book.responses.get(f"utter_ask_{slot}", ()) for one in variation.buttons]
    titles = (one.title for one in choices if one.value in (str(value), str(word)))
    return next((in_language(title, draft.talk.lang) for title in titles), "") or _plain_value(draft, word)


def _plain_value(draft: Draft, value: Any) -> str:
    return phrase(draft, f"utter_label_{value}") if value in (YES, NO) else harmless(str(value))


def topic_name(book: Playbook, topic: str, lang: str) -> str:
    """What people call a topic, in their language; the id when no flow names it."""
    named = (one for one in book.flows.values() if one.topic == topic and one.name)
    flow = next(named, None)
    return in_language(flow.name, lang) if flow else topic.replace("_", " ")
