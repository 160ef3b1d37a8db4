"""What the desk reads: conversations in a list, and one of them with its turns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from bot.dialog.conversation import Conversation
from bot.dialog.effects import Effect, OpenTicket
from bot.dialog.events import AnyEvent
from bot.dialog.trace import Trace
from bot.ports.desk import DeskTurn, Dossier, Outgoing, Standing
from bot.store.codec import decode, moment, stamp
from bot.store.engine import Database
from bot.store.slips import joined_key
from bot.store.tables import conversation, event, outbox, person, trace, words

_COUNT = select(conversation.c.owner, func.count().label("how_many")).group_by(conversation.c.owner)
_STANDINGS = (
    select(
        conversation.c.id,
        conversation.c.channel,
        conversation.c.state,
        conversation.c.proof,
        conversation.c.begun_at,
        conversation.c.updated_at,
        person.c.name,
        person.c.email,
        words.c.body.label("said"),
    )
    .outerjoin(person, person.c.id == conversation.c.person_id)
    .outerjoin(words, words.c.key == joined_key("state", conversation.c.id))
)
_ONE = _STANDINGS.where(conversation.c.id == bindparam("conversation"))
_TICKETS = (
    select(outbox.c.conversation_id, outbox.c.body, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("effect", outbox.c.key))
    .where(outbox.c.kind == "open_ticket", outbox.c.conversation_id.in_(bindparam("which", expanding=True)))
    .order_by(outbox.c.id)
)
_TURNS = (
    select(
        event.c.seq,
        event.c.body,
        event.c.engine,
        event.c.playbook,
        words.c.body.label("said"),
        trace.c.turn,
        trace.c.body.label("why"),
    )
    .outerjoin(words, words.c.key == joined_key("event", event.c.conversation_id, event.c.seq))
    .outerjoin(trace, (trace.c.conversation_id == event.c.conversation_id) & (trace.c.seq == event.c.seq))
    .where(event.c.conversation_id == bindparam("conversation"))
    .order_by(event.c.seq.desc())
    .limit(bindparam("most"))
)
_EFFECTS = (
    select(outbox.c.cause_seq, outbox.c.body, outbox.c.status, outbox.c.sent_at, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("effect", outbox.c.key))
    .where(outbox.c.conversation_id == bindparam("conversation"), outbox.c.cause_seq >= bindparam("first"))
    .order_by(outbox.c.id)
)


class SqlDesks:
    """Implements bot.ports.desk.DeskReader."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> Mapping[str, int]:
        """Count the conversations by owner."""
        with self._database.reading.connect() as connection:
            return {row.owner: row.how_many for row in connection.execute(_COUNT).all()}

    def recent(self, owner: str = "", before: datetime | None = None, limit: int = 60) -> tuple[Standing, ...]:
        """List conversations, those that moved last first."""
        query: Select[Any] = _STANDINGS.order_by(conversation.c.updated_at.desc(), conversation.c.id.desc())
        if owner:
            query = query.where(conversation.c.owner == owner)
        if before:
            query = query.where(conversation.c.updated_at < stamp(before))
        with self._database.reading.connect() as connection:
            return _standings(connection, connection.execute(query.limit(limit)).all())

    def dossier(self, conversation_id: str, limit: int = 300) -> Dossier | None:
        """Give one conversation whole."""
        if not conversation_id.isdecimal() or len(conversation_id) > 18:
            return None
        whose = {"conversation": int(conversation_id)}
        with self._database.reading.connect() as connection:
            found = _standings(connection, connection.execute(_ONE, whose).all())
            if not found:
                return None
            rows = connection.execute(_TURNS, {**whose, "most": limit + 1}).all()
            turns = _turns(connection, int(conversation_id), tuple(reversed(rows[:limit])))
            return Dossier(found[0], turns, older=len(rows) > limit)


def _standings(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[Standing, ...]:
    which = [row.id for row in rows]
    tickets: dict[int, OpenTicket] = {
        row.conversation_id: decode(OpenTicket, row.body, row.said)
        for row in connection.execute(_TICKETS, {"which": which}).all()
    }
    return tuple(_standing(row, tickets.get(row.id)) for row in rows)


def _standing(row: Row[*tuple[Any, ...]], ticket: OpenTicket | None) -> Standing:
    talk = decode(Conversation, row.state, row.said) if row.state else Conversation(id=str(row.id), channel=row.channel)
    return Standing(
        conversation=talk,
        channel=row.channel,
        begun_at=moment(row.begun_at),
        updated_at=moment(row.updated_at),
        person=row.name or "",
        email=row.email or "",
        proof=row.proof,
        ticket=ticket,
    )


def _turns(connection: Connection, whose: int, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[DeskTurn, ...]:
    if not rows:
        return ()
    effects: dict[int, list[Outgoing]] = {}
    for row in connection.execute(_EFFECTS, {"conversation": whose, "first": rows[0].seq}).all():
        told: Effect = decode(Effect, row.body, row.said)
        sent_at = moment(row.sent_at) if row.sent_at else None
        effects.setdefault(row.cause_seq, []).append(Outgoing(told, row.status, sent_at))
    return tuple(_turn(row, tuple(effects.get(row.seq, ()))) for row in rows)


def _turn(row: Row[*tuple[Any, ...]], effects: tuple[Outgoing, ...]) -> DeskTurn:
    happened: AnyEvent = decode(AnyEvent, row.body, row.said)
    why = decode(Trace, row.why, None) if row.why else Trace()
    return DeskTurn(row.seq, row.turn or 0, happened, effects, why, row.engine, row.playbook)
