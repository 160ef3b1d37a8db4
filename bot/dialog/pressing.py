"""A pressed button: found by id, label or number, and taken as the answer that it stands for."""

from .answering import reply
from .choices import by_number, plainly
from .conversation import Owner
from .draft import Draft
from .events import ButtonPressed
from .language import speak
from .repair import ask_again
from .safety import human
from .texts import HUMAN, tell


def pressed(draft: Draft, event: ButtonPressed) -> Draft:
    """Answer a press; one of an old message changes nothing."""
    button = _which(draft, event.button)
    if button.startswith("lang:"):
        return _language(draft, button.removeprefix("lang:"))
    if draft.talk.owner is Owner.HUMAN:
        return tell(draft.because("old_button"), "utter_old_button")
    if button == HUMAN:
        return human(draft)
    if _stale(draft, event):
        return ask_again(tell(draft.because("old_button"), "utter_old_button"))
    answered = reply(draft, button)
    if answered is not None:
        return answered
    return ask_again(tell(draft.because("unknown_button"), "utter_old_button"))


def _which(draft: Draft, pressed: str) -> str:
    """The id that was pressed; labels and numbers of the last message work too."""
    shown = draft.talk.last_said.buttons if draft.talk.last_said else ()
    if any(one.id == pressed for one in shown):
        return pressed
    index = by_number(pressed, len(shown))
    if index is not None:
        return shown[index].id
    return next((one.id for one in shown if plainly(one.label) == plainly(pressed)), pressed)


def _stale(draft: Draft, event: ButtonPressed) -> bool:
    request = draft.request
    waiting = request.waiting if request else None
    return waiting is None or event.turn not in (0, waiting.turn)


def _language(draft: Draft, lang: str) -> Draft:
    """Go back to the former language and put the question again in it."""
    draft = speak(draft, lang).because("language_button", lang)
    request = draft.request
    return ask_again(draft) if request and request.waiting else tell(draft, "utter_ask_problem")
