"""Put one question to the person, with its choices."""

from .conversation import Waiting
from .draft import Draft
from .flow import Choice, Collect
from .texts import DONT_KNOW, HUMAN, NO, YES, button, choice_buttons, offer, phrase, say, variation


def ask(draft: Draft, step: Collect) -> Draft:
    """Ask and wait; every question can be answered "I don't know" or with a wish for a human."""
    choices = choices_of(draft, step)
    waiting = Waiting(
        "collect", slot=step.slot, utter=step.utter, choices=choices, since=draft.at, turn=draft.talk.turn
    )
    buttons = (*choice_buttons(draft, choices), button(draft, DONT_KNOW), button(draft, HUMAN))
    draft = counted(draft, (step.slot,)).with_request(waiting=waiting)
    return say(offer(draft, *buttons), phrase(draft, step.utter) or step.slot)


def choices_of(draft: Draft, step: Collect) -> tuple[Choice, ...]:
    """The choices shown for a slot: the response's buttons, or yes and no for a bool without any."""
    one, spec = variation(draft, step.utter), draft.book.slots.get(step.slot)
    if one and one.buttons:
        return tuple(choice for choice in one.buttons if choice.slot in ("", step.slot))
    if spec and spec.type == "bool":
        return tuple(Choice({draft.talk.lang: phrase(draft, f"utter_label_{yes}")}, yes) for yes in (YES, NO))
    return ()


def counted(draft: Draft, slots: tuple[str, ...]) -> Draft:
    """Count questions that are asked for the first time; those before a handoff are outside the budget."""
    request = draft.request
    if request is None:
        return draft
    new = tuple(slot for slot in slots if slot not in request.asked)
    spent = 0 if request.handoff else len(new)
    return draft.with_request(asked=(*request.asked, *new), questions=request.questions + spent)
