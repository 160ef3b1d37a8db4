"""Durable timers: set and cancelled by turns, fired into the inbox, told apart by generation."""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.dialog.effects import CancelTimer, SetTimer
from bot.dialog.events import TimerFired
from bot.ports.inbound import Inbound
from bot.ports.ledger import Arrival, Handled, Receipt
from bot.store.arriving import by_id, enqueue
from bot.store.codec import moment, stamp
from bot.store.prepared import Prepared
from bot.store.tables import conversation, outbox, timer

FIRED_AT_ONCE = 50

_named = and_(timer.c.conversation_id == bindparam("whose"), timer.c.name == bindparam("what"))
_row = insert(timer).values({name: bindparam(name) for name in ("conversation_id", "name", "fire_at", "generation")})
_SET = Prepared(
    _row.on_conflict_do_update(
        index_elements=["conversation_id", "name"],
        set_={"fire_at": _row.excluded.fire_at, "generation": _row.excluded.generation},
    )
)
_CANCEL = Prepared(delete(timer).where(_named))
_ENDED = Prepared(delete(timer).where(_named, timer.c.generation == bindparam("which")))
_DUE = Prepared(
    select(timer.c.conversation_id, timer.c.name, timer.c.generation)
    .where(timer.c.fire_at <= bindparam("now"))
    .order_by(timer.c.fire_at, timer.c.conversation_id, timer.c.name)
    .limit(FIRED_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_FIRED = Prepared(update(timer).where(_named).values(fire_at=None))

_earlier = outbox.alias("earlier")
HEADS_ITS_LANE = ~exists().where(
    _earlier.c.conversation_id == outbox.c.conversation_id,
    _earlier.c.lane == outbox.c.lane,
    _earlier.c.id < outbox.c.id,
    _earlier.c.next_at.is_not(None),
)
_free_at = case(
    (conversation.c.lease_until > conversation.c.ready_at, conversation.c.lease_until), else_=conversation.c.ready_at
)
_NEXT = (
    Prepared(select(func.min(timer.c.fire_at).label("at")).where(timer.c.fire_at.is_not(None))),
    Prepared(select(func.min(outbox.c.next_at).label("at")).where(outbox.c.next_at.is_not(None), HEADS_ITS_LANE)),
    Prepared(select(func.min(_free_at).label("at")).where(conversation.c.ready_at.is_not(None))),
)


def set_timers(connection: Connection, whose: int, seq: int, handled: Handled) -> datetime | None:
    """Carry out a turn's timers, the last word for each name; tell the earliest that was set."""
    for item in handled.items:
        if isinstance(item.event, TimerFired) and item.generation:
            _ENDED.write(connection, {"whose": whose, "what": item.event.name, "which": item.generation})
    effects = handled.turn.effects if handled.turn else ()
    wanted = {effect.name: effect for effect in effects if isinstance(effect, SetTimer | CancelTimer)}
    for name, effect in wanted.items():
        if isinstance(effect, SetTimer):
            row = {"conversation_id": whose, "name": name, "fire_at": stamp(effect.at), "generation": seq}
            _SET.write(connection, row)
        else:
            _CANCEL.write(connection, {"whose": whose, "what": name})
    return min((effect.at for effect in wanted.values() if isinstance(effect, SetTimer)), default=None)


def fire(connection: Connection, now: int) -> tuple[Receipt, ...]:
    """Turn due timers into waiting events, in order of their time; call again until none is left."""
    receipts = []
    for row in _DUE.rows(connection, {"now": now}):
        _FIRED.write(connection, {"whose": row.conversation_id, "what": row.name})
        key = f"timer:{row.conversation_id}:{row.name}:{row.generation}"
        event = TimerFired(at=moment(now), name=row.name)
        arrival = Arrival(Inbound(key, event, conversation=str(row.conversation_id)), moment(now))
        place = by_id(connection, str(row.conversation_id))
        if receipt := enqueue(connection, place, arrival, generation=row.generation):
            receipts.append(receipt)
    return tuple(receipts)


def next_due(connection: Connection) -> datetime | None:
    """Tell when the earliest timer, retry or waiting conversation falls due."""
    found = [query.one(connection, {}).at for query in _NEXT]
    return min((moment(at) for at in found if at is not None), default=None)
