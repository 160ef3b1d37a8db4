"""Questions asked together in one mail, and their answers: numbered, lettered, labelled or in prose."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import predicate
from .asking import choices_of, counted
from .choices import answer, typed
from .conversation import Waiting
from .draft import Draft
from .flow import Choice, Collect
from .playbook import Playbook
from .texts import HUMAN, button, in_language, offer, phrase, say, tell
from .understanding import Understanding

LETTERS = "abcdefgh"


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
    return offer(tell(say(tell(draft, "utter_together_intro"), listed), "utter_together_help"), button(draft, HUMAN))


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
    found: dict[str, Any] = {}
    for number, (slot, choices) in enumerate(asked, 1):
        spec = book.slots.get(slot)
        own = _own_part(text, number, len(asked))
        value = _by_letter(own, choices) if own else None
        if value is None and spec:
            alone = own or (text if not spec.free_text or len(asked) == 1 else "")
            value = answer(alone, understood if not own else Understanding(), choices, spec) if alone else None
        if value is not None and spec:
            found[slot] = typed(value, spec)
    return found


def _own_part(text: str, number: int, count: int) -> str:
    """The part of the text that follows "2." (or "2)", "2:", "2b") up to the next number."""
    mark = r"(?:^|[\s,;])(?:{})\s*(?:[.):-]\s*|(?=[a-hA-H]\b))"
    later = "|".join(str(one) for one in range(1, count + 1))
    match = re.search(mark.format(number) + r"(.*?)(?=" + mark.format(later) + r"|\Z)", text, re.DOTALL)
    return match[1].strip(" ,;\n") if match else ""


def _by_letter(part: str, choices: tuple[Choice, ...]) -> str | None:
    letter = part.strip().rstrip(".)").lower()
    index = LETTERS.find(letter) if len(letter) == 1 else -1
    return choices[index].value if 0 <= index < len(choices) else None
