"""Finds what each reference names among the packs loaded together."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.dialog.flow import SlotSpec, Variation
from bot.dialog.playbook import Playbook
from bot.flows.faults import Fault, Reference, fault_at, meant

from .responses import placeholders_of

# Names that conditions may read beside slots; `code.KEY` is what codes.yml says.
CONTEXT = (
    "channel", "lang", "topic", "reason", "level", "how_to", "proven", "open", "phone", "dpo", "button",
    "turn", "code.branch", "code.topic",
)  # fmt: skip
_KINDS = {
    "slot": "slot",
    "flow": "flow",
    "article": "article",
    "response": "response",
    "team": "team",
    "action": "action",
    "intent": "intent with training data",
    "topic": "topic",
    "context": "context name",
    "branch": "branch of codes.yml",
}
_MENDS = {
    "slot": "add it to domain.yml",
    "article": "write articles/ID.en.md and articles/ID.fr.md",
    "response": "add it to the responses of domain.yml",
    "team": "add it to the teams of guichet.toml",
    "action": "add it to the actions of domain.yml",
    "intent": "add phrases to nlu.yml",
    "topic": "write the topic of a flow",
    "branch": "write a branch that codes.yml has",
}


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a reference may name."""

    playbook: Playbook
    names: Mapping[str, Collection[str]]


def known_of(playbook: Playbook, actions: Collection[str], intents: Collection[str]) -> Known:
    """Gather the names of a playbook, its actions and its training data."""
    return Known(
        playbook,
        {
            "slot": playbook.slots,
            "flow": playbook.flows,
            "article": playbook.articles,
            "response": playbook.responses,
            "team": playbook.policy.teams,
            "action": actions,
            "intent": intents,
            "topic": {flow.topic for flow in playbook.flows.values() if flow.topic},
            "context": CONTEXT,
            "branch": {code.branch for code in playbook.codes.values()},
        },
    )


def fault_of(reference: Reference, known: Known) -> Fault | None:
    """Say what is wrong with a reference; None when what it names stands."""
    special = _SPECIAL.get(reference.what)
    if special:
        return special(reference, known)
    return _unknown(reference, known)


def _unknown(reference: Reference, known: Known) -> Fault | None:
    names = known.names[reference.what]
    if reference.name in names:
        return None
    told = f"no {_KINDS[reference.what]} '{reference.name}'"
    return fault_at(reference.place, told, meant(reference.name, names, _MENDS.get(reference.what, "")))


def _article_fault(reference: Reference, known: Known) -> Fault | None:
    """An article that a flow proposes must be there, and something that people can do themselves."""
    article = known.playbook.articles.get(reference.name)
    if article is None or not article.needs:
        return _unknown(reference, known)
    told = f"article '{article.id}' needs {' and '.join(article.needs)}: nobody can do it alone"
    return fault_at(reference.place, told, "hand over instead, or take `needs` out of the article")


def _value_fault(reference: Reference, known: Known) -> Fault | None:
    slot = known.playbook.slots.get(reference.name)
    if slot is None or slot.type != "categorical" or reference.value in (*slot.values, "unknown"):
        return None
    told = f"slot '{slot.name}' is never '{reference.value}'"
    return fault_at(reference.place, told, meant(reference.value, slot.values))


def _answer_fault(reference: Reference, known: Known) -> Fault | None:
    """A question with a few answers needs buttons, or words for each of them."""
    slot = known.playbook.slots.get(reference.name)
    variations = known.playbook.responses.get(reference.value, ())
    if slot is None or slot.type != "categorical" or not variations or _can_answer(slot, variations):
        return None
    told = f"nobody can answer '{reference.value}': slot '{slot.name}' has neither words nor buttons"
    return fault_at(reference.place, told, f"give the response buttons, or slot '{slot.name}' `words`")


def _can_answer(slot: SlotSpec, variations: tuple[Variation, ...]) -> bool:
    return bool(slot.words) or any(button.slot == slot.name for one in variations for button in one.buttons)


def _placeholder_fault(reference: Reference, known: Known) -> Fault | None:
    names = (*placeholders_of(reference.value), *known.playbook.slots) if reference.value else ()
    if reference.name in names:
        return None
    told = f"nothing fills in {{{reference.name}}} here"
    return fault_at(reference.place, told, meant(reference.name, names, "name a slot, or leave the braces out"))


_SPECIAL: Mapping[str, Callable[[Reference, Known], Fault | None]] = {
    "article": _article_fault,
    "value": _value_fault,
    "answerable": _answer_fault,
    "placeholder": _placeholder_fault,
}
