"""The threads of a forum: opened, closed, opened again."""

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.chats import Chat, Topic
from tests.support.telegram.errors import bad_request
from tests.support.telegram.shapes import Json
from tests.support.telegram.world import World

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
MOST_NAME = 128


def create_forum_topic(world: World, arguments: Arguments) -> Json:
    """A new thread; its number is that of the message that says so."""
    chat = forum(world, arguments)
    name = arguments.text("name").strip()
    if not 1 <= len(name) <= MOST_NAME:
        raise bad_request("TOPIC_NAME_INVALID" if name else "TOPIC_TITLE_EMPTY")
    color = arguments.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    look: Json = {"name": name, "icon_color": color}
    number = chat.last_id + 1
    opening = chat.write(world.bot, world.date, {"forum_topic_created": look})
    opening |= {"message_thread_id": number, "is_topic_message": True}
    chat.topics[number] = Topic(number, name, color)
    return look | {"message_thread_id": number}


def close_forum_topic(world: World, arguments: Arguments) -> bool:
    """Nobody but administrators writes there any more."""
    return turn(world, arguments, True)


def reopen_forum_topic(world: World, arguments: Arguments) -> bool:
    """Everybody may write there again."""
    return turn(world, arguments, False)


def turn(world: World, arguments: Arguments, closed: bool) -> bool:
    """Close or reopen a thread. Raises RefusalError where it is so already."""
    chat = forum(world, arguments)
    topic = chat.topic(arguments.integer("message_thread_id"))
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    chat.write(world.bot, world.date, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, topic.number)
    return True


def forum(world: World, arguments: Arguments) -> Chat:
    """The forum that a call means, where the bot may manage threads. Raises RefusalError."""
    chat = world.chat(arguments.text("chat_id")).writable()
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if chat.bot != "administrator":
        raise bad_request("not enough rights to create a topic")
    return chat


METHODS = {
    "createForumTopic": create_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
}
