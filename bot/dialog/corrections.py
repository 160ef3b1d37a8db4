"""What a message tells besides, or against, what was said before: fill it in and find the right way again."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from .choices import chosen, entity_for, hinted
from .conversation import Origin, Request
from .draft import Draft
from .fixes import it_does_not
from .moves import begin_again
from .requests import fill_from
from .texts import tell, value_name
from .tries import DONE_BEFORE, proposed
from .understanding import Act


def take_news(draft: Draft, but: str = "") -> Draft | None:
    """Take new or changed values and fixes done before; None when there are none. `but`: the slot just answered."""
    request = draft.request
    if request is None:
        return None
    corrected = corrected_slot(draft) if Act.CORRECTION in draft.understood.acts else None
    filled = fill_from(draft, draft.understood.entities, Origin.ANSWER, but)
    news = filled.request is not None and _values(filled.request) != _values(request)
    if corrected:
        filled = filled.with_slots(dict([corrected]), Origin.ANSWER)
    elif not news:
        return _done_before(draft)
    filled = _acknowledged(draft, filled)
    return begin_again(_remember_done(filled).with_request(misses=0, before=None))


def _values(request: Request) -> Mapping[str, Any]:
    return {name: slot.value for name, slot in request.slots.items()}


def _acknowledged(before: Draft, after: Draft) -> Draft:
    """Say what was changed, when something known was changed and not only added."""
    known = before.request.slots if before.request else {}
    now = after.request.slots if after.request else {}
    changed = [name for name, slot in now.items() if name in known and known[name].value != slot.value]
    if not changed:
        return after.because("news")
    value = value_name(after, changed[0], after.value(changed[0]))
    return tell(after.because("correction", changed[0]), "utter_corrected", value=value)


def corrected_slot(draft: Draft) -> tuple[str, str] | None:
    """The slot, asked or told before, that the words give another value ("no, I meant at the office").

    The latest first; what names a value in full goes before what may be a bare no.
    """
    request = draft.request
    names = dict.fromkeys((*reversed(request.asked), *reversed(tuple(request.slots))) if request else ())
    known = (draft.book.slots.get(name) for name in names)
    specs = [spec for spec in known if spec and not spec.free_text]
    in_full = ((spec, entity_for(spec, draft.understood.entities) or hinted(draft.words, spec)) for spec in specs)
    at_all = ((spec, chosen(draft.words, (), spec)) for spec in specs)
    found = ((spec.name, value) for spec, value in chain(in_full, at_all) if value and value != draft.value(spec.name))
    return next(found, None)


def _remember_done(draft: Draft) -> Draft:
    request, done = draft.request, draft.understood.done
    known = request.done if request else ()
    return draft.with_request(done=tuple(dict.fromkeys((*known, *done))))


def _done_before(draft: Draft) -> Draft | None:
    """The person did the proposed fix already: on to the next."""
    at_fix = proposed(draft)
    if not draft.understood.done:
        return None
    draft = _remember_done(draft)
    if at_fix and set(at_fix[0].done_words) & set(draft.understood.done):
        return it_does_not(draft, DONE_BEFORE)
    return begin_again(draft.because("done_before").with_request(misses=0))
