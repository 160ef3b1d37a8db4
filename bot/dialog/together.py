"""Questions asked together in one mail, and their answers: numbered, lettered, labelled or in prose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from . import predicate
from .asking import choices_of, counted
from .choices import answer, entity_for, plainly, typed
from .conversation import Waiting
from .draft import UNKNOWN, Draft
from .flow import Choice, Collect, SlotSpec
from .numbered import LETTERS, Part, around, parts, words_of
from .playbook import Playbook
from .texts import DONT_KNOW, HUMAN, button, in_language, offer, phrase, say, tell
from .understanding import Understanding

_COURTESY = re.compile(
    r"(?i)[\s,;.!–-]*\b(?:(?:et|and|en|voil[aà])\s+)*(?:merci|bonne (?:journ[ée]e|soir[ée]e|r[ée]ception)|cordialement"
    r"|cdlt|bien [aà] vous|salutations|s['’]il vous pla[iî]t|svp|je (?:reste|vous)|dans l['’]attente|thank|thanks|thx"
    r"|many thanks|cheers|please|(?:best |kind )?regards|best wishes|sincerely|have a (?:nice|good|great))\b"
)


def standing_together(draft: Draft, step: Collect) -> tuple[Collect, ...]:
    """List the unfilled questions from `step` up to the first branch on an unfilled slot, or another kind of step."""
    flow = draft.flow
    unfilled: list[Collect] = []
    here: object = step
    seen: list[Collect] = []
    while flow and isinstance(here, Collect) and here not in seen:
        seen.append(here)
        if draft.value(here.slot) is None and here.slot not in {one.slot for one in unfilled}:
            unfilled.append(here)
        if any(draft.value(slot) is None for branch in here.next for slot in _slots(branch.when)):
            break
        here = flow.steps.get(here.next[0].then) if here.next else None
    return tuple(unfilled)


def _slots(source: str) -> Iterator[str]:
    names = predicate.names_used(source) if source else ()
    return (name.removeprefix("slots.") for name in names if name.startswith("slots."))


def ask_together(draft: Draft, steps: tuple[Collect, ...]) -> Draft:
    """Ask all in one numbered list and wait for the mail that answers."""
    request = draft.request
    if request is None:
        return draft
    slots = tuple(step.slot for step in steps)
    waiting = Waiting("together", slots=slots, utter=steps[0].utter, since=draft.at, turn=draft.talk.turn)
    draft = counted(draft, slots).with_request(waiting=waiting, mails=request.mails + 1)
    listed = "\n".join(_numbered(draft, number, step) for number, step in enumerate(steps, 1))
    draft, example = say(tell(draft, "utter_together_intro"), listed), _example(draft, steps)
    if example:
        return offer(tell(draft, "utter_together_help", example=example), button(draft, HUMAN))
    return offer(tell(draft, "utter_together_help_words"), button(draft, HUMAN))


def _example(draft: Draft, steps: tuple[Collect, ...]) -> str:
    """How the first two questions that have letters may be answered; empty where none has any."""
    lettered = [(number, len(choices_of(draft, step))) for number, step in enumerate(steps, 1)]
    first, *rest = [(number, count) for number, count in lettered if count] or [(0, 0)]
    answers = [f"{first[0]}{LETTERS[min(first[1], 2) - 1]}" if first[0] else "", *(f"{one}a" for one, _ in rest[:1])]
    return " ".join(filter(None, answers))


def _numbered(draft: Draft, number: int, step: Collect) -> str:
    """One line: the question, then its choices by letter."""
    labels = [in_language(one.title, draft.talk.lang) for one in choices_of(draft, step)]
    between = "\u00a0; " if draft.talk.lang == "fr" else "; "
    lettered = between.join(f"{letter}) {label}" for letter, label in zip(LETTERS, labels, strict=False))
    question = phrase(draft, step.utter)
    return f"{number}. {question} {lettered}" if lettered else f"{number}. {question}"


def answers(
    book: Playbook, text: str, understood: Understanding, asked: tuple[tuple[str, tuple[Choice, ...]], ...]
) -> Mapping[str, Any]:
    """Read the answers to several questions, each given as slot and choices, in the order asked."""
    own = parts(text, tuple(len(choices) for _, choices in asked))
    told = {part.number: part for part in own}
    loose, beside = around(text, own), _beside(text, own)
    found: dict[str, Any] = {}
    for number, (slot, choices) in enumerate(asked, 1):
        spec, part = book.slots.get(slot), told.get(number)
        if spec is None:
            continue
        value = _own(book, text, understood, part, choices, spec) if part else None
        if value is None and not (part and spec.free_text):
            alone = len(asked) == 1 or _only_free(book, asked, told) == slot
            value = _by_the_way(text, _within(understood, loose), loose, choices, spec, beside if own else text, alone)
        if value is not None:
            found[slot] = typed(value, spec)
    return found


def _own(
    book: Playbook, text: str, understood: Understanding, part: Part, choices: tuple[Choice, ...], spec: SlotSpec
) -> Any:
    """What stands behind a question's own number: a letter, "I don't know", or words."""
    if part.letter >= 0:
        return choices[part.letter].value
    words = words_of(text, part)
    if _unsure(book, words):
        return UNKNOWN
    told = replace(_within(understood, ((part.start, part.end),)), acts=(), intent=None)
    return answer(words, told, choices, spec)


def _by_the_way(
    text: str,
    understood: Understanding,
    loose: tuple[tuple[int, int], ...],
    choices: tuple[Choice, ...],
    spec: SlotSpec,
    beside: str,
    alone: bool,
) -> Any:
    """What the words that belong to no number tell; a free answer only where one question alone can mean them."""
    if not spec.free_text:
        return answer(" ".join(text[start:end] for start, end in loose), understood, choices, spec)
    return entity_for(spec, understood.entities) or (answer(beside, understood, choices, spec) if alone else None)


def _only_free(book: Playbook, asked: tuple[tuple[str, tuple[Choice, ...]], ...], told: Mapping[int, Part]) -> str:
    """The only question that any words answer and that has none of its own; "" where there is none, or several."""
    free = [slot for number, (slot, _) in enumerate(asked, 1) if number not in told and _takes_any(book, slot)]
    return free[0] if told and len(free) == 1 else ""


def _takes_any(book: Playbook, slot: str) -> bool:
    spec = book.slots.get(slot)
    return spec is not None and spec.free_text


def _beside(text: str, own: tuple[Part, ...]) -> str:
    """What stands on the line of a lettered answer behind it, up to a word of thanks: below it people sign."""
    lines = (text[one.start : one.end].partition("\n")[0] for one in own if one.letter >= 0)
    told = (_COURTESY.split(line, maxsplit=1)[0].strip(" \t\r,;.:") for line in lines)
    return " ".join(one for one in told if one)


def _within(understood: Understanding, stretches: tuple[tuple[int, int], ...]) -> Understanding:
    """What was read in these stretches of the text."""
    inside = (one for one in understood.entities if any(start <= one.start < end for start, end in stretches))
    return replace(understood, entities=tuple(inside))


def _unsure(book: Playbook, words: str) -> bool:
    labels = (text for one in book.responses.get(f"utter_label_{DONT_KNOW}", ()) for text in one.text.values())
    said = f"{plainly(words)} "
    return any(said.startswith(f"{plainly(label)} ") for label in labels)
