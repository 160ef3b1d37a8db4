"""Documents in Slack: its blocks, its lengths, and nobody pinged."""

import json
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.channels.render import slack_escaped, slack_messages, slack_words
from bot.channels.render.splitting import units
from bot.channels.slack.assistant import feedback_blocks
from bot.dialog.effects import Button
from tests.support.markdown import hostile, in_order, lengthy, readable
from tests.support.slack.blocks.check import check_message

CONTAINERS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
STYLES = {"bold", "italic", "strike", "code"}


def leaves(element):
    """The texts and links of a rich text, checked to be nothing else."""
    if element["type"] in CONTAINERS:
        assert element["elements"]
        for child in element["elements"]:
            yield from leaves(child)
        return
    assert element["type"] in {"text", "link"}
    assert element["text"] and set(element.get("style", ())) <= STYLES
    if element["type"] == "link":
        assert re.match("(https?://|mailto:)", element["url"], re.IGNORECASE)
        assert not re.search("[|<>\\s]", element["url"])
    yield element["text"]


def accepted(message):
    """What a message says, once it is found to be one that Slack takes and that mentions nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in Block.parse_all(json.loads(json.dumps(message.blocks))):
            block.validate_json()
    assert len(message.blocks) <= 50 and harmless(message.text)
    texts = ["".join(leaf for one in block["elements"] for leaf in leaves(one)) for block in rich(message.blocks)]
    assert all(texts) and all(units(text) <= 3000 for text in texts) and sum(map(units, texts)) <= 12_000
    return "".join(texts)


def rich(blocks):
    return [block for block in blocks if block["type"] == "rich_text"]


def harmless(text):
    return not re.search("[<>]|&(?!amp;|lt;|gt;)|@(here|channel|everyone)\\b", text) and units(text) <= 3000


def rich_of(document):
    (message,) = slack_messages(document)
    (block,) = message.blocks
    return block["elements"]


@given(hostile)
def test_whatever_is_written_slack_takes_it_and_pings_nobody(document):
    assert in_order(readable(document), "".join(map(accepted, slack_messages(document))))


@settings(max_examples=30)
@given(lengthy)
def test_a_long_document_comes_in_messages_that_hold_all_of_it(document):
    assert in_order(readable(document), "".join(map(accepted, slack_messages(document))))


@given(hostile)
def test_a_persons_words_are_shown_as_typed(words):
    told = "".join(map(accepted, slack_words(words)))
    assert '"style"' not in json.dumps([message.blocks for message in slack_words(words)])
    assert in_order([char for char in words if char.isalnum()], told)


@given(hostile)
def test_words_escaped_for_mrkdwn_mention_nobody(words):
    assert not re.search("[<>]|@(here|channel|everyone)\\b", slack_escaped(words))


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=60), hostile)
def test_buttons_stand_under_the_last_message(told, document):
    *before, last = slack_messages(document, [Button(*one) for one in told])
    assert not any(block["type"] == "actions" for message in before for block in message.blocks)
    buttons = [button for block in last.blocks if block["type"] == "actions" for button in block["elements"]]
    accepted(last)
    assert len(buttons) == len(told) == len({button["action_id"] for button in buttons})
    assert all(0 < units(button["text"]["text"]) <= 75 for button in buttons)


def test_a_fix_is_told_with_its_steps_and_its_emphasis():
    assert rich_of("Try **again**\n\n1. Quit\n2. Open `vpn.exe`") == [
        section(text("Try "), text("again", bold=True)),
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 0,
            "elements": [section(text("Quit")), section(text("Open "), text("vpn.exe", code=True))],
        },
    ]


def test_code_within_a_list_does_not_start_the_numbers_again():
    first, code, second = rich_of("1. one\n\n   ```\n   a < b\n   ```\n2. two")
    assert code == {"type": "rich_text_preformatted", "elements": [text("a < b")]}
    assert first["elements"] == [section(text("one"))]
    assert second["elements"] == [section(text("two"))] and second["offset"] == 1


def test_a_list_in_a_list_is_indented_and_a_quote_has_its_border():
    assert [(one["style"], one["indent"]) for one in rich_of("- a\n  1. b\n- c")] == [
        ("bullet", 0), ("ordered", 1), ("bullet", 0),
    ]  # fmt: skip
    assert rich_of("> said\n> > twice") == [
        {"type": "rich_text_quote", "elements": [text("said"), text("\n\n"), text("twice")]}
    ]
    assert rich_of("> - a")[0]["border"] == 1


@pytest.mark.parametrize("shape", ["<!channel>", "<@U123>", "<#C1>", "@here", "<!subteam^S1>", ":tada:", "a * b * c"])
def test_what_looks_like_a_mention_or_a_mark_is_text(shape):
    assert "".join(leaf for one in rich_of(shape) for leaf in leaves(one)) == shape
    assert {leaf["type"] for one in rich_of(shape) for leaf in one["elements"]} == {"text"}


@pytest.mark.parametrize(
    ("document", "elements"),
    [
        ("[help](https://e.invalid/a|b)", [{"type": "link", "text": "help", "url": "https://e.invalid/a%7Cb"}]),
        ("[mail](mailto:a@e.invalid)", [{"type": "link", "text": "mail", "url": "mailto:a@e.invalid"}]),
        ("[x](/privacy)", [{"type": "text", "text": "x"}]),
        (
            "see https://e.invalid/x.",
            [
                {"type": "text", "text": "see "},
                {"type": "link", "text": "https://e.invalid/x", "url": "https://e.invalid/x"},
                {"type": "text", "text": "."},
            ],
        ),
    ],
)
def test_links_lead_to_pages_and_mailboxes_only(document, elements):
    assert rich_of(document) == [{"type": "rich_text_section", "elements": elements}]


def test_a_button_says_its_label_and_brings_its_id():
    (message,) = slack_messages("Which system?", (Button("os:1", "Windows"), Button("os:2", "W" * 100)))
    *_, actions = message.blocks
    first, second = actions["elements"]
    assert first == {
        "type": "button",
        "action_id": "0:os:1",
        "value": "os:1",
        "text": {"type": "plain_text", "text": "Windows", "emoji": False},
    }
    assert second["text"]["text"] == "W" * 74 + "…"


def test_a_notification_says_the_words_and_pings_nobody():
    (message,) = slack_messages("**Hi** <!channel> & @here\n\n- one")
    assert message.text == "Hi &lt;!channel&gt; &amp; @\u2060here\n• one"


def test_emoji_and_right_to_left_text_survive():
    assert rich_of("👩‍👩‍👧‍👦 🇫🇷 שלום مرحبا") == [section(text("👩‍👩‍👧‍👦 🇫🇷 שלום مرحبا"))]


def test_a_very_long_document_needs_several_messages():
    messages = slack_messages("word " * 10_000, (Button("y", "Yes"),))
    assert len(messages) == 5
    assert "".join(map(accepted, messages)).count("word") == 10_000
    assert [message.blocks[-1]["type"] for message in messages] == ["rich_text"] * 4 + ["actions"]


@pytest.mark.parametrize("size", [30, 400, 1_600, 2_990])
@pytest.mark.parametrize("count", [0, 4, 25, 60])
def test_a_full_message_has_room_for_its_buttons_a_name_and_thumbs(size, count):
    document = "\n\n".join(f"```\n{'x' * size}\n```" for _ in range(30_000 // size))
    name = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text("N" * 300)]}]}
    buttons = [Button(str(place), "L" * 75) for place in range(count)]
    for message in slack_messages(document, buttons):
        check_message([name, *message.blocks, *feedback_blocks("fr", 999_999_999)])


def test_nothing_to_say_is_no_message():
    assert slack_messages("") == slack_messages("\u200b") == ()


def section(*elements):
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words, **style):
    return {"type": "text", "text": words, **({"style": style} if style else {})}
