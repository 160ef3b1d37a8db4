"""Which language the conversation is in, and how it changes."""

from dataclasses import replace

from .conversation import Owner
from .draft import Draft
from .effects import Button
from .texts import phrase, tell
from .understanding import Act

WORDS_TO_SWITCH = 5  # a message this long in the other language is answered in it (design.md, "Language")


def follow(draft: Draft) -> Draft:
    """Answer in the language asked for, or in that of a long enough message, with a button to return."""
    wanted, told = asked_for(draft), draft.understood.lang
    if wanted:
        return speak(draft, wanted)
    if draft.talk.owner is Owner.HUMAN:  # people answer: only the notices follow the language
        return draft
    if told is None or told == draft.talk.lang or told not in draft.book.policy.languages:
        return draft
    if draft.talk.turn == 1:  # nothing was said before: this is its language, no switch
        return speak(draft, told)
    if draft.understood.words < WORDS_TO_SWITCH:
        return draft
    return tell(replace(speak(draft, told), way_back=draft.talk.lang), "utter_switched")


def asked_for(draft: Draft) -> str:
    """The language that the person asks for; empty when none."""
    acts = draft.understood.acts
    if Act.SPEAK_FRENCH in acts:
        return "fr"
    return "en" if Act.SPEAK_ENGLISH in acts else ""


def only_language(draft: Draft) -> bool:
    """Whether the message asks for a language and for nothing else."""
    acts = set(draft.understood.acts) - {Act.GREETING, Act.THANKS, Act.YES, Act.NO}
    told = draft.understood.intent or draft.understood.entities
    return bool(acts) and acts <= {Act.SPEAK_FRENCH, Act.SPEAK_ENGLISH} and not told


def speak(draft: Draft, lang: str) -> Draft:
    """Go on in another language that the desk speaks."""
    known = lang in draft.book.policy.languages
    return draft.with_talk(lang=lang).noting("language", lang) if known else draft


def return_button(draft: Draft) -> Button:
    """The button back to the former language, labelled in it."""
    label = phrase(draft.with_talk(lang=draft.way_back), "utter_back_label")
    return Button(f"lang:{draft.way_back}", label)
