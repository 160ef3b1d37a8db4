"""Reads domain.yml: slots, responses with their variations, and the names of custom actions."""

import re
from collections.abc import Mapping
from typing import Any

from bot.dialog.flow import Choice, SlotSpec, Variation

from .faults import Margin, Place
from .reading import fields_of, items_of, mapping_of, one_of, predicate_of, text_of
from .sheet import Sheet, sheet_of
from .tree import Fields, Scalar, Tree, read_tree
from .words import translated

SLOT_TYPES = ("text", "bool", "float", "categorical", "list", "any")
CHANNELS = ("terminal", "web", "email", "slack", "telegram")
BUTTONS = 3  # at most, beside "I don't know" and "A human"
RESERVED = "unknown"  # what "I don't know" gives
_PAYLOAD = re.compile(r"/SetSlots\(\s*([\w-]+)\s*=\s*(\"[^\"]*\"|[^,\"]*?)\s*\)")


def read_domain(text: str, file: str) -> Sheet:
    """Read one domain file; every fault is in the sheet, nothing is raised."""
    margin = Margin(Place(file))
    top = fields_of(read_tree(text, margin), margin, "a domain", ("version", "slots", "responses", "actions"))
    slots = mapping_of(top.fields.get("slots"), margin, "slots")
    responses = mapping_of(top.fields.get("responses"), margin, "responses")
    places = {f"slots {name}": Place(file, line) for name, line in slots.lines.items()}
    places |= {f"responses {name}": Place(file, line) for name, line in responses.lines.items()}
    actions = {text_of(item, margin, "an action"): item.line for item in _actions(top, margin)}
    places |= {f"actions {name}": Place(file, line) for name, line in actions.items()}
    return sheet_of(
        margin,
        slots={name: _slot(name, tree, margin) for name, tree in slots.fields.items()},
        responses={name: _response(name, tree, margin) for name, tree in responses.fields.items()},
        actions={name: name for name in actions},
        places=places,
    )


def _actions(top: Fields, margin: Margin) -> tuple[Tree, ...]:
    return items_of(top.fields.get("actions"), margin, "actions")


def _slot(name: str, tree: Tree, margin: Margin) -> SlotSpec:
    what = f"slot '{name}'"
    known = ("type", "values", "words", "mappings", "initial_value")
    fields = fields_of(tree, margin, what, known, ("type",))
    kind = one_of(fields.fields.get("type"), margin, f"the type of {what}", SLOT_TYPES) or "text"
    values = tuple(text_of(item, margin, what) for item in items_of(fields.fields.get("values"), margin, "values"))
    _check_values(what, kind, values, fields, margin)
    entities, free_text = _mappings(fields.fields.get("mappings"), margin, what)
    return SlotSpec(
        name=name,
        type=kind,
        values=values,
        words=_words(fields.fields.get("words"), kind, values, margin, what),
        initial=_initial(fields.fields.get("initial_value"), values, margin, what),
        entities=entities or (name,),
        free_text=free_text,
    )


def _check_values(what: str, kind: str, values: tuple[str, ...], fields: Fields, margin: Margin) -> None:
    if kind == "categorical" and not values:
        margin.note(fields.line, f"{what} is categorical without values", "write `values: [...]`")
    if kind != "categorical" and values:
        margin.note(fields.lines["values"], f"{what} has values but is {kind}", "write `type: categorical`")
    if RESERVED in values:
        margin.note(
            fields.lines["values"], f"{what} lists '{RESERVED}'", "leave it out: I don't know is always possible"
        )


def _words(
    tree: Tree | None, kind: str, values: tuple[str, ...], margin: Margin, what: str
) -> Mapping[str, tuple[str, ...]]:
    """Other ways to say a value; a slot of free text may have some for a few values too."""
    told = {}
    fields = mapping_of(tree, margin, f"the words of {what}")
    known = values or (("true", "false") if kind == "bool" else tuple(fields.fields))
    fields = fields_of(tree, margin, f"the words of {what}", known)
    for value, words in fields.fields.items():
        told[value] = tuple(text_of(item, margin, f"a word of {what}") for item in items_of(words, margin, "words"))
    return told


def _initial(tree: Tree | None, values: tuple[str, ...], margin: Margin, what: str) -> Any:
    value = tree.value if isinstance(tree, Scalar) else None
    if tree is not None and value is not None and values and str(value) not in values:
        margin.note(tree.line, f"{what} cannot begin as '{value}'", f"write one of: {', '.join(values)}")
    return value


def _mappings(tree: Tree | None, margin: Margin, what: str) -> tuple[tuple[str, ...], bool]:
    """The entities that fill a slot, and whether any sentence does."""
    entities, free_text = [], False
    for item in items_of(tree, margin, "mappings"):
        fields = fields_of(item, margin, f"a mapping of {what}", ("type", "entity"), ("type",))
        kind = one_of(fields.fields.get("type"), margin, "the mapping", ("from_entity", "from_text"))
        entity = text_of(fields.fields.get("entity"), margin, "the entity")
        if kind == "from_entity" and not entity:
            margin.note(item.line, f"a mapping of {what} names no entity", "write `entity: ...`")
        entities += [entity] if entity else []
        free_text = free_text or kind == "from_text"
    return tuple(entities), free_text


def _response(name: str, tree: Tree, margin: Margin) -> tuple[Variation, ...]:
    items = items_of(tree, margin, f"response '{name}'")
    told = tuple(_variation(name, item, margin) for item in items)
    if not any(not one.channel and not one.when for one in told):
        margin.note(tree.line, f"response '{name}' has no default", "add a variation without channel and condition")
    if not name.startswith("utter_"):
        margin.note(tree.line, f"response '{name}' is not named as one", f"name it 'utter_{name}'")
    return told


def _variation(name: str, tree: Tree, margin: Margin) -> Variation:
    what = f"response '{name}'"
    fields = fields_of(tree, margin, what, ("text", "translation", "channel", "condition", "buttons"), ("text",))
    channel = fields.fields.get("channel")
    buttons = items_of(fields.fields.get("buttons"), margin, "buttons")
    if len(buttons) > BUTTONS:
        mend = f"keep {BUTTONS}; free text is understood, and I don't know and a human are added"
        margin.note(buttons[BUTTONS].line, f"{what} has {len(buttons)} buttons", mend)
    return Variation(
        text=translated(fields, margin, what, response=name),
        channel=one_of(channel, margin, f"the channel of {what}", CHANNELS) if channel else "",
        when=predicate_of(fields.fields.get("condition"), margin, f"the condition of {what}"),
        buttons=tuple(_button(what, button, margin) for button in buttons),
    )


def _button(what: str, tree: Tree, margin: Margin) -> Choice:
    known = ("title", "translation", "payload")
    fields = fields_of(tree, margin, f"a button of {what}", known, ("title", "payload"))
    title = translated(fields, margin, f"a button of {what}", "title")
    payload = fields.fields.get("payload")
    found = _PAYLOAD.fullmatch(text_of(payload, margin, "the payload"))
    if not found:
        if payload is not None:
            margin.note(payload.line, f"a button of {what} has another payload", "write `/SetSlots(slot=value)`")
        return Choice(title)
    slot, value = found[1], found[2].strip('"')
    line = payload.line if payload else tree.line
    margin.refer("slot", slot, line)
    margin.refer("value", slot, line, value)
    return Choice(title, value, slot)
