"""The bot writes: texts, pictures, files, and the hint that it is about to."""

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.chats import Chat
from tests.support.telegram.errors import bad_request
from tests.support.telegram.markup import caption_of, keyboard_of, text_of
from tests.support.telegram.shapes import Json
from tests.support.telegram.world import World

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
GENERAL_TOPIC = 1


def send_message(world: World, arguments: Arguments) -> Json:
    """A text."""
    return post(world, arguments, text_of(arguments))


def send_photo(world: World, arguments: Arguments) -> Json:
    """A picture with a caption."""
    caption = caption_of(arguments)
    return post(world, arguments, {"photo": world.files.sent_photo(arguments.upload("photo"))} | caption)


def send_document(world: World, arguments: Arguments) -> Json:
    """A file with a caption."""
    caption = caption_of(arguments)
    return post(world, arguments, {"document": world.files.sent_document(arguments.upload("document"))} | caption)


def post(world: World, arguments: Arguments, content: Json) -> Json:
    """Write what was composed into the chat that the call names. Raises RefusalError."""
    keyboard = keyboard_of(arguments)
    replied = replied_number(arguments)
    chat = world.chat(arguments.text("chat_id")).writable()
    thread = thread_of(chat, arguments)
    if replied and replied not in chat.messages:
        if not orphan_allowed(arguments):
            raise bad_request("message to be replied not found")
        replied = 0
    protected = {"has_protected_content": True} if arguments.flag("protect_content") else {}
    return chat.write(world.bot, world.date, content | keyboard | protected, thread, replied)


def thread_of(chat: Chat, arguments: Arguments) -> int:
    """The topic that the call names, 0 for none; only forums have some. Raises RefusalError."""
    number = arguments.integer("message_thread_id")
    if not number or not (chat.forum or chat.kind == "private"):
        return 0
    if number == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    return chat.topic(number).number


def replied_number(arguments: Arguments) -> int:
    """The message that this one answers, 0 for none. Raises RefusalError."""
    parameters = arguments.structured("reply_parameters", "reply parameters")
    if parameters is None:
        return arguments.integer("reply_to_message_id")
    if not isinstance(parameters, dict):
        raise bad_request("object expected as reply parameters")
    number = parameters.get("message_id", 0)
    return int(number) if str(number).isdecimal() else 0


def orphan_allowed(arguments: Arguments) -> bool:
    """Whether a message may go out though the one it answers is gone."""
    parameters = arguments.structured("reply_parameters", "reply parameters") or {}
    return bool(parameters.get("allow_sending_without_reply")) or arguments.flag("allow_sending_without_reply")


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """Show for a moment what the bot is doing."""
    action = arguments.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.chat(arguments.text("chat_id")).writable()
    thread_of(chat, arguments)
    chat.actions.append(action)
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
