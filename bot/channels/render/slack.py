"""A document as Slack's Block Kit: rich_text blocks, in messages that Slack accepts.

Not mrkdwn: that is a text which Slack reads again. It knows no escape for * _ ~ and `, styles at word borders only, and
makes mentions of what looks like one. A text element of rich_text is shown as it stands: a mention, a broadcast or an
emoji code has an element of its own there, and none is ever written here. Lists, quotes and code are Slack's own.
Bare addresses are not found by Slack in rich_text, so that they are made links here.

The text beside the blocks (notifications, screen readers) is mrkdwn: there & < > are escaped, and @here is broken.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from bot.dialog.effects import Button

from .flat import STYLES, Block, Run, flat_blocks, indent, word_blocks
from .splitting import GAP, packed, shortened, units
from .tree import outside_address, plain_words

Json = dict[str, Any]

BLOCK_LIMIT = 2800  # of the 3,000 characters that a block may have: four fill a message. UTF-16 code units are counted
# Characters in all blocks of a message, buttons too, each block counted as so many more. Slack was seen to refuse
# ("msg_blocks_too_long") above 12,000 characters, and above 13,200 with its blocks: there is room for a name above the
# words and for thumbs below them.
MESSAGE_LIMIT, BLOCK_WEIGHT = 11_500, 45
BLOCKS = 50  # in a message
BUTTONS = 25  # in an actions block
LABEL, VALUE, ACTION = 75, 2000, 255
DEEPEST = 8  # list in list
FALLBACK = 3000  # Slack advises to stay below 4,000

BARE_ADDRESS = re.compile(r"https?://[^\s<>|\"]*[^\s<>|\".,;:!?)\]}'»…]", re.IGNORECASE)
BROADCAST = re.compile("@(?=(here|channel|everyone|group)\\b)", re.IGNORECASE)
WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """What one chat.postMessage takes."""

    text: str
    blocks: tuple[Json, ...]


def slack_messages(document: str, buttons: Sequence[Button] = ()) -> tuple[SlackMessage, ...]:
    """Tell a Markdown document as messages, none for an empty one; the buttons stand under the last."""
    return _messages(flat_blocks(document), buttons)


def slack_words(words: str) -> tuple[SlackMessage, ...]:
    """Tell a person's own words as messages: as they typed them, never read as markup."""
    return _messages(word_blocks(words), ())


def slack_escaped(words: str) -> str:
    """Anybody's words for a place where Slack reads mrkdwn: they can mention nobody and link nowhere."""
    broken = BROADCAST.sub("@" + WORD_JOINER, plain_words(words))
    return broken.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# -- messages


def _messages(blocks: Iterable[Block], buttons: Sequence[Button]) -> tuple[SlackMessage, ...]:
    actions = _actions(buttons)
    room = MESSAGE_LIMIT - sum(map(_actions_weight, actions))
    groups: list[list[tuple[Block, ...]]] = []
    size = room
    for part in _parts(blocks):
        weight = BLOCK_WEIGHT + GAP * (len(part) - 1) + sum(map(_weight, part))
        size += weight
        if not groups or size > room or len(groups[-1]) == BLOCKS - len(actions):
            groups.append([])
            size = weight
        groups[-1].append(part)
    messages = [SlackMessage(_fallback(sum(group, ())), tuple(map(_rich_text, group))) for group in groups]
    if actions:
        last = messages.pop() if messages else SlackMessage(_fallback(_label_blocks(buttons)), ())
        messages.append(replace(last, blocks=(*last.blocks, *actions)))
    return tuple(messages)


def _parts(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], ...]:
    return packed(map(_linked, blocks), BLOCK_LIMIT, _weight)


def _weight(block: Block) -> int:
    """What a block takes: its text, and the addresses it leads to."""
    return sum(units(run.text) + len(run.address) for run in block.runs)


def _actions_weight(actions: Json) -> int:
    return BLOCK_WEIGHT + sum(units(button["text"]["text"]) for button in actions["elements"])


