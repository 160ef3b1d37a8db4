"""One chat as its page reads it: what came in from the inbox and the log, what went out from the outbox."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, or_, select

from bot.dialog.conversation import Case, Conversation, Owner
from bot.dialog.effects import Relay, Say
from bot.dialog.events import AgentSaid, AnyEvent, ButtonPressed, File, PersonSaid, TicketChanged
from bot.ports.chat import Chat, ChatLine, Cursor
from bot.ports.inbound import Address
from bot.store.codec import decode, moment
from bot.store.engine import Database
from bot.store.slips import Slip, joined_key
from bot.store.tables import address, conversation, event, file, inbox, outbox, words

_FROM_THE_PERSON = ("person_said", "button_pressed")

_AT = (
    select(
        conversation.c.id,
        conversation.c.state,
        conversation.c.owner,
        words.c.body.label("said"),
        or_(
            conversation.c.done_seq < conversation.c.next_seq,
            exists().where(
                outbox.c.conversation_id == conversation.c.id,
                outbox.c.next_at.is_not(None),
                outbox.c.lane.in_(("channel", "action")),
            ),
        ).label("busy"),
    )
    .join_from(address, conversation, conversation.c.id == address.c.conversation_id)
    .outerjoin(words, words.c.key == joined_key("state", conversation.c.id))
    .where(
        address.c.channel == bindparam("channel"),
        address.c.account == bindparam("account"),
        address.c.key == bindparam("place"),
    )
)
_HEARD = (
    select(inbox.c.seq, inbox.c.key, inbox.c.kind, inbox.c.body, inbox.c.received_at, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("inbox", inbox.c.conversation_id, inbox.c.seq))
    .where(
        inbox.c.conversation_id == bindparam("conversation"),
        inbox.c.seq > bindparam("heard"),
        inbox.c.kind.in_(_FROM_THE_PERSON),
    )
    .order_by(inbox.c.seq.desc())
    .limit(bindparam("most"))
)
_EVENTS = (
    select(event.c.first_seq, event.c.seq, event.c.body, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("event", event.c.conversation_id, event.c.seq))
    .where(
        event.c.conversation_id == bindparam("conversation"),
        event.c.seq >= bindparam("first"),
        event.c.first_seq <= bindparam("last"),
        event.c.kind.in_(_FROM_THE_PERSON),
    )
)
_FILES = select(file.c.seq).where(file.c.conversation_id == bindparam("conversation"))
_WITH_FILE = (  # what was said with it is in the log: before that, no page shows it
    select(event.c.body, words.c.body.label("said"))
    .join_from(address, file, file.c.conversation_id == address.c.conversation_id)
    .join(
        event,
        and_(event.c.conversation_id == file.c.conversation_id, file.c.seq.between(event.c.first_seq, event.c.seq)),
    )
    .outerjoin(words, words.c.key == joined_key("event", event.c.conversation_id, event.c.seq))
    .where(
        address.c.channel == bindparam("channel"),
        address.c.account == bindparam("account"),
        address.c.key == bindparam("place"),
        file.c.ref == bindparam("ref"),
    )
    .limit(1)
)
_SAID = (
    select(outbox.c.id, outbox.c.key, outbox.c.body, outbox.c.sent_at, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("effect", outbox.c.key))
    .where(
        outbox.c.conversation_id == bindparam("conversation"),
        outbox.c.id > bindparam("after"),
        and_(outbox.c.lane == "channel", outbox.c.status == "sent"),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)


class SqlChats:
    """Implements bot.ports.chat.ChatReader."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def file(self, address: Address, ref: str) -> File | None:
        """Find a file of this very chat."""
        place = {"channel": address.channel, "account": address.account, "place": address.key}
        with self._database.reading.connect() as connection:
            row = connection.execute(_WITH_FILE, {**place, "ref": ref}).one_or_none()
        told: AnyEvent | None = decode(AnyEvent, row.body, row.said) if row else None
        files = told.files if isinstance(told, PersonSaid | AgentSaid | TicketChanged) else ()
        return next((one for one in files if one.ref == ref), None)

    def read(self, at: Address, after: Cursor, limit: int = 500) -> Chat:
        """Give the latest lines after the cursor."""
        with self._database.reading.connect() as connection:
            place = {"channel": at.channel, "account": at.account, "place": at.key}
            row = connection.execute(_AT, place).one_or_none()
            return Chat(cursor=after) if row is None else _chat(connection, row, after, limit)


