"""The bot changes what stands in a chat, answers presses, reacts, and fetches files."""

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.chats import Chat, without
from tests.support.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from tests.support.telegram.markup import keyboard_of, text_of
from tests.support.telegram.shapes import Json
from tests.support.telegram.world import World

DELETABLE = 48 * 60 * 60  # seconds
MOST_ANSWER = 200
REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


def edit_message_text(world: World, arguments: Arguments) -> Json:
    """Another text; without a keyboard beside it the old one goes too."""
    content = text_of(arguments)
    keyboard = keyboard_of(arguments)
    chat, message = own_message(world, arguments)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    kept = without(message, "text", "entities", "link_preview_options", "reply_markup", "edit_date")
    return replace(world, chat, message, kept | content | keyboard)


def edit_message_reply_markup(world: World, arguments: Arguments) -> Json:
    """Another keyboard, or none."""
    keyboard = keyboard_of(arguments)
    chat, message = own_message(world, arguments)
    return replace(world, chat, message, without(message, "reply_markup", "edit_date") | keyboard)


def own_message(world: World, arguments: Arguments) -> tuple[Chat, Json]:
    """The message to edit, which the bot must have written. Raises RefusalError."""
    if not arguments.text("chat_id"):
        raise bad_request("message identifier is not specified")
    chat = world.chat(arguments.text("chat_id")).writable()
    message = chat.message(arguments.integer("message_id"), "message to edit")
    if message.get("from", {}).get("id") != world.bot["id"]:
        raise bad_request("message can't be edited")
    return chat, message


def replace(world: World, chat: Chat, old: Json, new: Json) -> Json:
    """Put the new state of a message in its place. Raises RefusalError where nothing changed."""
    if without(old, "edit_date") == new:
        raise bad_request(NOT_MODIFIED)
    chat.messages[old["message_id"]] = new | {"edit_date": world.date}
    return chat.messages[old["message_id"]]


def delete_message(world: World, arguments: Arguments) -> bool:
    """A message gone for everybody."""
    chat = world.chat(arguments.text("chat_id")).writable()
    message = chat.message(arguments.integer("message_id"), "message to delete")
    if world.clock.now() - message["date"] > DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    own = message.get("from", {}).get("id") == world.bot["id"]
    if not (own or chat.kind == "private" or chat.bot == "administrator"):
        raise bad_request("message can't be deleted")
    del chat.messages[message["message_id"]]
    return True


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """The spinner on a pressed button ends, perhaps with a few words."""
    press = world.fresh_press(arguments.text("callback_query_id"))
    if press is None:
        raise bad_request(QUERY_TOO_OLD)
    if len(arguments.text("text")) > MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer, press.alert = arguments.text("text"), arguments.flag("show_alert")
    return True


def set_message_reaction(world: World, arguments: Arguments) -> bool:
    """A sign under a message; bots have one at most."""
    chat = world.chat(arguments.text("chat_id")).writable()
    message = chat.message(arguments.integer("message_id"), "message to react")
    reactions = arguments.structured("reaction", "reaction types") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.get("type") == "emoji" and reaction.get("emoji") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    chat.reactions[message["message_id"]] = reactions
    return True


def get_file(world: World, arguments: Arguments) -> Json:
    """Where a file can be downloaded."""
    return world.files.open(arguments.text("file_id"))


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "getFile": get_file,
}
