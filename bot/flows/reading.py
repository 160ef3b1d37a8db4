"""Reads keys, lists and texts out of a tree, and notes whatever is not what it should be."""

from collections.abc import Collection, Mapping

from bot.dialog.predicate import PredicateError, comparisons, names_used, parse

from .faults import Margin, meant
from .tree import Fields, Items, Scalar, Tree

# Keys of the public format that are not supported, with what to do about them.
REFUSED: Mapping[str, str] = {
    "always_include_in_prompt": "leave it out: no language model reads flows",
    "run_pattern_completed": "leave it out: the engine always does",
    "block_digressions": "leave it out: another problem always becomes a request of its own",
    "ask_confirm_digressions": "leave it out: another problem always becomes a request of its own",
    "force_slot_filling": "leave it out: the ways to a human work in every question",
    "reset_after_flow_ends": "name the slot in the flow's persisted_slots instead",
    "metadata": "leave it out: texts take {slot}, not templates",
    "template": "leave it out: texts take {slot}, not templates",
    "session_config": "leave it out: delays stand in guichet.toml",
    "intents": "leave it out: nlu.yml says them",
    "entities": "leave it out: a slot's mappings say them",
    "forms": "write a flow instead",
    "validation": "use `rejections` in the collect step",
    "influence_conversation": "leave it out: nothing here is guessed from slots",
    "image": "leave it out: pictures are not supported in texts",
    "custom": "leave it out: one text is shown on every channel, or give a variation its `channel`",
}


def fields_of(
    tree: Tree | None, margin: Margin, what: str, known: Collection[str], required: Collection[str] = ()
) -> Fields:
    """Take a mapping and note its unknown and missing keys; an empty one when it is none."""
    fields = mapping_of(tree, margin, what)
    for key, line in fields.lines.items():
        if key not in known:
            margin.note(line, f"unknown key '{key}' in {what}", REFUSED.get(key) or meant(key, known))
    for key in required:
        if tree is not None and isinstance(tree, Fields) and _is_blank(fields.fields.get(key)):
            margin.note(fields.line, f"{what} has no '{key}'", f"write `{key}: ...`")
    return fields


def mapping_of(tree: Tree | None, margin: Margin, what: str) -> Fields:
    """Take a mapping with any keys; an empty one, with a fault, when it is something else."""
    if isinstance(tree, Fields):
        return tree
    if tree is not None:
        margin.note(tree.line, f"{what} must be keys and values", "write `key: value`, one a line")
    return Fields({}, {}, tree.line if tree else 0)


def items_of(tree: Tree | None, margin: Margin, what: str) -> tuple[Tree, ...]:
    """Take a list; an empty one, with a fault, when it is something else."""
    if isinstance(tree, Items):
        return tree.items
    if tree is not None:
        margin.note(tree.line, f"{what} must be a list", "write `- ...`, one a line")
    return ()


def text_of(tree: Tree | None, margin: Margin, what: str) -> str:
    """Take a text as written; empty, with a fault, when it is a list or keys."""
    if isinstance(tree, Scalar):
        return tree.text.strip() if tree.value is not None else ""
    if tree is not None:
        margin.note(tree.line, f"{what} must be a text", "write it in one line, in quotes")
    return ""


def flag_of(tree: Tree | None, margin: Margin, what: str) -> bool:
    """Take true or false."""
    value = tree.value if isinstance(tree, Scalar) else None
    if tree is not None and not isinstance(value, bool):
        margin.note(tree.line, f"{what} must be true or false", "write true or false")
    return value is True


def one_of(tree: Tree | None, margin: Margin, what: str, known: Collection[str]) -> str:
    """Take one of a few words; empty, with a fault, when it is another."""
    text = text_of(tree, margin, what)
    if tree is not None and text not in known:
        margin.note(tree.line, f"{what} cannot be '{text}'", meant(text, known, f"write one of: {', '.join(known)}"))
        return ""
    return text


def name_of(tree: Tree | None, margin: Margin, what: str, kind: str) -> str:
    """Take the name of something that must stand in some pack: a slot, an article, a flow ..."""
    text = text_of(tree, margin, what)
    if text and tree is not None:
        margin.refer(kind, text, tree.line)
    return text


def predicate_of(tree: Tree | None, margin: Margin, what: str) -> str:
    """Take a predicate; notes why it cannot be read, and which names it needs."""
    source = text_of(tree, margin, what)
    if tree is not None:
        refer_predicate(source, margin, tree.line, what)
    return source


def refer_predicate(source: str, margin: Margin, line: int, what: str) -> None:
    """Note why a predicate cannot be read, or the slots, context names and values that it needs."""
    try:
        parse(source)
    except PredicateError as error:
        margin.note(line, f"{what}: position {error.position}: {error.message}", error.mend)
        return
    if not source:
        margin.note(line, f"{what} is empty", "write a condition, or leave the key out")
    for name in names_used(source):
        root, _, rest = name.partition(".")
        margin.refer("slot" if root == "slots" else "context", rest, line)
    for name, value in comparisons(source):
        root, _, rest = name.partition(".")
        if root == "slots" and isinstance(value, str):
            margin.refer("value", rest, line, value)
        if name == "context.code.branch" and isinstance(value, str):
            margin.refer("branch", value, line)


def _is_blank(tree: Tree | None) -> bool:
    return tree is None or (isinstance(tree, Scalar) and tree.value in (None, ""))
