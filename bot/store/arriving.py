"""Storing what comes in: address to conversation, a number in it, once."""

from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from bot.dialog.events import AgentSaid, ButtonPressed, Linking, PersonEdited, PersonSaid, TicketChanged
from bot.ports.inbound import Address, Sender
from bot.ports.ledger import Arrival, Receipt
from bot.store.codec import encode, moment, stamp
from bot.store.prepared import Prepared
from bot.store.slips import WRITE_WORDS, Slip, inbox_key, words_row
from bot.store.tables import NOBODYS_ORGANISATION, address, conversation, file, inbox, person

BY_PERSON = (PersonSaid, ButtonPressed, PersonEdited, Linking)


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
_BY_ID = Prepared(_PLACE.where(conversation.c.id == bindparam("conversation")))
_BY_ADDRESS = Prepared(
    _PLACE.add_columns(
        address.c.id.label("at_address"),
        address.c.person_id.label("at_person"),
        person.c.email,
        person.c.proof.label("best_proof"),
    )
    .join_from(address, conversation, conversation.c.id == address.c.conversation_id)
    .outerjoin(person, person.c.id == address.c.person_id)
    .where(
        address.c.channel == bindparam("channel"),
        address.c.account == bindparam("account"),
        address.c.key == bindparam("key"),
    )
)
_BEGIN = Prepared(
    insert(conversation)
    .values(
        organisation_id=bindparam("organisation_id"),
        channel=bindparam("channel"),
        begun_at=bindparam("now"),
        updated_at=bindparam("now"),
    )
    .returning(conversation.c.id)
)
_ADDRESS = Prepared(
    insert(address)
    .values({name: bindparam(name) for name in ("channel", "account", "key", "conversation_id")})
    .returning(address.c.id)
)
_POINT = Prepared(
    update(address).where(address.c.id == bindparam("at")).values(conversation_id=bindparam("conversation"))
)
_ENQUEUE = Prepared(
    insert_once(inbox)
    .values({name: bindparam(name) for name in ("key", "conversation_id", "seq", "kind", "body", "received_at")})
    .on_conflict_do_nothing(index_elements=["key"])
    .inline()  # no RETURNING: the number of rows written tells whether the key is known
)
_NUMBER = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("conversation"))
    .values({name: bindparam(name) for name in
             ("next_seq", "ready_at", "waiting_since", "updated_at", "address_id", "person_id", "proof")})
)  # fmt: skip
_FILE = Prepared(
    insert(file).values({name: bindparam(name) for name in ("conversation_id", "seq", "ref", "type", "size")})
)
_row = insert_once(person).values(
    {name: bindparam(name) for name in ("organisation_id", "email", "name", "language", "proof", "seen_at")}
)
_proven = _row.excluded.proof != "none"
_PERSON = Prepared(  # who proves nothing changes nothing of what a proven message told
    _row.on_conflict_do_update(
        index_elements=["organisation_id", "email"],
        set_={
            name: case((_proven, _row.excluded[name]), else_=person.c[name]) for name in ("name", "language", "proof")
        }
        | {"seen_at": _row.excluded.seen_at},
    ).returning(person.c.id)
)
_LINK = Prepared(update(address).where(address.c.id == bindparam("at")).values(person_id=bindparam("person")))


def receive(connection: Connection, arrival: Arrival) -> Receipt | None:
    """Store one event. Raises KeyError for an unknown conversation."""
    at = arrival.inbound.address
    if at is None:
        return enqueue(connection, by_id(connection, arrival.inbound.conversation), arrival)
    row = _BY_ADDRESS.one_or_none(connection, {"channel": at.channel, "account": at.account, "key": at.key})
    if row is not None and not _begins_anew(row, arrival):
        return _enqueue_at(connection, row, row.at_address, arrival, begun=False)
    place, where = _begin(connection, at, arrival, None if row is None else row.at_address)
    receipt = _enqueue_at(connection, place, where, arrival, begun=True)
    if receipt is None:
        raise DeliveredBeforeError(arrival.inbound.key)
    return receipt


