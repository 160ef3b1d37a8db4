"""What a command does: it is answered wherever the conversation stands, moves nothing and reaches no agent."""

from .commands import Command, command_in
from .conversation import Owner
from .draft import Draft
from .effects import Button
from .language import speak
from .names import proven
from .repair import ask_again
from .status import status
from .texts import offer, tell

_NAMES = {"fr": "Français", "en": "English"}  # each in itself
_TYPED = frozenset({"email"})  # where a button is a number, which belongs to the open question


def obey(draft: Draft) -> Draft | None:
    """Answer a message that is nothing but a command; None for any other, and for those that are words as well."""
    command = command_in(draft.words) if not draft.files else None
    if command is None:
        return None
    people = draft.talk.owner is Owner.HUMAN
    match command.name:
        case "lang":
            return _language(draft, command)
        case "human":
            return status(draft) if people else None
        case "link":
            return _link(draft)
        case "start" if not people and not draft.talk.active:
            return None  # how a conversation begins: greeted as anybody
        case _:
            return _help(draft)


def _help(draft: Draft) -> Draft:
    """Tell what can be written here."""
    people = draft.talk.owner is Owner.HUMAN
    draft = tell(draft.because("help"), "utter_help_people" if people else "utter_help")
    return tell(draft, "utter_link_how") if _can_link(draft) and not proven(draft) else draft


def _language(draft: Draft, command: Command) -> Draft:
    """Go on in a language that the desk speaks; ask which one where none of them is named."""
    if command.language not in draft.book.policy.languages:
        draft = tell(draft.because("which_language"), "utter_which_language")
        return draft if draft.talk.channel in _TYPED else offer(draft, *_buttons(draft))
    draft = speak(draft.because("language", command.language), command.language)
    waiting = draft.request.waiting if draft.request else None
    if draft.talk.owner is Owner.HUMAN or waiting is None or waiting.what == "action":
        return tell(draft, "utter_switched")
    return ask_again(draft)


def _buttons(draft: Draft) -> tuple[Button, ...]:
    return tuple(Button(f"lang:{one}", _NAMES.get(one, one)) for one in draft.book.policy.languages)


def _link(draft: Draft) -> Draft:
    """Say how the address is written: one that was written so is taken before it comes here."""
    if not draft.book.policy.links:
        return _help(draft)
    draft = draft.because("link:how")
    if draft.facts.public:
        return tell(draft, "utter_link_not_here")
    return tell(draft, "utter_link_how") if _can_link(draft) else _help(draft)


def _can_link(draft: Draft) -> bool:
    """Whether a code can show here who it is; not by mail, whose sender is what anybody writes there."""
    return draft.book.policy.links and draft.talk.channel != "email" and not draft.facts.public
