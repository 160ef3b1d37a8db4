"""Reads codes.yml: error codes as data, each with where its meaning stands and when that was checked."""

import re

from bot.dialog.playbook import Code

from .faults import Margin, Place
from .reading import fields_of, items_of, text_of
from .sheet import Sheet, sheet_of
from .tree import Tree, read_tree
from .words import both_languages

KEYS = ("code", "topic", "branch", "meaning", "source", "checked")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_codes(text: str, file: str) -> Sheet:
    """Read one codes file; every fault is in the sheet, nothing is raised."""
    margin = Margin(Place(file))
    top = fields_of(read_tree(text, margin), margin, "a codes file", ("codes",), ("codes",))
    codes: dict[str, Code] = {}
    places: dict[str, Place] = {}
    for item in items_of(top.fields.get("codes"), margin, "codes"):
        code = _code(item, margin)
        key = f"{code.topic}:{code.code}"
        if key in codes:
            margin.note(item.line, f"code '{key}' stands twice", f"keep one, see line {places[f'codes {key}'].line}")
            continue
        codes[key], places[f"codes {key}"] = code, Place(file, item.line)
    return sheet_of(margin, codes=codes, places=places)


def _code(tree: Tree, margin: Margin) -> Code:
    fields = fields_of(tree, margin, "a code", KEYS, KEYS)
    told = {key: text_of(fields.fields.get(key), margin, f"the {key} of a code") for key in KEYS if key != "meaning"}
    told["code"] = told["code"].upper()
    checked = fields.fields.get("checked")
    if checked is not None and not _DAY.fullmatch(told["checked"]):
        margin.note(checked.line, f"'{told['checked']}' is no day", "write it as 2026-01-31")
    if told["topic"]:
        margin.refer("topic", told["topic"], fields.line)
    meaning = both_languages(fields.fields.get("meaning"), margin, f"the meaning of code '{told['code']}'")
    return Code(meaning=meaning, **told)
