"""An update of the platform as what it says: words, an edit, a press, a group that moved, or nothing of ours.

Updates are read as the raw tables they are. A library's objects would make one update of an unknown shape stop all that
come with it, and Telegram adds kinds several times a year.
"""

from dataclasses import dataclass, field

from bot.channels.telegram.attached import attached
from bot.channels.telegram.keyboard import DONE, pressed_data
from bot.channels.telegram.raw import Raw
from bot.channels.telegram.spoken import Me, Words, answered_message, spoken
from bot.channels.telegram.words import absent_line, contact_line, forwarded_line, place_line
from bot.dialog.events import File

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
LANGUAGES = ("fr", "en")
_MOST_QUOTED = 1_000  # characters of a message that another one quotes


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote or pressed; `lang`: fr | en, empty where the program shows another one."""

    id: int
    name: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened; `topic`: the thread of a forum, 0 for none."""

    chat: int
    private: bool = True
    topic: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A message. `to_us` is false for what people of a group say among themselves; `edited`: when, 0 = never."""

    place: Place
    writer: Writer
    message: int
    text: str = ""
    files: tuple[File, ...] = ()
    album: str = ""
    edited: int = 0
    to_us: bool = True


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button. `owner`: whose message ours answered, 0 = unknown; a pressed choice that stands there is `done`."""

    place: Place
    writer: Writer
    message: int
    callback: str
    button: str = ""
    turn: int = 0
    label: str = ""
    owner: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup, under a new number."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing that is taken; `kind` says what it was, never who or what words."""

    kind: str = field(default="unknown")


def read(update: object, me: Me) -> Said | Pressed | Moved | Nothing:
    """Read one update. Whatever it is, no error comes of it."""
    raw = Raw.of(update)
    if message := raw.table("message"):
        return _message(message, me)
    if message := raw.table("edited_message"):
        return _edited(message, me)
    if query := raw.table("callback_query"):
        return _pressed(query)
    if member := raw.table("my_chat_member"):
        return Nothing("my_chat_member " + member.table("new_chat_member").text("status")[:20])
    return Nothing(next((str(name)[:40] for name in raw.held if name != "update_id"), "empty"))


def _message(message: Raw, me: Me) -> Said | Moved | Nothing:
    chat = message.table("chat").number("id")
    old, new = message.number("migrate_from_chat_id") or chat, message.number("migrate_to_chat_id") or chat
    if old != new and max(old, new) < 0:
        return Moved(old, new)
    return _said(message, me)


def _edited(message: Raw, me: Me) -> Said | Nothing:
    """An edit counts for its words; a place that moves on is an edit too, many times an hour."""
    if not (message.text("text") or message.text("caption")):
        return Nothing("edited_message without words")
    return _said(message, me)


def _said(message: Raw, me: Me) -> Said | Nothing:
    place, writer = _place(message), _writer(message.table("from"))
    if place is None:
        return Nothing("message of a chat of kind " + message.table("chat").text("type")[:20])
    if not writer.id or message.table("from").yes("is_bot") or message.yes("is_automatic_forward"):
        return Nothing("message of a bot or a channel")
    lang = writer.lang or LANGUAGES[0]
    files, too_large = attached(message)
    words = spoken(message, me)
    text = _text(message, words, too_large, lang, place.private)
    if not text and not files:
        return Nothing("message without words or files")
    return Said(
        place,
        writer,
        message.number("message_id"),
        text,
        files,
        message.text("media_group_id"),
        message.number("edit_date"),
        place.private or words.to_us,
    )


def _text(message: Raw, words: Words, too_large: tuple[str, ...], lang: str, private: bool) -> str:
    lines = (_forwarded(message, lang), _quoted(message, private), words.text)
    told = (_where(message, lang), _contact(message, lang), absent_line(too_large, lang))
    return "\n".join(filter(None, (*lines, *told)))


def _forwarded(message: Raw, lang: str) -> str:
    origin = message.table("forward_origin")
    if not origin:
        return ""
    chat = origin.table("sender_chat") or origin.table("chat")
    name = full_name(origin.table("sender_user")) or origin.text("sender_user_name") or chat.text("title")
    return forwarded_line(name[:100], lang)


def _quoted(message: Raw, private: bool) -> str:
    """What a message quotes; in a group also the message that it answers, if another person wrote that."""
    text = message.table("quote").text("text")
    answered = answered_message(message)
    if not text and not private and not answered.table("from").yes("is_bot"):
        text = answered.text("text") or answered.text("caption")
    cut = text[:_MOST_QUOTED] + ("…" if len(text) > _MOST_QUOTED else "")
    return "\n".join(f"> {line}" for line in cut.splitlines())


def _where(message: Raw, lang: str) -> str:
    point = message.table("location")
    latitude, longitude = point.degrees("latitude"), point.degrees("longitude")
    if latitude is None or longitude is None:
        return ""
    venue = message.table("venue")
    title = ", ".join(filter(None, (venue.text("title"), venue.text("address"))))
    return place_line(latitude, longitude, title[:300], lang)


def _contact(message: Raw, lang: str) -> str:
    contact = message.table("contact")
    return contact_line(full_name(contact)[:100], contact.text("phone_number")[:40], lang) if contact else ""


def _pressed(query: Raw) -> Pressed | Nothing:
    message, writer = query.table("message"), _writer(query.table("from"))
    place = _place(message)
    if place is None or not writer.id or not query.text("id"):
        return Nothing("callback_query without a message")
    data = query.text("data")
    turn, button = pressed_data(data)
    return Pressed(
        place,
        writer,
        message.number("message_id"),
        query.text("id"),
        button,
        turn,
        _label(message, data),
        answered_message(message).table("from").number("id"),
        data == DONE,
    )


def _label(message: Raw, data: str) -> str:
    """What stands on the button that was pressed, empty where the message is not to be had any more."""
    rows = message.table("reply_markup").items("inline_keyboard")
    buttons = (Raw.of(one) for row in rows if isinstance(row, list) for one in row)
    return next((one.text("text") for one in buttons if one.text("callback_data") == data), "")


def _place(message: Raw) -> Place | None:
    chat = message.table("chat")
    kind, number = chat.text("type"), chat.number("id")
    if not number or kind not in ("private", "group", "supergroup"):
        return None
    # Threads of answers have a number too; only in a forum does a message have to be sent back into it.
    topic = message.number("message_thread_id") if message.yes("is_topic_message") else 0
    return Place(number, kind == "private", topic)


def _writer(user: Raw) -> Writer:
    lang = user.text("language_code").lower().partition("-")[0]
    return Writer(user.number("id"), full_name(user), lang if lang in LANGUAGES else "")


def full_name(user: Raw) -> str:
    """First and last name as one."""
    return " ".join(filter(None, (user.text("first_name").strip(), user.text("last_name").strip())))
