"""People: what they do on their phones, as the platform would tell it to the bot."""

import secrets

from tests.support.telegram.chats import Chat, without
from tests.support.telegram.entities import completed, part, trimmed, units
from tests.support.telegram.markup import MOST_TEXT
from tests.support.telegram.seen import Screen, Shown
from tests.support.telegram.shapes import Json, present
from tests.support.telegram.world import Press, World

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


class Person(Screen):
    """Somebody with a phone; also their private chat with the bot. `to=` writes into a group instead."""

    def __init__(self, world: World, chat: Chat) -> None:
        super().__init__(world, chat)
        assert chat.person
        self.user = chat.person

    def start(self, token: str = "") -> Shown:
        """Open the chat with the bot by its button, or by a link that carries a token."""
        return self.say(f"/start {token}".strip())

    def say(self, text: str, to: Screen | None = None, reply_to: Shown | None = None, topic: int = 0) -> Shown:
        """Write a text; the phone would send one that is too long as several messages."""
        words, _ = trimmed(text, [])
        assert 0 < units(words) <= MOST_TEXT, f"no phone sends a message of {units(words)} units"
        return self.write({"text": words} | present(entities=completed(words, [])), to, reply_to, topic)

    def send_photo(self, content: bytes = PICTURE, caption: str = "", to: Screen | None = None) -> Shown:
        """Send a picture."""
        return self.write({"photo": self.world.files.photo(content)} | captioned(caption), to)

    def send_document(
        self, content: bytes, name: str = "notes.txt", kind: str = "text/plain", caption: str = "",
        size: int | None = None, to: Screen | None = None,
    ) -> Shown:  # fmt: skip
        """Send a file; `size` pretends that it is bigger than its content."""
        return self.write({"document": self.world.files.document(content, name, kind, size)} | captioned(caption), to)

    def send_voice(self, content: bytes = b"OggS" + bytes(100), seconds: int = 3, to: Screen | None = None) -> Shown:
        """Speak a message."""
        return self.write({"voice": self.world.files.voice(content, seconds)}, to)

    def send_album(self, contents: list[bytes], caption: str = "", to: Screen | None = None) -> list[Shown]:
        """Send pictures together: as many messages, one group; the caption stands under the first."""
        group = {"media_group_id": str(secrets.randbelow(10**16) + 10**16)}
        words = [captioned(caption), *({} for _ in contents[1:])]
        with self.world.changed:
            return [
                self.write({"photo": self.world.files.photo(content)} | group | said, to)
                for content, said in zip(contents, words, strict=True)
            ]

    def forward(self, text: str, writer: str = "Somebody", to: Screen | None = None) -> Shown:
        """Pass on what somebody else has written, who does not want to be known by more than a name."""
        origin = {"type": "hidden_user", "sender_user_name": writer, "date": self.world.date}
        return self.write({"text": text, "forward_origin": origin}, to)

    def send_sticker(self, emoji: str = "👍", to: Screen | None = None) -> Shown:
        """Send a sticker."""
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}
        return self.write({"sticker": self.world.files.keep("stickers", emoji.encode()) | look}, to)

    def send_location(self, latitude: float = 48.86, longitude: float = 2.35, to: Screen | None = None) -> Shown:
        """Tell where one is."""
        return self.write({"location": {"latitude": latitude, "longitude": longitude}}, to)

    def send_contact(self, phone: str = "+33100000000", name: str = "Ann", to: Screen | None = None) -> Shown:
        """Send a page of the address book."""
        return self.write({"contact": {"phone_number": phone, "first_name": name}}, to)

    def write(self, content: Json, to: Screen | None = None, reply_to: Shown | None = None, topic: int = 0) -> Shown:
        """Put any message into a chat; the bot is told if it may know."""
        chat = to.inside if to else self.inside
        with self.world.changed:
            if chat is self.inside:
                assert chat.bot != "kicked", "whoever has blocked the bot must unblock it first"
                chat.bot = "member"
            message = chat.write(self.user, self.world.date, content, topic, reply_to.id if reply_to else 0)
            self.tell("message", chat, message)
            return (to or self).shown(message)

    def edit(self, message: Shown, text: str) -> Shown:
        """Change one's own message: its text, or the caption of a file."""
        with self.world.changed:
            chat = self.world.chats[message.chat]
            old = chat.messages[message.id]
            words, _ = trimmed(text, [])
            new = {"text": words} | present(entities=completed(words, [])) if "text" in old else captioned(words)
            kept = without(old, "text", "entities", "caption", "caption_entities")
            chat.messages[message.id] = kept | new | {"edit_date": self.world.date}
            self.tell("edited_message", chat, chat.messages[message.id])
            return Screen(self.world, chat).shown(chat.messages[message.id])

    def delete(self, message: Shown) -> None:
        """Delete a message for everybody; the platform does not tell bots."""
        with self.world.changed:
            del self.world.chats[message.chat].messages[message.id]
        self.world.stir()

    def press(self, message: Shown, place: int | str = 1) -> Press:
        """Press a button, by its label or by its number, as it stood when the message was looked at."""
        buttons = [button for row in message.buttons for button in row]
        fitting = [one for number, one in enumerate(buttons, 1) if place in (number, one.label)]
        assert fitting and fitting[0].data, f"no such button to press: {place!r}, there are {message.labels}"
        with self.world.changed:
            chat = self.world.chats[message.chat]
            press = self.world.press()
            query: Json = {"id": press.id, "from": self.user, "chat_instance": chat.instance, "data": fitting[0].data}
            query["message"] = chat.messages.get(message.id) or inaccessible(chat, message.id)
            self.world.announce("callback_query", query)
            return press

    def react(self, message: Shown, emoji: str = "👍") -> None:
        """Put a sign under a message; only a bot that asked for it is told."""
        with self.world.changed:
            chat = self.world.chats[message.chat]
            self.world.announce(
                "message_reaction",
                {
                    "chat": chat.view(), "message_id": message.id, "user": self.user, "date": self.world.date,
                    "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}],
                },
            )  # fmt: skip

    def answer_poll(self, poll: str = "5", option: int = 0) -> None:
        """Vote in a poll."""
        vote = {"option_ids": [option], "option_persistent_ids": [str(option)]}
        self.world.announce("poll_answer", {"poll_id": poll, "user": self.user} | vote)

    def ask_to_join(self, group: Screen) -> None:
        """Ask to be let into a group."""
        asked = {"chat": group.inside.view(), "from": self.user, "user_chat_id": self.id, "date": self.world.date}
        self.world.announce("chat_join_request", asked)

    def block(self) -> None:
        """Refuse everything from the bot."""
        self.world.turn(self.inside, self.user, "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self.world.turn(self.inside, self.user, "member")

    def tell(self, kind: str, chat: Chat, message: Json) -> None:
        """Tell the bot of a message, unless it stands in a group and does not concern it."""
        if concerns(self.world.bot, self.world.reads_groups, chat, message):
            self.world.announce(kind, message)
        else:
            self.world.stir()


def concerns(bot: Json, reads_groups: bool, chat: Chat, message: Json) -> bool:
    """Privacy mode: in groups a bot gets commands, what names it, and answers to it; as administrator everything."""
    if chat.kind in ("private", "channel") or reads_groups or chat.bot == "administrator":
        return True
    if chat.bot != "member":
        return False
    replied = message.get("reply_to_message", {})
    if replied.get("from", {}).get("id") == bot["id"] and "forum_topic_created" not in replied:
        return True
    text = message.get("text") or message.get("caption") or ""
    name = f"@{bot['username']}".lower()
    for entity in message.get("entities") or message.get("caption_entities") or []:
        words = part(text, entity).lower()
        if entity["type"] == "mention" and words == name:
            return True
        if entity["type"] == "bot_command" and entity["offset"] == 0 and ("@" not in words or words.endswith(name)):
            return True
    return False


def captioned(caption: str) -> Json:
    """A caption as a part of a message."""
    words, _ = trimmed(caption, [])
    return present(caption=words, caption_entities=completed(words, []))


def inaccessible(chat: Chat, number: int) -> Json:
    """What stands in a press in place of a message that is gone."""
    return {"chat": chat.view(), "message_id": number, "date": 0}
