"""Schemas of blocks, and the verdict on a message or a view."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from tests.support.slack.blocks import elements as parts
from tests.support.slack.blocks.rich_text import RICH_TEXT
from tests.support.slack.blocks.rules import Rule, always, flag, items, kind, said, shape, string, typed, values
from tests.support.slack.refusal import Json, RefusalError, refused_with

Surface = Literal["message", "home", "modal"]
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "home": 100, "modal": 100}
MOST_TEXT = 12_000  # characters of all blocks of a message
# Slack counts blocks too, and does not tell how: 11,341 characters in 45 blocks were refused, 9,597 in 50 were taken,
# and markdown blocks alone were refused above 13,297.
MOST_WEIGHT, BLOCK_WEIGHT = 13_200, 45
MARKDOWN = 12_000  # characters of all markdown blocks
ID = {"block_id": string(255)}
CLICKED = parts.BUTTONS | parts.CHOICES
IMAGE_BLOCK = typed("image", {"alt_text": string(2000)}, ID | {
    "image_url": string(3000), "slack_file": shape({}, {"id": string(255), "url": string(3000)}),
    "title": parts.plain(2000),
})  # fmt: skip

ANYWHERE: dict[str, Rule] = {
    "section": typed("section", {}, ID | {
        "text": parts.words(3000), "fields": items(parts.words(2000), 10), "expand": flag,
        "accessory": kind(CLICKED | {"image": parts.IMAGE}, "accessory"),
    }),
    "actions": typed("actions", {"elements": items(kind(CLICKED, "element"), 25)}, ID),
    "context": typed("context", {"elements": items(kind(
        {"image": parts.IMAGE, "plain_text": parts.words(3000), "mrkdwn": parts.words(3000)}, "element"), 10)}, ID),
    "divider": typed("divider", {}, ID),
    "header": typed("header", {"text": parts.plain(150)}, ID),
    "image": IMAGE_BLOCK,
    "rich_text": RICH_TEXT,
}  # fmt: skip


def inputs(fields: dict[str, Rule]) -> dict[str, Rule]:
    """An input block with these fields to fill in."""
    return {
        "input": typed("input", {"label": parts.plain(2000), "element": kind(fields, "input element")}, ID | {
            "dispatch_action": flag, "hint": parts.plain(2000), "optional": flag}),
    }  # fmt: skip


FILLED = parts.FIELDS | parts.CHOICES
BLOCKS: dict[Surface, dict[str, Rule]] = {
    "message": ANYWHERE | inputs(FILLED) | {
        "context_actions": typed("context_actions", {"elements": items(kind(parts.VERDICTS, "element"), 5)}, ID),
        "markdown": typed("markdown", {"text": string(MARKDOWN, 1)}, ID),
    },
    "home": ANYWHERE | inputs(FILLED),
    "modal": ANYWHERE | inputs(FILLED | parts.FILE_FIELD),
}  # fmt: skip
NEEDED = {"section": ("text", "fields"), "image": ("image_url", "slack_file")}  # one of these, in that block


def faults_in(blocks: Sequence[object], surface: Surface, where: str = "/blocks") -> list[str]:
    """All that Slack would say against these blocks."""
    found = list(items(kind(BLOCKS[surface], "block"), MOST_BLOCKS[surface], 0)(blocks, where))
    for place, block in enumerate(blocks):
        one_of_these = NEEDED.get(str(block.get("type")), ()) if isinstance(block, dict) else ()
        if isinstance(block, dict) and one_of_these and not set(one_of_these).intersection(block):
            found.append(said(f"must provide {' or '.join(one_of_these)}", f"{where}/{place}"))
    for name in ("action_id", "block_id"):
        for value, times in Counter(values(blocks, name)).items():
            if times > 1:
                found.append(said(f"`{name}` {value!r} already exists for another element", where))
    return found


def check_message(blocks: Sequence[object]) -> None:
    """Refuse what Slack would refuse in a message. Raises RefusalError."""
    if found := faults_in(blocks, "message"):
        raise refused_with("invalid_blocks", found, errors=found)
    size = sum(len(value) for value in values(blocks, "text") if isinstance(value, str))
    if size > MOST_TEXT or size + BLOCK_WEIGHT * len(blocks) > MOST_WEIGHT:
        raise RefusalError("msg_blocks_too_long")


VIEW_FIELDS = {
    "callback_id": string(255), "private_metadata": string(3000), "external_id": string(255), "blocks": always,
}  # fmt: skip
VIEWS: dict[str, Rule] = {
    "modal": typed("modal", {"title": parts.plain(24), "blocks": VIEW_FIELDS["blocks"]}, VIEW_FIELDS | {
        "submit": parts.plain(24), "close": parts.plain(24), "clear_on_close": flag, "notify_on_close": flag,
        "submit_disabled": flag,
    }),
    "home": typed("home", {"blocks": VIEW_FIELDS["blocks"]}, VIEW_FIELDS),
}  # fmt: skip


def check_view(view: Json, surface: Literal["home", "modal"]) -> None:
    """Refuse what Slack would refuse as a view. Raises RefusalError."""
    found = list(kind({surface: VIEWS[surface]}, "view")(view, "/view"))
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        found += faults_in(blocks, surface, "/view/blocks")
        if any(isinstance(each, dict) and each.get("type") == "input" for each in blocks) and surface == "modal":
            found += [] if "submit" in view else [said("must provide submit with input blocks", "/view")]
    if found:
        raise refused_with("invalid_arguments", found)
