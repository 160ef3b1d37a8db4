"""Dead letters: what could not be handled or sent, to be looked at, tried again or dropped."""

import json
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update

from bot.dialog.effects import Effect
from bot.dialog.plain import to_plain
from bot.ports.inbound import Inbound
from bot.ports.ledger import Arrival
from bot.ports.records import DeadLetter
from bot.store.arriving import by_id, enqueue
from bot.store.codec import decode, dump, moment
from bot.store.slips import Slip, effect_key, inbox_key, joined_key
from bot.store.tables import event, inbox, outbox, words

DEAD_OUT = ("dead", "held")  # held: its end is doubtful, and only a person may settle it

_IN = (
    select(inbox, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("inbox", inbox.c.conversation_id, inbox.c.seq))
    .where(inbox.c.status == "dead")
    .order_by(inbox.c.id)
)
_OUT = (
    select(outbox, words.c.body.label("said"), event.c.at)
    .join(event, (event.c.conversation_id == outbox.c.conversation_id) & (event.c.seq == outbox.c.cause_seq))
    .outerjoin(words, words.c.key == joined_key("effect", outbox.c.key))
    .where(outbox.c.status.in_(DEAD_OUT))
    .order_by(outbox.c.id)
)
_ONE_IN = _IN.where(inbox.c.conversation_id == bindparam("conversation"), inbox.c.seq == bindparam("number"))
_ONE_OUT = _OUT.where(outbox.c.key == bindparam("parcel"))
_SETTLE_IN = update(inbox).where(inbox.c.id == bindparam("row")).values(status=bindparam("new_status"), body="")
_RETRY_OUT = (
    update(outbox).where(outbox.c.id == bindparam("row")).values(status="pending", attempts=0, next_at=bindparam("now"))
)
_DROP_OUT = update(outbox).where(outbox.c.id == bindparam("row")).values(status="dropped")
_FORGET = delete(words).where(words.c.key == bindparam("forgotten"))


def listed(connection: Connection, limit: int) -> tuple[DeadLetter, ...]:
    """List what is dead, oldest first, without what it holds."""
    letters = [_letter_in(row) for row in connection.execute(_IN.limit(limit))]
    letters += [_letter_out(row) for row in connection.execute(_OUT.limit(limit))]
    return tuple(sorted(letters, key=lambda letter: (letter.at, letter.id))[:limit])


def shown(connection: Connection, letter: str) -> DeadLetter:
    """Give one dead letter with what it holds. Raises KeyError."""
    row = _found(connection, letter)
    if letter.startswith("in:"):
        slip: Slip = decode(Slip, row.body, row.said)
        return _letter_in(row, json.loads(dump(to_plain(slip.event))))
    effect: Effect = decode(Effect, row.body, row.said)
    return _letter_out(row, json.loads(dump(to_plain(effect))))


def replay(connection: Connection, letter: str, now: int) -> str:
    """Try a dead letter again: an event enters its conversation anew, an effect is due at once. Raises KeyError.

    Gives the conversation it belongs to.
    """
    row = _found(connection, letter)
    if letter.startswith("in:"):
        slip: Slip = decode(Slip, row.body, row.said)
        conversation = str(row.conversation_id)
        inbound = Inbound(f"replay:{row.key}:{row.id}", slip.event, conversation=conversation, sender=slip.sender)
        enqueue(connection, by_id(connection, conversation), Arrival(inbound, moment(now)))
        _settle_in(connection, row, "replayed")
    else:
        connection.execute(_RETRY_OUT, {"row": row.id, "now": now})
    return str(row.conversation_id)


def drop(connection: Connection, letter: str) -> None:
    """Give a dead letter up, and forget what it held. Raises KeyError."""
    row = _found(connection, letter)
    if letter.startswith("in:"):
        _settle_in(connection, row, "dropped")
    else:
        connection.execute(_DROP_OUT, {"row": row.id})
        connection.execute(_FORGET, {"forgotten": effect_key(row.key)})


def _settle_in(connection: Connection, row: Row[*tuple[Any, ...]], status: str) -> None:
    connection.execute(_SETTLE_IN, {"row": row.id, "new_status": status})
    connection.execute(_FORGET, {"forgotten": inbox_key(row.conversation_id, row.seq)})


def _found(connection: Connection, letter: str) -> Row[*tuple[Any, ...]]:
    query, named = _named(letter)
    row = connection.execute(query, named).one_or_none() if named else None
    if row is None:
        raise KeyError(f"there is no dead letter {letter!r}")
    return row


def _named(letter: str) -> tuple[Select[Any], dict[str, object]]:
    way, _, rest = letter.partition(":")
    if way == "out":
        return _ONE_OUT, {"parcel": rest}
    conversation, _, seq = rest.partition(":")
    known = way == "in" and conversation.isdecimal() and seq.isdecimal()
    return _ONE_IN, {"conversation": int(conversation), "number": int(seq)} if known else {}


def _letter_in(row: Row[*tuple[Any, ...]], told: Any = None) -> DeadLetter:
    whose = str(row.conversation_id)
    at = moment(row.received_at)
    return DeadLetter(f"in:{whose}:{row.seq}", whose, row.kind, at, row.error, row.status, _text(told))


def _letter_out(row: Row[*tuple[Any, ...]], told: Any = None) -> DeadLetter:
    whose = str(row.conversation_id)
    return DeadLetter(f"out:{row.key}", whose, row.kind, moment(row.at), row.error, row.status, _text(told))


def _text(told: Any) -> str:
    return "" if told is None else dump(told)
