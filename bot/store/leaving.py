"""Effects on their way out: what is due, that a try began, how it ended and what it brought back."""

from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from bot.dialog.effects import Effect
from bot.ports.delivery import Failed, Retry, Sent, Unknown
from bot.ports.inbound import Address
from bot.ports.ledger import Left, Parcel, Receipt
from bot.store.arriving import receive
from bot.store.codec import decode, stamp
from bot.store.prepared import Prepared
from bot.store.slips import FORGET_WORDS, effect_key, joined_key
from bot.store.tables import address, conversation, outbox, words
from bot.store.timers import HEADS_ITS_LANE

HEADS_AT_ONCE = 100
COPIES = ("relay", "comment_ticket", "change_ticket", "run_action", "send_code")  # their words stand elsewhere too

PARCEL_COLUMNS = (
    outbox.c.key,
    outbox.c.conversation_id,
    outbox.c.lane,
    outbox.c.body,
    outbox.c.attempts,
    outbox.c.status,
    outbox.c.cause,
    words.c.body.label("said"),
    address.c.channel,
    address.c.account,
    address.c.key.label("place"),
)


def _parcels() -> Select[Any]:
    return (
        select(*PARCEL_COLUMNS)
        .join(conversation, conversation.c.id == outbox.c.conversation_id)
        .outerjoin(address, address.c.id == conversation.c.address_id)
        .outerjoin(words, words.c.key == joined_key("effect", outbox.c.key))
        .where(outbox.c.next_at <= bindparam("now"), HEADS_ITS_LANE)
        .order_by(outbox.c.id)
    )


_HEADS = Prepared(_parcels().limit(HEADS_AT_ONCE))
_HEAD = Prepared(
    _parcels().where(outbox.c.conversation_id == bindparam("conversation"), outbox.c.lane == bindparam("in_lane"))
)
_BEGIN = Prepared(
    update(outbox).where(outbox.c.key == bindparam("parcel"), outbox.c.status == "pending").values(status="sending")
)
_SENT = Prepared(
    update(outbox)
    .where(outbox.c.key == bindparam("parcel"))
    .values(status="sent", ref=bindparam("its_ref"), sent_at=bindparam("now"), next_at=None, error="")
)
_ENDED = Prepared(
    update(outbox)
    .where(outbox.c.key == bindparam("parcel"), outbox.c.next_at.is_not(None))
    .values(
        status=bindparam("new_status"),
        attempts=outbox.c.attempts + bindparam("counted"),
        next_at=bindparam("at"),
        error=bindparam("why"),
    )
)


def heads(connection: Connection, now: int, conversation_id: str, lane: str) -> tuple[Parcel, ...]:
    """List the due heads of lanes, oldest first."""
    if conversation_id:
        rows = _HEAD.rows(connection, {"now": now, "conversation": int(conversation_id), "in_lane": lane})
    else:
        rows = _HEADS.rows(connection, {"now": now})
    return tuple(_parcel(row) for row in rows)


def begin(connection: Connection, parcel: Parcel) -> None:
    """Note that a try begins."""
    _BEGIN.write(connection, {"parcel": parcel.key})


def leave(connection: Connection, left: Left, now: int) -> tuple[Receipt, ...]:
    """Write how a try ended, and store what it brought back."""
    parcel = left.parcel
    match left.delivery:
        case Sent(ref=ref):
            _SENT.write(connection, {"parcel": parcel.key, "its_ref": ref, "now": now})
            if parcel.lane != "channel" and parcel.effect.kind in COPIES:
                FORGET_WORDS.write(connection, {"forgotten": effect_key(parcel.key)})
        case Retry(why=why) | Failed(why=why) | Unknown(why=why):
            status = "held" if left.hold else "pending" if left.again_at else "dead"
            counted = int(left.delivery.counts) if isinstance(left.delivery, Retry) else 1
            end = {"new_status": status, "at": stamp(left.again_at) if left.again_at else None, "why": why}
            _ENDED.write(connection, {"parcel": parcel.key, "counted": counted, **end})
    stored = (receive(connection, arrival) for arrival in left.brought)
    return tuple(receipt for receipt in stored if receipt is not None)


def _parcel(row: Any) -> Parcel:
    effect: Effect = decode(Effect, row.body, row.said)
    where = None if row.place is None else Address(row.channel, row.account, row.place)
    begun = row.status == "sending"
    return Parcel(row.key, str(row.conversation_id), row.lane, effect, row.attempts, begun, row.cause, where)
