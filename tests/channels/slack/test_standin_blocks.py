"""The stand-in refuses the blocks that Slack refuses, and tells whom a message calls."""

from typing import Any

import pytest

from tests.support.slack.blocks.check import check_message, check_view, faults_in
from tests.support.slack.blocks.pings import pings_of
from tests.support.slack.refusal import RefusalError

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def button(text: str = "Yes", action: str = "yes", **more: Any) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action, **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def rich(*elements: Block, part: str = "rich_text_section", **more: Any) -> Block:
    return {"type": "rich_text", "elements": [{"type": part, "elements": list(elements), **more}]}


def leaf(text: str, **style: bool) -> Block:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def field(element: Block, **more: Any) -> Block:
    return {"type": "input", "label": plain("Field"), "element": {"action_id": "field", **element}, **more}


OPTIONS = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
FEEDBACK = {
    "type": "feedback_buttons", "action_id": "feedback",
    "positive_button": {"text": plain("Good"), "value": "up"},
    "negative_button": {"text": plain("Bad"), "value": "down"},
}  # fmt: skip
TRASH = {"type": "icon_button", "icon": "trash", "text": plain("Forget"), "action_id": "forget"}
GOOD = {
    "section": section("x" * 3000),
    "fields": {"type": "section", "fields": [plain("x")] * 10},
    "accessory": section("x") | {"accessory": {"type": "static_select", "action_id": "a", "options": OPTIONS}},
    "25 buttons": actions(*(button(action=f"a{place}") for place in range(25))),
    "longest button": actions(button("x" * 75, "a" * 255, value="v" * 2000, style="danger")),
    "context": {"type": "context", "elements": [plain("x"), {"type": "mrkdwn", "text": "*x*"}]},
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain("x" * 150)},
    "image": {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"},
    "feedback": {"type": "context_actions", "elements": [FEEDBACK, TRASH]},
    "styles": rich(leaf("x", bold=True, italic=True, strike=True, code=True)),
    "mentions": rich({"type": "user", "user_id": "U1"}, {"type": "broadcast", "range": "here"}),
    "link and emoji": rich(
        {"type": "link", "url": "https://example.com", "text": "x"}, {"type": "emoji", "name": "tada"}
    ),
    "code": rich(leaf("x"), part="rich_text_preformatted"),
    "quote": rich(leaf("x"), part="rich_text_quote"),
    "list": rich(
        {"type": "rich_text_section", "elements": [leaf("x")]}, part="rich_text_list", style="ordered", indent=8
    ),
    "input": field({"type": "plain_text_input", "multiline": True, "max_length": 3000}),
    "email": field({"type": "email_text_input"}),
    "radio": field({"type": "radio_buttons", "options": OPTIONS}),
    "checkboxes": field({"type": "checkboxes", "options": OPTIONS}, optional=True),
}
BAD = {
    "unknown block": {"type": "carousel"},
    "no type": {},
    "no object": "x",
    "long section": section("x" * 3001),
    "empty section": {"type": "section"},
    "empty text": section(""),
    "unknown field": section("x") | {"colour": "red"},
    "26 buttons": actions(*(button(action=f"a{place}") for place in range(26))),
    "no elements": actions(),
    "unknown element": actions({"type": "lever", "action_id": "a"}),
    "long label": actions(button("x" * 76)),
    "long value": actions(button(value="v" * 2001)),
    "long action": actions(button(action="a" * 256)),
    "unknown style": actions(button(style="big")),
    "one action twice": actions(button(), button()),
    "mrkdwn on a button": actions(button() | {"text": {"type": "mrkdwn", "text": "x"}}),
    "mrkdwn header": {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
    "11 in context": {"type": "context", "elements": [plain("x")] * 11},
    "button in context": {"type": "context", "elements": [button()]},
    "image without a picture": {"type": "image", "alt_text": "a"},
    "half of the feedback": {
        "type": "context_actions",
        "elements": [{k: v for k, v in FEEDBACK.items() if k[0] != "n"}],
    },
    "unknown icon": {"type": "context_actions", "elements": [TRASH | {"icon": "bell"}]},
    "empty leaf": rich(leaf("")),
    "unknown leaf": rich({"type": "sound"}),
    "unknown part": rich(leaf("x"), part="rich_text_table"),
    "unknown leaf style": rich(leaf("x", blinking=True)),
    "broadcast to all": rich({"type": "broadcast", "range": "all"}),
    "mention in code": rich({"type": "user", "user_id": "U1"}, part="rich_text_preformatted"),
    "deep list": rich({"type": "rich_text_section", "elements": []}, part="rich_text_list", style="bullet", indent=9),
    "text straight in a list": rich(leaf("x"), part="rich_text_list", style="bullet"),
    "bare text in rich_text": {"type": "rich_text", "elements": [leaf("x")]},
    "file field in a message": field({"type": "file_input"}),
    "select without options": field({"type": "static_select"}),
    "button as a field": {"type": "input", "label": plain("x"), "element": button()},
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_good_blocks_pass(block: Block) -> None:
    assert faults_in([block], "message") == []


@pytest.mark.parametrize("block", BAD.values(), ids=BAD)
def test_bad_blocks_are_refused(block: Block) -> None:
    with pytest.raises(RefusalError, match="invalid_blocks"):
        check_message([block])


def test_a_message_has_fifty_blocks_and_twelve_thousand_characters() -> None:
    check_message([{"type": "divider"}] * 50)
    check_message([section("x" * 3000)] * 4)
    with pytest.raises(RefusalError, match="invalid_blocks"):
        check_message([{"type": "divider"}] * 51)
    with pytest.raises(RefusalError, match="msg_blocks_too_long"):
        check_message([section("x" * 2401)] * 5)


def test_many_blocks_weigh_as_slack_was_seen_to_weigh_them() -> None:
    check_message([section("x" * 192)] * 50)  # 9,600 characters
    with pytest.raises(RefusalError, match="msg_blocks_too_long"):
        check_message([section("x" * 252)] * 45)  # 11,340 characters


def view(**more: Any) -> Block:
    return {
        "type": "modal",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": [field({"type": "file_input"})],
        **more,
    }


@pytest.mark.parametrize(
    "more",
    [
        {"title": plain("x" * 25)},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "divider"}] * 101},
        {"type": "drawer"},
        {"colour": "red"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_modals_have_limits(more: Block) -> None:
    check_view(view(), "modal")
    with pytest.raises(RefusalError, match="invalid_arguments"):
        check_view(view(**more), "modal")


def test_fields_need_a_way_to_send_them() -> None:
    form = view()
    del form["submit"]
    with pytest.raises(RefusalError):
        check_view(form, "modal")


@pytest.mark.parametrize(
    ("text", "blocks", "called"),
    [
        ("<@U1> and <@W2|max>", [], {"U1", "W2"}),
        ("<!channel> <!here|x> <!everyone> <!subteam^S1>", [], {"!channel", "!here", "!everyone", "S1"}),
        ("&lt;@U1&gt; &lt;!channel&gt; @ana @here", [], set()),
        ("", [section("<!here>")], {"!here"}),
        ("", [{"type": "header", "text": plain("<!here>")}], set()),
        ("", [rich(leaf("<@U1> <!channel>"))], set()),
        ("", [rich({"type": "user", "user_id": "U1"}, {"type": "broadcast", "range": "channel"})], {"U1", "!channel"}),
        ("", [{"type": "markdown", "text": "<@U1>"}], {"U1"}),
    ],
)
def test_who_is_called(text: str, blocks: list[Block], called: set[str]) -> None:
    assert pings_of(text, blocks, {}) == called


def test_handles_are_linked_only_if_asked() -> None:
    assert pings_of("@Ana.Li and @channel, not x@ana.li", [], {"ana.li": "U1"}) == {"U1", "!channel"}
