"""A pressed button: found by id, label or number, and taken as the answer that it stands for."""

from .answering import named, reply
from .conversation import Owner
from .draft import Draft
from .elsewhere import join
from .events import ButtonPressed
from .language import speak
from .listening import acting
from .memory import OVER
from .repair import ask_again
from .safety import human
from .status import status
from .texts import HUMAN, tell


def pressed(draft: Draft, event: ButtonPressed) -> Draft:
    """Answer a press; one of an old message changes nothing."""
    button = named(draft, event.button) or event.button
    lang = button.removeprefix("lang:")
    if lang != button and lang in draft.book.policy.languages:
        return _language(draft.because("language_button", lang), lang)
    if (joined := join(draft, button)) is not None:
        return joined
    if draft.talk.owner is Owner.HUMAN:
        return _with_people(draft.because("old_button"), button)
    if button == HUMAN:
        return human(draft)
    if acting(draft):
        return draft.because("action_running")
    if _stale(draft, event):
        return _where_we_are(draft.because("old_button"))
    return reply(draft, button) or _where_we_are(draft.because("unknown_button"))


def _where_we_are(draft: Draft) -> Draft:
    draft = tell(draft, "utter_old_button")
    waiting = draft.request.waiting if draft.request else None
    return ask_again(draft) if waiting else tell(draft, "utter_nothing_open")


def _with_people(draft: Draft, button: str) -> Draft:
    """While a human owns, every button belongs to an earlier question: the state of the ticket is all there is."""
    if all(case.state in OVER for case in draft.talk.cases):
        return draft
    return status(draft if button == HUMAN else tell(draft, "utter_old_button"))


def _stale(draft: Draft, event: ButtonPressed) -> bool:
    """Nothing is asked, or something else than when the button was shown; a reminder shows the same question later."""
    request = draft.request
    waiting = request.waiting if request else None
    return waiting is None or 0 < event.turn < waiting.turn


def _language(draft: Draft, lang: str) -> Draft:
    """Go back to the former language and put the question again in it."""
    draft = speak(draft, lang)
    waiting = draft.request.waiting if draft.request else None
    if draft.talk.owner is Owner.HUMAN or (waiting and waiting.what == "action"):
        return tell(draft, "utter_switched")
    return ask_again(draft) if waiting else tell(draft, "utter_ask_problem")
