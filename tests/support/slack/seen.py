"""What people see: messages and views as they stand at this moment, in words a test can compare."""

from dataclasses import dataclass, field

from tests.support.slack.refusal import Json
from tests.support.slack.rooms import Message

PRESSED = ("button", "icon_button")


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    label: str
    action: str
    value: str
    block: str
    kind: str = "button"
    style: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as it reads now."""

    room: str
    ts: str
    user: str
    text: str  # the notification's text, which screen readers say
    blocks: tuple[Json, ...]
    words: str  # what stands on the screen: the blocks' words, or the text where there are none
    buttons: tuple[Button, ...]
    pings: frozenset[str]
    by_bot: bool
    thread: str | None
    is_edited: bool
    is_private: bool  # shown to one person only
    is_streaming: bool
    metadata: Json | None
    files: tuple[str, ...]
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on its buttons."""
        return tuple(button.label for button in self.buttons)


def seen(message: Message) -> Seen:
    """The message as it reads now; a copy that later changes do not reach."""
    blocks = tuple(message.blocks)
    return Seen(
        message.room, message.ts, message.user, message.text, blocks,
        words_in(blocks) if blocks else message.text, buttons_in(blocks), message.pings, message.by_app,
        message.thread if message.thread != message.ts else None, message.edited is not None,
        message.ephemeral_to is not None, message.streaming, message.metadata, tuple(message.files),
        {name: list(by) for name, by in message.reactions.items()},
    )  # fmt: skip


def words_in(blocks: tuple[Json, ...] | list[Json]) -> str:
    """The words of blocks, one block a line, without those on buttons."""
    return "\n".join(line for block in blocks if (line := words_of(block)))


def words_of(piece: object) -> str:
    """The words of one piece of a block."""
    if isinstance(piece, list):
        return "".join(words_of(each) for each in piece)
    if not isinstance(piece, dict) or piece.get("type") in (*PRESSED, "feedback_buttons", "actions", "context_actions"):
        return ""
    match piece.get("type"):
        case "text" | "mrkdwn" | "plain_text" | "markdown":
            return str(piece["text"])
        case "link":
            return str(piece.get("text") or piece["url"])
        case "emoji":
            return f":{piece['name']}:"
        case "user":
            return f"@{piece['user_id']}"
        case "broadcast":
            return f"@{piece['range']}"
        case "rich_text" | "rich_text_list":
            return "\n".join(words_of(each) for each in piece["elements"])
        case "image":
            return str(piece["alt_text"])
        case "context":
            return " ".join(words_of(each) for each in piece["elements"])
        case "section":
            parts = [piece.get("text"), *piece.get("fields", [])]
            return "\n".join(words_of(each) for each in parts if each)
        case _:
            return "".join(words_of(value) for value in piece.values())


def buttons_in(blocks: tuple[Json, ...] | list[Json]) -> tuple[Button, ...]:
    """All that can be pressed, in reading order."""
    found: list[Button] = []
    for block in blocks:
        for piece in [*block.get("elements", []), block.get("accessory")]:
            if isinstance(piece, dict) and piece.get("type") in PRESSED:
                found.append(button_of(piece, block))
            if isinstance(piece, dict) and piece.get("type") == "feedback_buttons":
                found += [button_of(piece | piece[side], block) for side in ("positive_button", "negative_button")]
    return tuple(found)


def button_of(piece: Json, block: Json) -> Button:
    """One button."""
    return Button(
        piece["text"]["text"], piece.get("action_id", ""), piece.get("value", ""), block["block_id"], piece["type"],
        piece.get("style", ""), piece.get("url", ""),
    )  # fmt: skip


def element_named(blocks: list[Json], action: str) -> tuple[Json, Json] | None:
    """The block and the element with that action_id: a menu, a box, a field."""
    for block in blocks:
        for piece in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(piece, dict) and piece.get("action_id") == action:
                return block, piece
    return None
