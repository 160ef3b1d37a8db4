"""What is read in updates: words, files, places, whom they are meant for; and nothing that comes raises."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.attached import MOST_BYTES
from bot.channels.telegram.reading import KINDS, Moved, Nothing, Place, Pressed, Said, read
from bot.dialog.events import File
from tests.channels.telegram.updates import ANN, BOB, BOT, GROUP, ME, Json, in_group, mark, mentioned, private, update


def said(message: Json, kind: str = "message") -> Said:
    """What is read in a message that says something."""
    found = read(update(message, kind), ME)
    assert isinstance(found, Said)
    return found


def test_words_say_who_where_and_in_which_language() -> None:
    one = said(private(text="Mon VPN ne marche plus"))
    assert (one.text, one.message, one.place) == ("Mon VPN ne marche plus", 7, Place(ANN["id"]))
    assert (one.writer.id, one.writer.name, one.writer.lang) == (ANN["id"], "Ann Martin", "fr")
    assert said(private({**BOB, "language_code": "de"}, text="Hallo")).writer.lang == ""


HUMAN = "/human@guichet_bot"
PHOTO: Json = {"width": 90, "height": 60, "file_size": 9}
FILES = [
    ({"photo": [PHOTO | {"file_id": "S"}, PHOTO | {"file_id": "L", "width": 900, "file_size": 99}]},
     File("photo.jpg", "image/jpeg", 99, "telegram:L")),
    ({"document": {"file_id": "D", "file_name": "log.txt", "mime_type": "text/plain", "file_size": 5}},
     File("log.txt", "text/plain", 5, "telegram:D")),
    ({"document": {"file_id": "D", "mime_type": "application/pdf"}},
     File("document.pdf", "application/pdf", 0, "telegram:D")),
    ({"voice": {"file_id": "V", "duration": 3, "mime_type": "audio/ogg", "file_size": 4}},
     File("voice.ogg", "audio/ogg", 4, "telegram:V")),
    ({"audio": {"file_id": "A", "file_name": "son.mp3", "duration": 3}},
     File("son.mp3", "audio/mpeg", 0, "telegram:A")),
    ({"video": {"file_id": "W", "mime_type": "video/mp4"}}, File("video.mp4", "video/mp4", 0, "telegram:W")),
    ({"video_note": {"file_id": "N", "length": 240}}, File("video.mp4", "video/mp4", 0, "telegram:N")),
    ({"animation": {"file_id": "G"}, "document": {"file_id": "G"}},
     File("animation.mp4", "video/mp4", 0, "telegram:G")),
    ({"sticker": {"file_id": "T", "emoji": "👍"}}, File("sticker.webp", "image/webp", 0, "telegram:T")),
    ({"sticker": {"file_id": "T", "is_video": True}}, File("sticker.webm", "video/webm", 0, "telegram:T")),
    ({"sticker": {"file_id": "T", "is_animated": True}}, File("sticker.tgs", "application/gzip", 0, "telegram:T")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "file"), FILES, ids=lambda value: "+".join(value) if isinstance(value, dict) else ""
)
def test_files_have_a_name_a_type_and_a_ref(content: Json, file: File) -> None:
    one = said(private(caption="Voici", **content))
    assert (one.text, one.files) == ("Voici", (file,))


def test_a_file_that_bots_are_not_given_is_named_in_the_text() -> None:
    held = {"file_id": "D", "file_name": "film.mkv", "file_size": MOST_BYTES + 1}
    assert said(private(document=held)).text == "[Trop lourd, resté dans Telegram\u00a0: film.mkv]"
    one = said(private(BOB, document=held, caption="See"))
    assert (one.text, one.files) == ("See\n[Too large, left in Telegram: film.mkv]", ())


def test_places_contacts_and_others_words_become_lines() -> None:
    assert said(private(location={"latitude": 48.86, "longitude": 2.35})).text == "[Position\u00a0: 48.86000, 2.35000]"
    venue = {"location": {"latitude": 1.0, "longitude": 2}, "title": "Siège", "address": "1 rue X"}
    spot = said(private(BOB, location=venue["location"], venue=venue))
    assert spot.text == "[Location: Siège, 1 rue X, 1.00000, 2.00000]"
    contact = {"phone_number": "+33100000000", "first_name": "Zoé", "last_name": "B"}
    assert said(private(contact=contact)).text == "[Contact\u00a0: Zoé B, +33100000000]"
    origin = {"type": "user", "sender_user": BOB, "date": 1}
    assert said(private(text="Help", forward_origin=origin)).text == "[Message transféré de Bob]\nHelp"
    hidden = {"type": "hidden_user", "sender_user_name": "Someone", "date": 1}
    assert said(private(BOB, text="Help", forward_origin=hidden)).text == "[Forwarded message from Someone]\nHelp"
    assert (
        said(private(text="Celui-ci", quote={"text": "deux\nlignes", "position": 0})).text
        == "> deux\n> lignes\nCelui-ci"
    )


def test_an_edit_carries_its_words_and_its_time() -> None:
    one = said(private(text="VPN", edit_date=1_760_000_100), "edited_message")
    assert (one.text, one.edited) == ("VPN", 1_760_000_100)
    moving = private(location={"latitude": 1.0, "longitude": 2.0}, edit_date=5)
    assert isinstance(read(update(moving, "edited_message"), ME), Nothing)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (mentioned("@guichet_bot, mon VPN est mort"), "mon VPN est mort"),
        (mentioned("🙂🙂 Bonjour @guichet_bot mon VPN"), "🙂🙂 Bonjour mon VPN"),
        (mentioned("Mon VPN est mort @Guichet_Bot", "@Guichet_Bot"), "Mon VPN est mort"),
        (mentioned("@guichet_bot"), "/help"),
        (in_group(text="Guichet aide", entities=[mark("Guichet aide", "Guichet", "text_mention", user=BOT)]), "aide"),
        (in_group(text="et là ?", reply_to_message=in_group(BOT, text="Où ?")), "et là ?"),
        (in_group(text=HUMAN, entities=[mark(HUMAN, HUMAN, "bot_command")]), "/human"),
        (in_group(text="/lang en", entities=[mark("/lang en", "/lang", "bot_command")]), "/lang en"),
        (mentioned("@guichet_bot ?", reply_to_message=in_group(BOB, text="Wifi is down")), "> Wifi is down\n?"),
    ],
)  # fmt: skip
def test_in_groups_only_what_turns_to_the_bot_counts(message: Json, text: str) -> None:
    one = said(message)
    assert (one.to_us, one.text, one.place) == (True, text, Place(GROUP["id"], private=False))


@pytest.mark.parametrize(
    "message",
    [
        in_group(text="Qui vient manger ?"),
        mentioned("@otherbot hello", "@otherbot"),
        in_group(text="mail a@guichet_bot.fr", entities=[mark("mail a@guichet_bot.fr", "a@guichet_bot.fr", "email")]),
        in_group(text="/lunch", entities=[mark("/lunch", "/lunch", "bot_command")]),
        in_group(text="/human@otherbot", entities=[mark("/human@otherbot", "/human@otherbot", "bot_command")]),
        in_group(text="oui", reply_to_message=in_group(BOB, text="Non ?")),
        in_group(text="oui", reply_to_message=in_group(BOT, forum_topic_created={"name": "VPN", "icon_color": 1})),
    ],
)  # fmt: skip
def test_in_groups_the_rest_is_none_of_ours(message: Json) -> None:
    assert not said(message).to_us


def test_only_topics_of_a_forum_are_kept_for_the_answer() -> None:
    assert said(mentioned("@guichet_bot hi", message_thread_id=5, is_topic_message=True)).place.topic == 5
    assert said(mentioned("@guichet_bot hi", message_thread_id=5)).place.topic == 0


def test_a_press_tells_button_turn_and_whose_it_is() -> None:
    keyboard = {
        "inline_keyboard": [[{"text": "Oui", "callback_data": "3:yes"}], [{"text": "Non", "callback_data": "3:no"}]]
    }
    message = in_group(BOT, reply_markup=keyboard, reply_to_message=in_group(ANN, text="VPN"))
    query = {"id": "77", "from": BOB, "chat_instance": "1", "data": "3:no", "message": message}
    press = read(update(query, "callback_query"), ME)
    assert isinstance(press, Pressed)
    assert (press.button, press.turn, press.label, press.owner, press.callback) == ("no", 3, "Non", ANN["id"], "77")
    gone = {**query, "message": {"chat": private()["chat"], "message_id": 4, "date": 0}}
    press = read(update(gone, "callback_query"), ME)
    assert isinstance(press, Pressed)
    assert (press.button, press.label, press.message) == ("no", "", 4)


@pytest.mark.parametrize(
    "strange",
    [
        {"update_id": 1, "channel_post": {"text": "x"}},
        {"update_id": 1, "poll": {"id": "1"}},
        {"update_id": 1, "kind_of_tomorrow": {"a": [1]}},
        {"update_id": 1, "my_chat_member": {"new_chat_member": {"status": "kicked"}}},
        update(in_group(new_chat_members=[ANN])),
        update(private(BOT, text="I am a bot")),
        update(private(poll={"id": "1"})),
        update(private(dice={"value": 3})),
        update(in_group(text="auto", is_automatic_forward=True)),
        update({"message_id": 1, "chat": {"id": -5, "type": "channel"}, "from": ANN, "text": "x"}),
        update({"id": "1", "from": ANN, "inline_message_id": "x", "data": "1:a"}, "callback_query"),
        {}, [], None, 7, "update", {"message": 3}, {"message": {"chat": {"id": True, "type": "private"}, "text": "x"}},
    ],
)  # fmt: skip
def test_what_is_none_of_ours_is_nothing(strange: Any) -> None:
    assert isinstance(read(strange, ME), Nothing)


def test_a_group_that_moved_is_told_by_both_numbers() -> None:
    assert read(update(in_group(migrate_to_chat_id=-9)), ME) == Moved(GROUP["id"], -9)
    assert read(update(in_group(migrate_from_chat_id=-9)), ME) == Moved(-9, GROUP["id"])


def test_half_characters_and_nul_do_no_harm() -> None:
    text = json.loads('"\\ud83d @guichet_bot \\u0000 VPN"')
    assert said(private(text=text)).text == "? @guichet_bot ? VPN"


NAMES = [
    "message", "edited_message", "callback_query", "chat", "from", "id", "type", "text", "caption", "entities",
    "offset", "length", "photo", "document", "file_id", "reply_to_message", "reply_markup", "inline_keyboard",
    "data", "location", "latitude", "longitude", "contact", "quote", "forward_origin", "sender_user",
    "migrate_to_chat_id",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=25,
)


@given(JSON, st.sampled_from(KINDS))
def test_nothing_that_comes_raises(body: Any, kind: str) -> None:
    read(body, ME)
    read({"update_id": 1, kind: body}, ME)
    if isinstance(body, dict):
        for message in (private(**body), in_group(**body)):
            read(update({**message, "chat": message["chat"], "from": message["from"]}, kind), ME)


class Documented:
    """Makes objects as the platform's documentation describes them."""

    def __init__(self, spec: Json, seed: int) -> None:
        self.types, self.dice = spec["types"], random.Random(seed)

    def make(self, name: str, depth: int = 0) -> Any:
        """An object of a documented type: all that is required, the rest by chance, less of it the deeper."""
        plain = {"Integer": 12, "String": "word", "Boolean": True, "Float": 1.5, "True": True}
        if name in plain:
            return plain[name]
        if name.startswith("Array of "):
            return [self.make(name.removeprefix("Array of "), depth + 1)] if depth < 5 else []
        told = self.types[name]
        if told.get("subtypes"):
            return self.make(self.dice.choice(told["subtypes"]), depth)
        fields = (one for one in told.get("fields", []) if one["required"] or self.dice.random() < 0.5 / (depth + 1))
        return (
            {one["name"]: self.make(self.dice.choice(one["types"]), depth + 1) for one in fields} if depth < 9 else {}
        )

    def update(self, kind: str) -> Json:
        """An update of this kind."""
        field = next(one for one in self.types["Update"]["fields"] if one["name"] == kind)
        return {"update_id": 1, kind: self.make(field["types"][0], 1)}

    @property
    def kinds(self) -> list[str]:
        """All kinds of updates."""
        return [one["name"] for one in self.types["Update"]["fields"] if one["name"] != "update_id"]


def test_every_documented_update_is_read(shared: Path) -> None:
    spec = json.loads((shared / "data" / "telegram" / "api.min.json").read_text())
    for seed in range(40):
        documented = Documented(spec, seed)
        assert set(KINDS) <= set(documented.kinds)
        for kind in documented.kinds:
            found = read(documented.update(kind), ME)
            assert kind in KINDS or isinstance(found, Nothing)
