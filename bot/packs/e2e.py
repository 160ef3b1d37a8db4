"""Reads Rasa's end-to-end test format where it is simple, as golden conversations that only expect."""

import re
from collections.abc import Mapping
from typing import Any

from bot.dialog.flow import Variation
from bot.flows.faults import Margin, Place
from bot.flows.reading import fields_of, items_of, mapping_of, text_of
from bot.flows.tree import Items, Scalar, Tree, read_tree

from .expectations import ANY, Expectation
from .transcripts import Moment, Transcript

Responses = Mapping[str, tuple[Variation, ...]]
_STEP = ("user", "bot", "utter", "slot_was_set", "slot_was_not_set")
_BUTTON = re.compile(r"/SetSlots\(\s*[\w-]+\s*=\s*\"?([^\")]*)\"?\s*\)")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def read_e2e(text: str, file: str, responses: Responses) -> tuple[Transcript, ...]:
    """Read each test case as a conversation; what is not supported is in its faults."""
    margin = Margin(Place(file))
    top = fields_of(read_tree(text, margin), margin, "a test file", ("test_cases",), ("test_cases",))
    cases = tuple(_case(item, file, responses) for item in items_of(top.fields.get("test_cases"), margin, "test_cases"))
    return (*cases, Transcript(file, faults=tuple(margin.faults))) if margin.faults else cases


def _case(tree: Tree, file: str, responses: Responses) -> Transcript:
    margin = Margin(Place(file))
    fields = fields_of(tree, margin, "a test case", ("test_case", "steps"), ("test_case", "steps"))
    moments: list[Moment] = []
    for item in items_of(fields.fields.get("steps"), margin, "steps"):
        step = fields_of(item, margin, "a step", _STEP)
        for key, told in step.fields.items():
            if key == "user":
                moments.append(_said(text_of(told, margin, key), step.line))
            elif key in _STEP and moments:
                last = moments[-1]
                expected = (*last.expected, *_expected(key, told, responses, margin))
                moments[-1] = Moment(last.line, last.told, last.feed, (), expected)
            elif key in _STEP:
                margin.note(step.line, f"'{key}' stands before anybody said anything", "begin with `user: ...`")
    title = text_of(fields.fields.get("test_case"), margin, "test_case")
    return Transcript(file, title, {}, tuple(moments), tuple(margin.faults))


def _said(text: str, line: int) -> Moment:
    """A message, or a button pressed by its payload."""
    pressed = _BUTTON.fullmatch(text)
    feed: Mapping[str, Any] = {"button": pressed[1]} if pressed else {"text": text}
    return Moment(line, f"user: {text}", feed)


def _expected(key: str, told: Tree, responses: Responses, margin: Margin) -> list[Expectation]:
    if key == "bot":
        return [Expectation(told.line, "says", "", text_of(told, margin, key))]
    if key == "utter":
        return _uttered(text_of(told, margin, key), told.line, responses, margin)
    items = told.items if isinstance(told, Items) else (told,)
    none = "" if key == "slot_was_not_set" else None
    return [one for item in items for one in _slots(item, none, margin)]


def _slots(item: Tree, none: str | None, margin: Margin) -> list[Expectation]:
    """`- os` (any value), `- os: windows`."""
    if isinstance(item, Scalar):
        return [Expectation(item.line, "slots", item.text, ANY if none is None else none)]
    values = mapping_of(item, margin, "a slot").fields
    return [
        Expectation(value.line, "slots", slot, _value(value) if none is None else none)
        for slot, value in values.items()
    ]


def _value(tree: Tree) -> str:
    if not isinstance(tree, Scalar) or tree.value is None:
        return ""
    return str(tree.value).lower() if isinstance(tree.value, bool) else tree.text


def _uttered(name: str, line: int, responses: Responses, margin: Margin) -> list[Expectation]:
    """The longest plain part of each way to say a response, in each language: one of them must be heard."""
    if name not in responses:
        margin.note(line, f"no response '{name}'", "write the id of a response")
        return []
    texts = [text for one in responses[name] for text in one.text.values()]
    parts = [max(_PLACEHOLDER.split(text), key=len).strip() for text in texts]
    return [Expectation(line, "says one", name, "\n\n".join(part for part in parts if part))]
