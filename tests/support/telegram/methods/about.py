"""What the bot says of itself, and what it asks about chats and people."""

import re
from typing import Any

from tests.support.telegram.arguments import Arguments
from tests.support.telegram.errors import bad_request
from tests.support.telegram.shapes import GIFTS, Json, bot_self, chat_member
from tests.support.telegram.world import World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
MOST_COMMAND_TEXT = 256
MOST_DESCRIPTION = {"description": 512, "short_description": 120}


def get_me(world: World, arguments: Arguments) -> Json:
    """The bot."""
    return bot_self(world.bot, world.reads_groups)


def set_my_commands(world: World, arguments: Arguments) -> bool:
    """The commands that people are offered, by scope and language."""
    commands = arguments.structured("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[place(arguments)] = [command(one) for one in commands]
    return True


def get_my_commands(world: World, arguments: Arguments) -> list[Json]:
    """The commands of exactly this scope and language."""
    return world.commands.get(place(arguments), [])


def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """No commands any more for this scope and language."""
    world.commands.pop(place(arguments), None)
    return True


def place(arguments: Arguments) -> tuple[str, str]:
    """Scope and language that a list of commands is for."""
    scope = arguments.structured("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    return ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope), language(arguments)


def command(given: Any) -> Json:
    """One command. Raises RefusalError."""
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(given.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name, description = given["command"].removeprefix("/"), given["description"]
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MOST_COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def set_my_description(world: World, arguments: Arguments) -> bool:
    """What stands in an empty chat with the bot."""
    return describe(world, arguments, "description")


def set_my_short_description(world: World, arguments: Arguments) -> bool:
    """What stands in the bot's profile."""
    return describe(world, arguments, "short_description")


def describe(world: World, arguments: Arguments, name: str) -> bool:
    """Keep a description. Raises RefusalError."""
    text = arguments.text(name)
    if len(text) > MOST_DESCRIPTION[name]:
        raise bad_request("BOT_DESCRIPTION_INVALID" if name == "description" else "BOT_ABOUT_INVALID")
    world.descriptions[(name, language(arguments))] = text
    return True


def language(arguments: Arguments) -> str:
    """A two-letter language or none. Raises RefusalError."""
    code = arguments.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def get_chat(world: World, arguments: Arguments) -> Json:
    """All about a chat."""
    chat = world.chat(arguments.text("chat_id"))
    full = chat.view() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if chat.kind in ("group", "supergroup"):
        full["permissions"] = {"can_send_messages": True, "can_invite_users": True}
    return full


def get_chat_member(world: World, arguments: Arguments) -> Json:
    """What somebody is in a chat."""
    chat = world.chat(arguments.text("chat_id"))
    number = arguments.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    if number == world.bot["id"]:
        return chat_member(world.bot, "left" if chat.bot == "stranger" else chat.bot)
    if number in chat.members:
        return chat_member(chat.members[number], "member")
    person = world.chats.get(number)
    if person is None or person.person is None:
        raise bad_request("user not found")
    return chat_member(person.person, "left")


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
