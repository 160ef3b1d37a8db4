"""Reads one step of each kind; what may follow it is laid out by its caller."""

import re
from collections.abc import Mapping
from typing import Any

from bot.dialog.flow import (
    Branch,
    Call,
    CallAction,
    Collect,
    Escalate,
    Link,
    Noop,
    Rejection,
    SetSlots,
    Step,
    Utter,
)

from .faults import Margin, meant
from .reading import fields_of, flag_of, items_of, name_of, one_of, predicate_of, text_of
from .tree import Fields, Items, Scalar, Tree

# Kind of step -> the keys it takes beside `id`; `next` where it may say what follows.
KINDS: Mapping[str, tuple[str, ...]] = {
    "collect": ("utter", "ask_before_filling", "rejections", "next"),
    "action": ("next",),
    "set_slots": ("next",),
    "call": ("next",),
    "link": (),
    "noop": ("next",),
    "propose": ("solved", "unsolved", "cannot_try"),
    "escalate": (),
}
REASONS = (
    "security", "bot_failed", "asked_for_human", "frustrated", "vip", "on_site", "admin_rights", "out_of_policy",
    "time_limit", "fix_failed", "not_understood", "no_fix",
)  # fmt: skip
LEVELS = ("N1", "N2", "N3")
PRIORITIES = ("P1", "P2", "P3", "P4")
GRADES = ("1", "2", "3")  # impact and urgency
_ESCALATE = ("reason", "team", "level", "impact", "urgency", "priority")
_PLAIN = re.compile(r"[A-Za-z0-9_][\w-]*")


def kind_of(fields: Fields, margin: Margin) -> str:
    """Say of which kind a step is; empty, with a fault, when it is of none or of two."""
    kinds = [key for key in fields.fields if key in KINDS]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        margin.note(fields.line, f"one step is both {' and '.join(kinds)}", "make two steps of it")
    else:
        unknown = next((key for key in fields.fields if key not in ("id", "next")), "")
        mend = meant(unknown, KINDS) if unknown else f"write one of: {', '.join(KINDS)}"
        margin.note(fields.line, f"a step of no known kind{f' ({unknown})' if unknown else ''}", mend)
    return ""


def derived_id(kind: str, fields: Fields) -> str:
    """Name a step that has no id by its kind and what it is about."""
    about = fields.fields.get(kind)
    if kind == "escalate" and isinstance(about, Fields):
        about = about.fields.get("reason")
    if kind == "set_slots" and isinstance(about, Items) and about.items and isinstance(about.items[0], Fields):
        return "_".join(["set", *list(about.items[0].fields)[:1]])
    text = "search" if kind == "propose" and isinstance(about, Fields) else getattr(about, "text", "")
    if kind == "noop" or not _PLAIN.fullmatch(text):
        return kind
    return text if kind == "action" else f"{kind}_{text}"


def plain_step(kind: str, fields: Fields, step_id: str, following: tuple[Branch, ...], margin: Margin) -> Step | None:
    """Read a step whose ways on are in `following`: every kind but propose; None when it is of no kind."""
    about = fields.fields.get(kind)
    at: dict[str, Any] = {"id": step_id, "line": fields.line}
    match kind:
        case "collect":
            return _collect(fields, at | {"next": following}, margin)
        case "action":
            return _action(about, at | {"next": following}, margin)
        case "set_slots":
            return SetSlots(values=_values(about, margin), next=following, **at)
        case "call":
            return Call(flow=name_of(about, margin, "call", "flow"), next=following, **at)
        case "link":
            return Link(flow=name_of(about, margin, "link", "flow"), **at)
        case "noop":
            if not flag_of(about, margin, "noop") or "next" not in fields.fields:
                margin.note(fields.line, "noop without `next` does nothing", "write `noop: true` and `next: ...`")
            return Noop(next=following, **at)
        case "escalate":
            return _escalate(about, at, margin)
        case _:
            return None


def proposed(fields: Fields, margin: Margin) -> str:
    """Read which article a propose step shows; empty for the best hit of a search."""
    about = fields.fields.get("propose")
    if not isinstance(about, Fields):
        return name_of(about, margin, "propose", "article")
    search = fields_of(about, margin, "propose", ("search",), ("search",))
    if not flag_of(search.fields.get("search"), margin, "search"):
        margin.note(about.line, "propose names no article", "write `propose: ARTICLE` or `propose: {search: true}`")
    return ""


def _collect(fields: Fields, at: dict[str, Any], margin: Margin) -> Collect:
    slot = name_of(fields.fields.get("collect"), margin, "collect", "slot")
    utter = text_of(fields.fields.get("utter"), margin, "utter") or f"utter_ask_{slot}"
    margin.refer("response", utter, fields.line)
    margin.refer("answerable", slot, fields.line, utter)
    asks = flag_of(fields.fields.get("ask_before_filling"), margin, "ask_before_filling")
    rejections = items_of(fields.fields.get("rejections"), margin, "rejections")
    return Collect(
        slot=slot,
        utter=utter,
        ask_before_filling=asks,
        rejections=tuple(_rejection(item, margin) for item in rejections),
        **at,
    )


def _rejection(tree: Tree, margin: Margin) -> Rejection:
    fields = fields_of(tree, margin, "a rejection", ("if", "utter"), ("if", "utter"))
    return Rejection(
        when=predicate_of(fields.fields.get("if"), margin, "if"),
        utter=name_of(fields.fields.get("utter"), margin, "utter", "response"),
    )


def _action(about: Tree | None, at: dict[str, Any], margin: Margin) -> Step:
    name = text_of(about, margin, "action")
    says = name.startswith("utter_")
    if about is not None:
        margin.refer("response" if says else "action", name, about.line)
    return Utter(response=name, **at) if says else CallAction(action=name, **at)


def _values(about: Tree | None, margin: Margin) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for item in items_of(about, margin, "set_slots"):
        for slot, tree in item.fields.items() if isinstance(item, Fields) else ():
            margin.refer("slot", slot, tree.line)
            values[slot] = _plain(tree)
            if isinstance(tree, Scalar) and tree.value is not None:
                margin.refer("value", slot, tree.line, tree.text)
        if not isinstance(item, Fields):
            margin.note(item.line, "set_slots gives no value", "write `- slot: value`")
    return values


def _plain(tree: Tree) -> Any:
    if isinstance(tree, Scalar):
        return tree.value
    if isinstance(tree, Items):
        return [_plain(item) for item in tree.items]
    return {key: _plain(item) for key, item in tree.fields.items()}


def _escalate(about: Tree | None, at: dict[str, Any], margin: Margin) -> Escalate:
    fields = fields_of(about, margin, "escalate", _ESCALATE, ("reason",))

    def grade(key: str, known: tuple[str, ...]) -> str:
        tree = fields.fields.get(key)
        return one_of(tree, margin, key, known) if tree else ""

    return Escalate(
        reason=grade("reason", REASONS),
        team=name_of(fields.fields.get("team"), margin, "team", "team"),
        level=grade("level", LEVELS),
        impact=int(grade("impact", GRADES) or 0),
        urgency=int(grade("urgency", GRADES) or 0),
        priority=grade("priority", PRIORITIES),
        **at,
    )
