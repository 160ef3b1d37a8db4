"""A stand-in of Telegram's Bot API: strict where the platform is strict, and with people in it."""

from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.groups import Channel, Group
from tests.support.telegram.people import PICTURE, Person
from tests.support.telegram.seen import Button, Shown

__all__ = ["PICTURE", "TOKEN", "BotApi", "Button", "Channel", "Group", "Person", "Shown"]