def _chat(connection: Connection, row: Row[*tuple[Any, ...]], after: Cursor, limit: int) -> Chat:
    span = {"conversation": row.id, "most": limit}
    sent = connection.execute(_SAID, {**span, "after": after.said}).all()
    heard = connection.execute(_HEARD, {**span, "heard": after.heard}).all()
    lines = chain(_heard(connection, row.id, heard), (_said(one) for one in reversed(sent)))
    talk = decode(Conversation, row.state, row.said) if row.state else Conversation(id=str(row.id))
    return Chat(
        lines=tuple(sorted(lines, key=lambda line: line.at)),
        cursor=Cursor(heard[0].seq if heard else after.heard, sent[0].id if sent else after.said),
        owner=Owner(row.owner),
        agent=talk.agent if talk.taken else "",
        busy=bool(row.busy),
        lang=talk.lang if row.state else "",
        ticket=open_ticket(talk.cases),
    )


def open_ticket(cases: tuple[Case, ...]) -> str:
    """Name the latest case that is still with people by the number people see."""
    return next((case.key for case in reversed(cases) if case.state not in ("resolved", "closed")), "")


def _heard(connection: Connection, whose: int, rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[ChatLine]:
    """Tell what came in. What was handled is read from the log, where a burst is one event."""
    if not rows:
        return
    span = {"conversation": whose, "first": rows[-1].seq, "last": rows[0].seq}
    with_files = Counter(connection.execute(_FILES, {"conversation": whose}).scalars())
    logged = connection.execute(_EVENTS, span).all()
    parts = {seq: part for one in logged for seq, part in _parts(one, with_files)}
    for row in reversed(rows):
        waiting: AnyEvent | None = decode(Slip, row.body, row.said).event if row.body else None
        if (part := parts.get(row.seq, waiting)) is not None:
            yield _line(row, part)


def _parts(row: Row[*tuple[Any, ...]], with_files: Mapping[int, int]) -> Iterator[tuple[int, AnyEvent]]:
    """Take a burst apart into its messages: on this channel each of them is one text or one file."""
    logged: AnyEvent = decode(AnyEvent, row.body, row.said)
    if not isinstance(logged, PersonSaid) or row.first_seq == row.seq:
        yield row.seq, logged
        return
    texts, files = list(logged.texts), list(logged.files)
    for seq in range(row.first_seq, row.seq + 1):
        count = with_files.get(seq, 0)
        mine, files = tuple(files[:count]), files[count:]
        yield seq, replace(logged, texts=() if mine or not texts else (texts.pop(0),), files=mine)


def _line(row: Row[*tuple[Any, ...]], told: AnyEvent) -> ChatLine:
    at = moment(row.received_at)
    if isinstance(told, ButtonPressed):
        return ChatLine(row.key, at, "person", pressed=told.button, turn=told.turn)
    texts, files = (told.texts, told.files) if isinstance(told, PersonSaid) else ((), ())
    return ChatLine(row.key, at, "person", text="\n".join(texts), files=files)


def _said(row: Row[*tuple[Any, ...]]) -> ChatLine:
    told: Say | Relay = decode(Say | Relay, row.body, row.said)
    at = moment(row.sent_at)
    if isinstance(told, Relay):
        return ChatLine(row.key, at, "agent", told.text, name=told.sender, files=told.files)
    return ChatLine(
        row.key, at, "bot", told.text, turn=told.turn, buttons=told.buttons, notice=told.notice, lang=told.lang
    )
