"""Texts and keyboards as the bot writes them: read, measured and refused as the platform does."""

from typing import Any
from urllib.parse import urlsplit

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.entities import Entity, completed, trimmed, units
from tests.support.telegram.errors import bad_request
from tests.support.telegram.html import parse_html
from tests.support.telegram.shapes import Json, present

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_BYTES = 1 << 15  # of a text before it is parsed
MOST_DATA = 64
MOST_BUTTONS = 100
BUTTON_FIELDS = (
    "text", "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "style", "icon_custom_emoji_id",
)  # fmt: skip
MEANINGS = BUTTON_FIELDS[1:-2]  # without one of these a button does nothing


def text_of(arguments: Arguments) -> Json:
    """The text of a message with its entities. Raises RefusalError."""
    if not arguments.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(arguments, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > MOST_TEXT:
        raise bad_request("message is too long")
    options = arguments.structured("link_preview_options", "link preview options")
    if options is not None and not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return {"text": text} | present(entities=entities, link_preview_options=options)


def caption_of(arguments: Arguments) -> Json:
    """The caption under a file, if there is one. Raises RefusalError."""
    text, entities = formatted(arguments, "caption", "caption_entities")
    if units(text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    return present(caption=text, caption_entities=entities)


def formatted(arguments: Arguments, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    """A text by its parse mode, or with the entities that came beside it, completed by what the platform finds."""
    text = arguments.text(name)
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise bad_request("text is too long")
    mode = arguments.text("parse_mode").lower()
    entities: list[Entity] = []
    if text and mode == "html":
        text, entities = parse_html(text)
    elif text and mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")  # Markdown is one to the platform, but not to this stand-in
    else:
        entities = given_entities(arguments, entities_name)
    text, entities = trimmed(text, entities)
    return text, completed(text, entities)


def given_entities(arguments: Arguments, name: str) -> list[Entity]:
    """Entities that came beside a text."""
    entities = arguments.structured(name, "message entities")
    if not isinstance(entities, list):
        return []
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request("can't parse MessageEntity: expected an Object")
    return entities


def keyboard_of(arguments: Arguments) -> Json:
    """The inline keyboard as a part of the message; other keyboards are taken and are no part of it. May refuse."""
    markup = arguments.structured("reply_markup", "reply keyboard markup")
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return {}
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = [[inline_button(button) for button in row] for row in rows]
    if sum(map(len, keyboard)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    keyboard = [row for row in keyboard if row]
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}


def inline_button(button: Any) -> Json:
    """One button. Raises RefusalError."""
    problem = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{problem}InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{problem}Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(name in button and button[name] != "" for name in MEANINGS):
        raise bad_request(f"{problem}Text buttons are unallowed in the inline keyboard")
    if len(str(button.get("callback_data", "")).encode()) > MOST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if (url := button.get("url")) and not urlsplit(url if "://" in url else f"http://{url}").netloc:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return {name: button[name] for name in BUTTON_FIELDS if button.get(name) is not None}