def _fallback(blocks: Iterable[Block]) -> str:
    text = "\n".join(indent(block, block.text) for block in blocks)
    end = FALLBACK
    while units(escaped := slack_escaped(shortened(text, end))) > FALLBACK:
        end -= (units(escaped) - FALLBACK + 5) // 6 + 1
    return escaped


# -- blocks


def _rich_text(part: Iterable[Block]) -> Json:
    elements: list[Json] = []
    for block in part:
        _add(elements, block)
    return {"type": "rich_text", "elements": elements}


def _add(elements: list[Json], block: Block) -> None:
    """Add a block as the next element, or to the last one where it goes on with it."""
    last = elements[-1] if elements else {}
    border = {"border": 1} if block.quoted else {}
    if block.kind == "code":
        elements.append({"type": "rich_text_preformatted", "elements": [_text(Run(block.text))], **border})
    elif block.kind == "item":
        like = {"type": "rich_text_list", **_list_style(block), **border}
        if not _goes_on(last, like, block):
            elements.append(last := {**like, "elements": []})
        last["elements"].append({"type": "rich_text_section", "elements": _inline(block)})
    elif block.depth and last.get("type") == "rich_text_list":
        last["elements"][-1]["elements"] += [_text(Run("\n")), *_inline(block)]
    else:
        kind = "rich_text_quote" if block.quoted else "rich_text_section"
        if last.get("type") == kind:
            last["elements"] += [_text(Run("\n" if block.close else "\n\n")), *_inline(block)]
        else:
            elements.append({"type": kind, "elements": _inline(block)})


def _list_style(item: Block) -> Json:
    style = {"style": "bullet" if item.number is None else "ordered", "indent": min(item.depth - 1, DEEPEST)}
    return {**style, "offset": item.number - 1} if item.number is not None and item.number > 1 else style


def _goes_on(last: Json, like: Json, item: Block) -> bool:
    """Whether an item is the next one of the list before it."""
    if not item.close or last.get("type") != "rich_text_list":
        return False
    number = None if last["style"] == "bullet" else last.get("offset", 0) + len(last["elements"]) + 1
    return item.number == number and all(last.get(key) == like.get(key) for key in ("style", "indent", "border"))


def _inline(block: Block) -> list[Json]:
    return [_link(run) if run.address else _text(run) for run in block.runs]


def _text(run: Run) -> Json:
    style = {style: True for style in (*STYLES.values(), "code") if style in run.styles}
    return {"type": "text", "text": run.text, **({"style": style} if style else {})}


def _link(run: Run) -> Json:
    return {**_text(run), "type": "link", "url": run.address}


def _linked(block: Block) -> Block:
    """The block, with bare addresses made links."""
    if block.kind == "code":
        return block
    return replace(block, runs=tuple(part for run in block.runs for part in _with_links(run)))


def _with_links(run: Run) -> Iterator[Run]:
    end = 0
    for found in () if run.address or "code" in run.styles else BARE_ADDRESS.finditer(run.text):
        if address := outside_address(found[0]):
            before = replace(run, text=run.text[end : found.start()])
            yield from (part for part in (before, replace(run, text=found[0], address=address)) if part.text)
            end = found.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])


# -- buttons


def _actions(buttons: Sequence[Button]) -> list[Json]:
    rows = groupby(enumerate(buttons), lambda placed: placed[0] // BUTTONS)
    return [{"type": "actions", "elements": [_button(place, one) for place, one in row]} for _, row in rows]


def _button(place: int, button: Button) -> Json:
    label = shortened(plain_words(button.label).strip(), LABEL) or "…"
    return {
        "type": "button",
        "action_id": shortened(f"{place}:{button.id}", ACTION),
        "value": shortened(button.id, VALUE),
        "text": {"type": "plain_text", "text": label, "emoji": False},
    }


def _label_blocks(buttons: Sequence[Button]) -> tuple[Block, ...]:
    return tuple(Block((Run(button.label),), "item", depth=1) for button in buttons)
