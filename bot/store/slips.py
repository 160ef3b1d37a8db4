"""What is stored of an event that waits, and the keys under which a person's words are kept apart."""

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Text, bindparam, cast, delete, literal
from sqlalchemy.dialects.postgresql import insert

from bot.dialog.effects import ChangeTicket, CommentTicket, Effect, Join, OpenTicket, Relay, RunAction, Say, SendCode
from bot.dialog.events import AnyEvent
from bot.dialog.plain import personal
from bot.ports.inbound import Sender
from bot.store.prepared import Prepared
from bot.store.tables import words


@dataclass(frozen=True, slots=True)
class Slip:
    """A waiting event with who sent it; `generation` only for timers."""

    event: AnyEvent
    generation: int = 0
    sender: Sender = personal(Sender())


def inbox_key(conversation: int | str, seq: int) -> str:
    """Key of the words of a waiting event."""
    return f"inbox:{conversation}:{seq}"


def event_key(conversation: int | str, seq: int) -> str:
    """Key of the words of an event in the log."""
    return f"event:{conversation}:{seq}"


def state_key(conversation: int | str) -> str:
    """Key of the words in a conversation's state."""
    return f"state:{conversation}"


def effect_key(parcel: str) -> str:
    """Key of the words of an effect."""
    return f"effect:{parcel}"


def joined_key(kind: str, *columns: Column[int] | Column[str]) -> ColumnElement[str]:
    """Build such a key inside a query."""
    key: ColumnElement[str] = literal(kind)
    for column in columns:
        key = key + ":" + cast(column, Text)
    return key


def words_row(key: str, conversation: int, body: str) -> dict[str, object]:
    """One row of the personal place; its kind is the first part of its key."""
    return {"key": key, "conversation_id": conversation, "kind": key.partition(":")[0], "body": body}


# PostgreSQL's own INSERT compiles on both databases: SQLite took ON CONFLICT over from it.
_row = insert(words).values({name: bindparam(name) for name in ("key", "conversation_id", "kind", "body")})
WRITE_WORDS = Prepared(_row.on_conflict_do_update(index_elements=["key"], set_={"body": _row.excluded.body}))
FORGET_WORDS = Prepared(delete(words).where(words.c.key == bindparam("forgotten")))


def lane_of(effect: Effect) -> str:
    """Name the lane an effect goes out by, "" for timers, which are no one's delivery."""
    match effect:
        case Say():
            return "channel"
        case Relay(to=to):
            return "agents" if to == "agent" else "channel"
        case OpenTicket() | CommentTicket() | ChangeTicket():
            return "ticket"
        case RunAction():
            return "action"
        case SendCode() | Join():
            return "people"
        case _:
            return ""
