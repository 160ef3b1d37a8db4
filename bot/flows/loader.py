"""Reads flow files: YAML to the values of bot/dialog/flow.py."""

import re

from bot.dialog.flow import Flow, Step, Trigger

from .faults import Margin, Place
from .layout import Layout
from .reading import fields_of, flag_of, items_of, mapping_of, name_of, predicate_of, text_of
from .sheet import Sheet, sheet_of
from .tree import Fields, Scalar, Tree, read_tree
from .words import both_languages

KEYS = ("description", "name", "if", "nlu_trigger", "topic", "team", "meanwhile", "private", "persisted_slots", "steps")
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


def read_flows(text: str, file: str) -> Sheet:
    """Read one flow file; every fault is in the sheet, nothing is raised."""
    margin = Margin(Place(file))
    top = fields_of(read_tree(text, margin), margin, "a flow file", ("version", "flows"), ("flows",))
    flows = mapping_of(top.fields.get("flows"), margin, "flows")
    places = {f"flows {name}": Place(file, line, name) for name, line in flows.lines.items()}
    read = {name: _flow(name, tree, flows.lines[name], margin.at(flow=name)) for name, tree in flows.fields.items()}
    return sheet_of(margin, flows=read, places=places)


def _flow(name: str, tree: Tree, line: int, margin: Margin) -> Flow:
    if not _ID.fullmatch(name):
        margin.note(line, f"'{name}' is no flow id", "use letters, digits, _ and -")
    fields = fields_of(tree, margin, "a flow", KEYS, ("description", "steps"))
    triggers = tuple(
        _trigger(item, margin) for item in items_of(fields.fields.get("nlu_trigger"), margin, "nlu_trigger")
    )
    topic = text_of(fields.fields.get("topic"), margin, "topic") or (triggers[0].intent if triggers else "")
    if triggers and "name" not in fields.fields:
        margin.note(line, "a flow that people can start has no name", "write `name: {en: ..., fr: ...}`")
    persisted = items_of(fields.fields.get("persisted_slots"), margin, "persisted_slots")
    return Flow(
        id=name,
        description=text_of(fields.fields.get("description"), margin, "description"),
        name=both_languages(fields.fields.get("name"), margin, "the name") if "name" in fields.fields else {},
        topic=topic,
        team=name_of(fields.fields.get("team"), margin, "team", "team"),
        guard=predicate_of(fields.fields.get("if"), margin, "if"),
        meanwhile=name_of(fields.fields.get("meanwhile"), margin, "meanwhile", "article"),
        private=flag_of(fields.fields.get("private"), margin, "private"),
        triggers=triggers,
        steps=_steps(fields, margin),
        persisted_slots=tuple(name_of(item, margin, "a persisted slot", "slot") for item in persisted),
        file=margin.place.file,
        line=line,
    )


def _steps(fields: Fields, margin: Margin) -> dict[str, Step]:
    items = items_of(fields.fields.get("steps"), margin, "steps")
    if "steps" in fields.fields and not items:
        margin.note(fields.lines["steps"], "the flow has no steps", "write at least one")
    return Layout(margin).lay_all(items)


def _trigger(tree: Tree, margin: Margin) -> Trigger:
    fields = fields_of(tree, margin, "nlu_trigger", ("intent",), ("intent",))
    intent = fields.fields.get("intent")
    if not isinstance(intent, Fields):
        return Trigger(name_of(intent, margin, "intent", "intent"))
    inner = fields_of(intent, margin, "intent", ("name", "confidence_threshold"), ("name",))
    name = name_of(inner.fields.get("name"), margin, "intent", "intent")
    return Trigger(name, _threshold(inner.fields.get("confidence_threshold"), margin))


def _threshold(tree: Tree | None, margin: Margin) -> float:
    value = tree.value if isinstance(tree, Scalar) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
        return float(value)
    if tree is not None:
        margin.note(tree.line, "confidence_threshold must be a number from 0 to 1", "write 0.8")
    return 0.0
