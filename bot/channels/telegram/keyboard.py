"""Buttons under a message: how they lie, what they say, and what comes back of a press."""

import re
import unicodedata
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.dialog.effects import Button

MOST_BUTTONS = 100
MOST_LABEL = 64  # characters; the platform takes more, no screen shows them
MOST_DATA = 64  # bytes
DONE = "-"  # what the button says that shows a choice already made
_LONG, _SHORT = 20, 9  # characters of a label: longer ones get a row of their own, shorter ones share it with two
_DATA = re.compile(r"(\d{1,9}):(#?)(.+)", re.DOTALL)
_JOINERS = {"\u200d", "\ufe0f", "\ufe0e"} | {chr(tone) for tone in range(0x1F3FB, 0x1F400)}

Rows = tuple[tuple[tuple[str, str], ...], ...]  # (label, data) by row


def rows(buttons: Sequence[Button], turn: int) -> Rows:
    """Lay buttons out."""
    pairs = tuple(
        (shortened(button.label) or "?", data_of(button.id, turn, place))
        for place, button in enumerate(buttons[:MOST_BUTTONS], 1)
    )
    longest = max((len(label) for label, _ in pairs), default=0)
    wide = 1 if longest > _LONG else 3 if longest <= _SHORT else 2
    return tuple(pairs[start : start + wide] for start in range(0, len(pairs), wide))


def markup(laid: Rows) -> InlineKeyboardMarkup | None:
    """Make the platform's keyboard, None for no buttons."""
    if not laid:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in laid]
    )


def chosen(label: str) -> InlineKeyboardMarkup | None:
    """Make the keyboard that shows a choice; none where its label is unknown, so that all buttons go."""
    return markup((((f"✓ {shortened(label)}", DONE),),)) if label else None


def data_of(button: str, turn: int, place: int) -> str:
    """Tell a press: turn and id; the place on the keyboard where the id is too long or looks like one."""
    data = f"{max(turn, 0)}:{button}"
    fits = 0 < len(data.encode("utf-8", "replace")) <= MOST_DATA and button and not button.startswith("#")
    return data if fits else f"{max(turn, 0)}:#{place}"


def pressed_data(data: str) -> tuple[int, str]:
    """Read what a press says: turn and id, or turn and place as a digit; anything else is an unknown button."""
    found = _DATA.fullmatch(data)
    if not found:
        return 0, ""
    return int(found[1]), found[3]


def shortened(label: str) -> str:
    """Cut a label to what a button holds, never within what is seen as one character."""
    label = " ".join(label.split())
    if len(label) <= MOST_LABEL:
        return label
    end = MOST_LABEL - 1
    while end > 0 and (_clings(label[end]) or label[end - 1] == "\u200d"):
        end -= 1
    return label[:end].rstrip() + "…"


def _clings(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in _JOINERS