def by_id(connection: Connection, conversation_id: str) -> Any:
    """Find and lock a conversation. Raises KeyError."""
    row = None
    if conversation_id.isdecimal():
        row = _BY_ID.one_or_none(connection, {"conversation": int(conversation_id)})
    if row is None:
        raise KeyError(f"there is no conversation {conversation_id!r}")
    return row


def _begins_anew(row: Any, arrival: Arrival) -> bool:
    """Whether a message comes so long after everything was closed that it belongs to a conversation of its own."""
    if arrival.renew_after is None or row.closed_at is None or row.done_seq != row.next_seq:
        return False
    late = stamp(arrival.at) - row.closed_at >= arrival.renew_after.total_seconds() * 1000
    return late and isinstance(arrival.inbound.event, PersonSaid)


def _begin(connection: Connection, at: Address, arrival: Arrival, known: int | None) -> tuple[Any, int]:
    begun = {"organisation_id": NOBODYS_ORGANISATION, "channel": at.channel, "now": stamp(arrival.at)}
    new = _BEGIN.one(connection, begun).id
    if known is None:
        place = {"channel": at.channel, "account": at.account, "key": at.key, "conversation_id": new}
        known = _ADDRESS.one(connection, place).id
    else:
        _POINT.write(connection, {"at": known, "conversation": new})
    return _BY_ID.one(connection, {"conversation": new}), known


def _enqueue_at(connection: Connection, row: Any, at: int, arrival: Arrival, begun: bool) -> Receipt | None:
    sender = arrival.inbound.sender
    theirs = isinstance(arrival.inbound.event, BY_PERSON) and not sender.colleague
    # Answers go where the person wrote last, but never move to where others read along.
    where = at if row.address_id is None or (theirs and not sender.public) else row.address_id
    if not theirs:  # whose it is, and the proof, stays
        return enqueue(connection, row, arrival, begun=begun, address_id=where)
    who = None if begun else row.person_id
    if sender.email and (begun or _is_news(row, sender)):
        who = _know(connection, sender, at, stamp(arrival.at))
    return enqueue(connection, row, arrival, begun=begun, address_id=where, person_id=who, proof=sender.proof)


def _is_news(row: Any, sender: Sender) -> bool:
    """Whether a message tells of another person than is known, or of a proof of theirs."""
    known = row.email == sender.email and row.person_id == row.at_person
    return not known or sender.proof not in ("none", row.best_proof)


def _know(connection: Connection, sender: Sender, where: int, now: int) -> int:
    """Keep who writes from an address."""
    told = {"email": sender.email, "name": sender.name, "language": sender.language, "proof": sender.proof}
    who: int = _PERSON.one(connection, {**told, "organisation_id": NOBODYS_ORGANISATION, "seen_at": now}).id
    _LINK.write(connection, {"at": where, "person": who})
    return who


def enqueue(
    connection: Connection,
    row: Any,
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
    if not _ENQUEUE.write(connection, {**waiting, "received_at": now}):
        return None
    ready_at, since = _readiness(row, arrival, now)
    number = {"conversation": row.id, "next_seq": seq, "ready_at": ready_at, "waiting_since": since, "updated_at": now}
    before = {"address_id": row.address_id, "person_id": row.person_id, "proof": row.proof}
    _NUMBER.write(connection, {**number, **before, **changed})
    if said:
        WRITE_WORDS.write(connection, words_row(inbox_key(row.id, seq), row.id, said))
    if isinstance(event, PersonSaid | AgentSaid | TicketChanged) and event.files:
        kept = [{"ref": one.ref, "type": one.type, "size": one.size} for one in event.files]
        _FILE.write_all(connection, [{"conversation_id": row.id, "seq": seq, **one} for one in kept])
    return Receipt(str(row.id), seq, moment(ready_at), begun)


def _readiness(row: Any, arrival: Arrival, now: int) -> tuple[int, int]:
    """Tell when the conversation may be worked on, and since when something waits in it."""
    since = now if row.done_seq == row.next_seq or row.waiting_since is None else row.waiting_since
    if row.ready_at is not None and row.ready_at <= now:
        return row.ready_at, since
    settle, most = (int(span.total_seconds() * 1000) for span in (arrival.settle, arrival.settle_most))
    return max(now, min(now + settle, since + most)), since
