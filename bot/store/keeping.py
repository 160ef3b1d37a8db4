"""Writing one turn whole: event, state, trace, effects and timers in one fenced commit."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, insert, null, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from bot.dialog.conversation import Owner
from bot.dialog.effects import Say
from bot.dialog.tries import results
from bot.dialog.turn import Turn
from bot.ports.ledger import Claim, FencedOffError, Handled, Kept, Parcel
from bot.store.claiming import LEASE_MS, answered_at, waiting
from bot.store.codec import encode, moment, stamp
from bot.store.prepared import Prepared
from bot.store.slips import (
    FORGET_WORDS,
    WRITE_WORDS,
    effect_key,
    event_key,
    inbox_key,
    lane_of,
    state_key,
    words_row,
)
from bot.store.tables import article_result, conversation, event, inbox, outbox, trace
from bot.store.timers import set_timers

Sending = tuple[tuple[Parcel, ...], frozenset[str]]
Said = dict[str, object]

_goes_on = and_(
    bindparam("go_on") == 1, conversation.c.next_seq > bindparam("last"), conversation.c.ready_at <= bindparam("now")
)
_moved = (
    update(conversation)
    .where(
        conversation.c.id == bindparam("conversation"),
        conversation.c.epoch == bindparam("fence"),
        conversation.c.done_seq < bindparam("first"),
    )
    .values(
        done_seq=bindparam("last"),
        ready_at=case((conversation.c.next_seq > bindparam("last"), conversation.c.ready_at), else_=null()),
        lease_until=case((_goes_on, bindparam("lease")), else_=0),
        tries=case((_goes_on, 1), else_=0),
        updated_at=bindparam("now"),
    )
    .returning(conversation.c.ready_at, conversation.c.lease_until)
)
_PROGRESS = Prepared(_moved)
_TURN = Prepared(
    _moved.values(
        state=bindparam("new_state"),
        playbook=bindparam("new_playbook"),
        owner=bindparam("new_owner"),
        closed_at=case(
            (bindparam("closed") == 1, func.coalesce(conversation.c.closed_at, bindparam("now"))), else_=null()
        ),
    )
)
_EVENT = Prepared(insert(event).values(
    {name: bindparam(name) for name in
     ("conversation_id", "seq", "first_seq", "kind", "at", "body", "playbook", "engine")}
))  # fmt: skip
_TRACE = Prepared(
    insert(trace).values({name: bindparam(name) for name in ("conversation_id", "seq", "turn", "rule", "body")})
)
_EFFECT = Prepared(insert(outbox).values(
    {name: bindparam(name) for name in ("key", "conversation_id", "cause_seq", "cause", "n", "lane", "kind", "notice",
                                        "body", "next_at")} | {"status": "pending"}
))  # fmt: skip
_result = insert_or(article_result).values(
    {name: bindparam(name) for name in ("conversation_id", "request", "article", "version", "result", "at")}
)
_RESULT = Prepared(
    _result.on_conflict_do_update(
        index_elements=["conversation_id", "request", "article"],
        set_={name: _result.excluded[name] for name in ("version", "result", "at")},
    )
)
_of_items = and_(
    inbox.c.conversation_id == bindparam("conversation"),
    inbox.c.seq >= bindparam("first"),
    inbox.c.seq <= bindparam("last"),
)
_DONE = Prepared(update(inbox).where(_of_items).values(status="done", body=""))
_DEAD = Prepared(update(inbox).where(_of_items).values(status="dead", error=bindparam("why")))
_BUSY_LANES = Prepared(
    select(outbox.c.lane)
    .where(outbox.c.conversation_id == bindparam("conversation"), outbox.c.next_at.is_not(None))
    .distinct()
)
_SILENCE = Prepared(
    update(outbox)
    .where(
        outbox.c.conversation_id == bindparam("conversation"),
        outbox.c.kind == "say",
        outbox.c.notice.is_(False),
        outbox.c.status == "pending",
    )
    .values(status="cancelled", next_at=None)
)


def keep(connection: Connection, claim: Claim, handled: Handled, now: int, go_on: bool) -> Kept:
    """Write what was decided for the first items of a claim. Raises FencedOffError, and then wrote nothing."""
    first, last = handled.items[0].seq, handled.items[-1].seq
    said: list[Said] = []  # every word of this commit goes in with one statement
    row = _progress(connection, claim, handled, now, go_on, said)
    _finish_items(connection, claim, handled, first, last)
    kept = Kept(ready_at=None if row.ready_at is None else moment(row.ready_at))
    if handled.turn is not None:
        parcels, behind = _keep_turn(connection, claim, handled, handled.turn, now, said)
        timer_at = set_timers(connection, int(claim.id), last, handled)
        kept = replace(kept, parcels=parcels, behind=behind, timer_at=timer_at)
    if not row.lease_until:
        return kept
    left = waiting(connection, int(claim.id), last)
    state = handled.turn.conversation if handled.turn else claim.conversation
    playbook = handled.playbook if handled.turn else claim.playbook
    going = replace(claim, conversation=state, tries=1, items=left, playbook=playbook)
    return replace(kept, next=replace(going, address=answered_at(connection, int(claim.id))))


def _progress(connection: Connection, claim: Claim, handled: Handled, now: int, go_on: bool, said: list[Said]) -> Any:
    """Move the conversation past the items, state included, unless the fence has moved."""
    number: dict[str, object] = {
        "conversation": int(claim.id),
        "fence": claim.epoch,
        "first": handled.items[0].seq,
        "last": handled.items[-1].seq,
        "now": now,
        "lease": now + LEASE_MS,
        "go_on": int(go_on),
    }
    if handled.turn is not None:
        state, state_said = encode(handled.turn.conversation)
        owner = handled.turn.conversation.owner
        number |= {"new_state": state, "new_playbook": handled.playbook, "new_owner": owner.value}
        number["closed"] = int(owner is Owner.NOBODY)
        said.append(words_row(state_key(claim.id), int(claim.id), state_said))
    row = (_PROGRESS if handled.turn is None else _TURN).one_or_none(connection, number)
    if row is None:
        raise FencedOffError(f"conversation {claim.id} was taken over")
    return row


def _finish_items(connection: Connection, claim: Claim, handled: Handled, first: int, last: int) -> None:
    span: dict[str, object] = {"conversation": int(claim.id), "first": first, "last": last}
    if handled.dead:
        _DEAD.write(connection, {**span, "why": handled.dead})
        return
    _DONE.write(connection, span)
    FORGET_WORDS.write_all(connection, [{"forgotten": inbox_key(claim.id, item.seq)} for item in handled.items])


def _keep_turn(
    connection: Connection, claim: Claim, handled: Handled, turn: Turn, now: int, said: list[Said]
) -> Sending:
    happened = handled.event
    if happened is None:
        raise ValueError("a turn is kept with the event that caused it")
    whose, seq = int(claim.id), handled.items[-1].seq
    body, event_said = encode(happened)
    at = {"conversation_id": whose, "seq": seq}
    log = {"first_seq": handled.items[0].seq, "kind": happened.kind, "at": stamp(happened.at), "body": body}
    _EVENT.write(connection, {**at, **log, "playbook": handled.playbook, "engine": handled.engine})
    why, _ = encode(turn.trace)
    _TRACE.write(connection, {**at, "turn": turn.conversation.turn, "rule": turn.trace.rule, "body": why})
    if event_said:
        said.append(words_row(event_key(whose, seq), whose, event_said))
    if handled.silence:
        _SILENCE.write(connection, {"conversation": whose})
    _keep_results(connection, claim, turn, now)
    sending = _send_out(connection, claim, handled, turn, now, said)
    WRITE_WORDS.write_all(connection, said)
    return sending


def _keep_results(connection: Connection, claim: Claim, turn: Turn, now: int) -> None:
    """Note what came of fixes, once for each request and article."""
    rows: list[dict[str, object]] = []
    for (request, name), step in results(claim.conversation, turn.conversation).items():
        version = step.what.rpartition("@")[2]
        row = {"conversation_id": int(claim.id), "request": request, "article": name, "result": step.result, "at": now}
        rows.append({**row, "version": int(version) if version.isdigit() else 0})
    if rows:
        _RESULT.write_all(connection, rows)


def _send_out(
    connection: Connection, claim: Claim, handled: Handled, turn: Turn, now: int, said: list[Said]
) -> Sending:
    """Queue the effects; tell in which lanes earlier ones go first."""
    seq, cause = handled.items[-1].seq, "" if handled.event is None else handled.event.kind
    parcels = tuple(
        Parcel(f"{claim.id}:{seq}:{n}", claim.id, lane_of(effect), effect, cause=cause, address=claim.address)
        for n, effect in enumerate(turn.effects)
        if lane_of(effect)
    )
    if not parcels:
        return (), frozenset()
    busy = frozenset(row.lane for row in _BUSY_LANES.rows(connection, {"conversation": int(claim.id)}))
    _EFFECT.write_all(connection, [_row(parcel, seq, now, said) for parcel in parcels])
    return parcels, busy


def _row(parcel: Parcel, seq: int, now: int, said: list[Said]) -> dict[str, object]:
    body, effect_said = encode(parcel.effect)
    if effect_said:
        said.append(words_row(effect_key(parcel.key), int(parcel.conversation), effect_said))
    return {
        "key": parcel.key,
        "conversation_id": int(parcel.conversation),
        "cause_seq": seq,
        "cause": parcel.cause,
        "n": int(parcel.key.rpartition(":")[2]),
        "lane": parcel.lane,
        "kind": parcel.effect.kind,
        "notice": isinstance(parcel.effect, Say) and parcel.effect.notice,
        "body": body,
        "next_at": now,
    }
