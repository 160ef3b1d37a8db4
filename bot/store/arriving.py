"""Storing what comes in: address to conversation, a number in it, once."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from bot.dialog.events import PersonSaid
from bot.ports.inbound import Address, Sender
from bot.ports.ledger import Arrival, Receipt
from bot.store.codec import encode, moment, stamp
from bot.store.slips import WRITE_WORDS, Slip, inbox_key, words_row
from bot.store.tables import NOBODYS_ORGANISATION, address, conversation, file, inbox, person


class DeliveredBeforeError(Exception):
    """This delivery key is known: whatever the unit wrote is taken back."""


_PLACE = select(
    conversation.c.id,
    conversation.c.next_seq,
    conversation.c.done_seq,
    conversation.c.ready_at,
    conversation.c.waiting_since,
    conversation.c.closed_at,
    conversation.c.address_id,
    conversation.c.person_id,
    conversation.c.proof,
).with_for_update(of=conversation)
BY_ID = _PLACE.where(conversation.c.id == bindparam("conversation"))
_BY_ADDRESS = (
    _PLACE.add_columns(address.c.id.label("at_address"), person.c.email, person.c.proof.label("best_proof"))
    .join_from(address, conversation, conversation.c.id == address.c.conversation_id)
    .outerjoin(person, person.c.id == address.c.person_id)
    .where(
        address.c.channel == bindparam("channel"),
        address.c.account == bindparam("account"),
        address.c.key == bindparam("key"),
    )
)
_BEGIN = (
    insert(conversation)
    .values(
        organisation_id=bindparam("organisation_id"),
        channel=bindparam("channel"),
        begun_at=bindparam("now"),
        updated_at=bindparam("now"),
    )
    .returning(conversation.c.id)
)
_ADDRESS = (
    insert(address)
    .values({name: bindparam(name) for name in ("channel", "account", "key", "conversation_id")})
    .returning(address.c.id)
)
_POINT = update(address).where(address.c.id == bindparam("at")).values(conversation_id=bindparam("conversation"))
_ENQUEUE = (
    insert_once(inbox)
    .values({name: bindparam(name) for name in ("key", "conversation_id", "seq", "kind", "body", "received_at")})
    .on_conflict_do_nothing(index_elements=["key"])
    .inline()
    .execution_options(preserve_rowcount=True)  # 0: the key is known
)
_NUMBER = (
    update(conversation)
    .where(conversation.c.id == bindparam("conversation"))
    .values({name: bindparam(name) for name in
             ("next_seq", "ready_at", "waiting_since", "updated_at", "address_id", "person_id", "proof")})
)  # fmt: skip
_FILE = insert(file).values({name: bindparam(name) for name in ("conversation_id", "seq", "ref", "type", "size")})
_row = insert_once(person).values(
    {name: bindparam(name) for name in ("organisation_id", "email", "name", "language", "proof", "seen_at")}
)
_PERSON = _row.on_conflict_do_update(
    index_elements=["organisation_id", "email"],
    set_={name: _row.excluded[name] for name in ("name", "language", "proof", "seen_at")},
).returning(person.c.id)
_LINK = update(address).where(address.c.id == bindparam("at")).values(person_id=bindparam("person"))


def receive(connection: Connection, arrival: Arrival) -> Receipt | None:
    """Store one event. Raises KeyError for an unknown conversation."""
    at = arrival.inbound.address
    if at is None:
        return enqueue(connection, by_id(connection, arrival.inbound.conversation), arrival)
    row = connection.execute(_BY_ADDRESS, {"channel": at.channel, "account": at.account, "key": at.key}).one_or_none()
    if row is not None and not _begins_anew(row, arrival):
        return _enqueue_at(connection, row, row.at_address, arrival, begun=False)
    place, where = _begin(connection, at, arrival, None if row is None else row.at_address)
    receipt = _enqueue_at(connection, place, where, arrival, begun=True)
    if receipt is None:
        raise DeliveredBeforeError(arrival.inbound.key)
    return receipt


def by_id(connection: Connection, conversation_id: str) -> Row[*tuple[Any, ...]]:
    """Find and lock a conversation. Raises KeyError."""
    row = None
    if conversation_id.isdecimal():
        row = connection.execute(BY_ID, {"conversation": int(conversation_id)}).one_or_none()
    if row is None:
        raise KeyError(f"there is no conversation {conversation_id!r}")
    return row


def _begins_anew(row: Row[*tuple[Any, ...]], arrival: Arrival) -> bool:
    """Whether a message comes so long after everything was closed that it belongs to a conversation of its own."""
    if arrival.renew_after is None or row.closed_at is None or row.done_seq != row.next_seq:
        return False
    late = stamp(arrival.at) - row.closed_at >= arrival.renew_after.total_seconds() * 1000
    return late and isinstance(arrival.inbound.event, PersonSaid)


def _begin(
    connection: Connection, at: Address, arrival: Arrival, known: int | None
) -> tuple[Row[*tuple[Any, ...]], int]:
    begun = {"organisation_id": NOBODYS_ORGANISATION, "channel": at.channel, "now": stamp(arrival.at)}
    new = connection.execute(_BEGIN, begun).scalar_one()
    if known is None:
        place = {"channel": at.channel, "account": at.account, "key": at.key, "conversation_id": new}
        known = connection.execute(_ADDRESS, place).scalar_one()
    else:
        connection.execute(_POINT, {"at": known, "conversation": new})
    return connection.execute(BY_ID, {"conversation": new}).one(), known


def _enqueue_at(
    connection: Connection, row: Row[*tuple[Any, ...]], where: int, arrival: Arrival, begun: bool
) -> Receipt | None:
    sender = arrival.inbound.sender
    who = row.person_id if begun is False else None
    if sender.email and (begun or (row.email, row.best_proof) != (sender.email, sender.proof)):
        who = _know(connection, sender, where, stamp(arrival.at))
    return enqueue(connection, row, arrival, begun=begun, address_id=where, person_id=who, proof=sender.proof)


def _know(connection: Connection, sender: Sender, where: int, now: int) -> int:
    """Keep who writes from an address."""
    told = {"email": sender.email, "name": sender.name, "language": sender.language, "proof": sender.proof}
    who: int = connection.execute(
        _PERSON, {**told, "organisation_id": NOBODYS_ORGANISATION, "seen_at": now}
    ).scalar_one()
    connection.execute(_LINK, {"at": where, "person": who})
    return who


def enqueue(
    connection: Connection,
    row: Row[*tuple[Any, ...]],
    arrival: Arrival,
    begun: bool = False,
    generation: int = 0,
    **changed: Any,
) -> Receipt | None:
    """Put an event at the end of a locked conversation; None, and nothing written, if its key is known."""
    seq, now = row.next_seq + 1, stamp(arrival.at)
    event = arrival.inbound.event
    body, said = encode(Slip(event, generation, arrival.inbound.sender))
    waiting = {"key": arrival.inbound.key, "conversation_id": row.id, "seq": seq, "kind": event.kind, "body": body}
    if not connection.execute(_ENQUEUE, {**waiting, "received_at": now}).rowcount:
        return None
    ready_at, since = _readiness(row, arrival, now)
    number = {"conversation": row.id, "next_seq": seq, "ready_at": ready_at, "waiting_since": since, "updated_at": now}
    before = {"address_id": row.address_id, "person_id": row.person_id, "proof": row.proof}
    connection.execute(_NUMBER, {**number, **before, **changed})
    if said:
        connection.execute(WRITE_WORDS, words_row(inbox_key(row.id, seq), row.id, said))
    if isinstance(event, PersonSaid) and event.files:
        kept = [{"ref": one.ref, "type": one.type, "size": one.size} for one in event.files]
        connection.execute(_FILE, [{"conversation_id": row.id, "seq": seq, **one} for one in kept])
    return Receipt(str(row.id), seq, moment(ready_at), begun)


def _readiness(row: Row[*tuple[Any, ...]], arrival: Arrival, now: int) -> tuple[int, int]:
    """Tell when the conversation may be worked on, and since when something waits in it."""
    since = now if row.done_seq == row.next_seq or row.waiting_since is None else row.waiting_since
    if row.ready_at is not None and row.ready_at <= now:
        return row.ready_at, since
    settle, most = (int(span.total_seconds() * 1000) for span in (arrival.settle, arrival.settle_most))
    return max(now, min(now + settle, since + most)), since
