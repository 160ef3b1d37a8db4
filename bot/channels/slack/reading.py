"""An event of Slack's as a value: a post, an edit of one, or a reaction. What no person did is none of these."""

from dataclasses import dataclass, replace

from bot.channels.slack.payload import MOST_TEXT, Json, part, parts, word

SAYING = frozenset(("", "file_share", "thread_broadcast", "me_message"))  # subtypes by which a person says something
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Own:
    """Who we are in Slack. `account`: the organisation for an app of a whole organisation, else the workspace."""

    account: str
    user: str
    bot: str = ""
    team: str = ""
    enterprise: str = ""

    @property
    def mention(self) -> str:
        """How a text names us."""
        return f"<@{self.user}"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a post. `link` leads people to it; `elsewhere`: it does not lie in Slack, and cannot be fetched."""

    id: str
    name: str = ""
    type: str = ""
    size: int = 0
    link: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """Something a person said. `thread`: the first message of the thread it answers in, "" where it begins none.

    `assistant`: the thread is one of Slack's container for assistants.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    thread: str = ""
    private: bool = False
    mentions_us: bool = False
    assistant: bool = False
    files: tuple[Attached, ...] = ()

    @property
    def root(self) -> str:
        """The first message of its thread: itself, where it answers nothing."""
        return self.thread or self.ts


@dataclass(frozen=True, slots=True)
class Edit:
    """A person changed or took back (`text` empty) what they said. `at` tells one edit from the next."""

    channel: str
    ts: str
    user: str
    at: str
    text: str = ""
    thread: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Reaction:
    """A person put an emoji to a message."""

    channel: str
    ts: str
    user: str
    name: str
    at: str


def read_event(event: Json, own: Own) -> Post | Edit | Reaction | None:
    """Read an event; None for all that nobody says to us."""
    match word(event, "type"):
        case "message" | "app_mention":
            return _message(event, own)
        case "reaction_added":
            return _reaction(event, own)
        case _:
            return None


def read_post(message: Json, channel: str, own: Own) -> Post | None:
    """Read a message, as events and histories hold it; None where no person says something in it."""
    if not _by_person(message, own) or word(message, "subtype") not in SAYING:
        return None
    ts, thread, text = word(message, "ts"), word(message, "thread_ts"), word(message, "text", most=MOST_TEXT)
    post = Post(
        channel=channel,
        ts=ts,
        user=word(message, "user"),
        text=text,
        thread="" if thread == ts else thread,
        private=_is_private(message, channel),
        mentions_us=f"{own.mention}>" in text or f"{own.mention}|" in text,
        assistant=bool(part(message, "assistant_thread")),
        files=tuple(_attached(file) for file in parts(message, "files") if word(file, "id")),
    )
    return post if channel and ts and post.user else None


def _message(event: Json, own: Own) -> Post | Edit | None:
    channel = word(event, "channel")
    match word(event, "subtype"):
        case "message_changed":
            return _changed(event, channel, own)
        case "message_deleted":
            before = part(event, "previous_message")
            return _taken_back(event, before, word(event, "deleted_ts"), channel, own)
        case _:
            post = read_post(event, channel, own)
            is_mention = word(event, "type") == "app_mention"
            return replace(post, mentions_us=True) if post and is_mention else post


def _changed(event: Json, channel: str, own: Own) -> Edit | None:
    after, before = part(event, "message"), part(event, "previous_message")
    if word(after, "subtype") == "tombstone":  # it was taken back, but has answers
        return _taken_back(event, before, word(after, "ts"), channel, own)
    text = word(after, "text", most=MOST_TEXT)
    if not _by_person(after, own) or text == word(before, "text", most=MOST_TEXT):  # Slack has put a preview to it
        return None
    ts, thread = word(after, "ts"), word(after, "thread_ts")
    at = word(after, "edited", "ts") or word(event, "event_ts")
    private = _is_private(event, channel)
    return Edit(channel, ts, word(after, "user"), at, text, "" if thread == ts else thread, private)


def _taken_back(event: Json, before: Json, ts: str, channel: str, own: Own) -> Edit | None:
    if not _by_person(before, own) or not ts:
        return None
    thread = word(before, "thread_ts")
    private = _is_private(event, channel)
    return Edit(channel, ts, word(before, "user"), word(event, "event_ts"), "", "" if thread == ts else thread, private)


def _reaction(event: Json, own: Own) -> Reaction | None:
    item, user = part(event, "item"), word(event, "user")
    channel, ts = word(item, "channel"), word(item, "ts")
    if word(item, "type") != "message" or not channel or not ts or user in ("", own.user, SLACKBOT):
        return None
    name = word(event, "reaction").split("::")[0]  # what follows is the colour of a skin
    return Reaction(channel, ts, user, name, word(event, "event_ts"))


def _by_person(message: Json, own: Own) -> bool:
    """Tell whether a person wrote it, with their own hands and not by a program."""
    by_program = any(message.get(key) for key in ("bot_id", "bot_profile", "app_id"))
    hidden = bool(message.get("hidden")) or word(message, "subtype") == "bot_message"
    return not by_program and not hidden and word(message, "user") not in ("", own.user, SLACKBOT)


def _is_private(message: Json, channel: str) -> bool:
    """A direct message between one person and us."""
    return word(message, "channel_type") == "im" or (not message.get("channel_type") and channel.startswith("D"))


def _attached(file: Json) -> Attached:
    size = file.get("size")
    elsewhere = word(file, "mode") == "external" or file.get("is_external") is True
    return Attached(
        id=word(file, "id"),
        name=word(file, "name") or word(file, "title") or word(file, "id"),
        type=word(file, "mimetype"),
        size=size if isinstance(size, int) and size > 0 else 0,
        link=word(file, "url_private" if elsewhere else "permalink", most=2000),
        elsewhere=elsewhere,
    )
