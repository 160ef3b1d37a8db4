"""Reading the event log: events, transcript, turns, and the state rebuilt from them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from bot.dialog.conversation import Conversation
from bot.dialog.effects import Effect, Say
from bot.dialog.events import AgentSaid, AnyEvent, ButtonPressed, PersonSaid, TicketChanged
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.ports.records import Line, Recorded, TurnRecord
from bot.store.claiming import read_state
from bot.store.codec import decode, moment
from bot.store.slips import Slip, joined_key
from bot.store.tables import conversation, event, inbox, outbox, trace, words

UNSENT = ("dead", "cancelled", "dropped")  # what never reached the person stands in no transcript

_STATE = (
    select(conversation.c.id, conversation.c.channel, conversation.c.state, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("state", conversation.c.id))
    .where(conversation.c.id == bindparam("conversation"))
)
_EVENTS = (
    select(event, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("event", event.c.conversation_id, event.c.seq))
    .where(event.c.conversation_id == bindparam("conversation"))
    .order_by(event.c.seq)
)
_EFFECTS = (
    select(outbox, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("effect", outbox.c.key))
    .where(outbox.c.conversation_id == bindparam("conversation"))
    .order_by(outbox.c.cause_seq, outbox.c.n)
)
_DEAD = (
    select(inbox.c.seq, inbox.c.body, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("inbox", inbox.c.conversation_id, inbox.c.seq))
    .where(inbox.c.conversation_id == bindparam("conversation"), inbox.c.status == "dead")
)
_TRACES = select(trace).where(trace.c.conversation_id == bindparam("conversation")).order_by(trace.c.seq)


def state(connection: Connection, conversation_id: str) -> Conversation:
    """Give the cached state. Raises KeyError."""
    row = connection.execute(_STATE, _named(conversation_id)).one_or_none()
    if row is None:
        raise KeyError(f"there is no conversation {conversation_id!r}")
    return read_state(row.id, row.channel, row.state, row.said)


def events(connection: Connection, conversation_id: str) -> tuple[Recorded, ...]:
    """Give the event log of a conversation, in order."""
    return tuple(_recorded(row) for row in connection.execute(_EVENTS, _named(conversation_id)))


def rebuilt(
    connection: Connection,
    conversation_id: str,
    decide: Callable[[Conversation, AnyEvent, Playbook], Turn],
    playbook: Callable[[str], Playbook],
) -> Conversation:
    """Decide every recorded event anew, from nothing: what comes out is what the state caches."""
    began_on = connection.execute(_STATE, _named(conversation_id)).one().channel
    told = Conversation(id=conversation_id, channel=began_on)
    for recorded in events(connection, conversation_id):
        told = decide(told, recorded.event, playbook(recorded.playbook)).conversation
    return told


def transcript(connection: Connection, conversation_id: str) -> tuple[Line, ...]:
    """Give everything that was written to and fro, what could not be handled too."""
    out: defaultdict[int, list[Line]] = defaultdict(list)
    for row in connection.execute(_EFFECTS, _named(conversation_id)):
        if row.kind == "say" and row.status not in UNSENT:
            out[row.cause_seq].append(_answer(row))
    dead = {
        row.seq: decode(Slip, row.body, row.said).event for row in connection.execute(_DEAD, _named(conversation_id))
    }
    return tuple(_lines(events(connection, conversation_id), dead, out))


def turns(connection: Connection, conversation_id: str) -> tuple[TurnRecord, ...]:
    """Give every turn with its trace and effects."""
    asked: defaultdict[int, list[Effect]] = defaultdict(list)
    for row in connection.execute(_EFFECTS, _named(conversation_id)):
        asked[row.cause_seq].append(decode(Effect, row.body, row.said))
    why = {row.seq: row for row in connection.execute(_TRACES, _named(conversation_id))}
    return tuple(
        TurnRecord(
            recorded,
            why[recorded.seq].turn,
            decode(Trace, why[recorded.seq].body, None),
            tuple(asked[recorded.seq]),
        )
        for recorded in events(connection, conversation_id)
    )


def _named(conversation_id: str) -> dict[str, int]:
    return {"conversation": int(conversation_id) if conversation_id.isdecimal() else 0}


def _recorded(row: Row[*tuple[Any, ...]]) -> Recorded:
    happened: AnyEvent = decode(AnyEvent, row.body, row.said)
    return Recorded(str(row.conversation_id), row.seq, row.first_seq, happened, row.playbook, row.engine)


def _lines(log: Iterable[Recorded], dead: dict[int, AnyEvent], answers: dict[int, list[Line]]) -> Iterator[Line]:
    for recorded in log:
        if line := _heard(recorded.seq, dead.get(recorded.seq, recorded.event)):
            yield line
        yield from answers.get(recorded.seq, ())


def _heard(seq: int, happened: AnyEvent) -> Line | None:
    """Give what somebody wrote; nothing for an event without words for the person."""
    match happened:
        case PersonSaid(at=at, texts=texts, files=files):
            return Line(seq, at, "person", "\n".join(texts), happened.facts.colleague, files=files)
        case ButtonPressed(at=at, button=button):
            return Line(seq, at, "person", pressed=button)
        case AgentSaid(at=at, name=name, text=text, files=files):
            return Line(seq, at, "agent", text, name, files=files)
        case TicketChanged(at=at, reply=reply, author=author, files=files) if reply or files:
            return Line(seq, at, "agent", reply, author, files=files)
        case _:
            return None


def _answer(row: Row[*tuple[Any, ...]]) -> Line:
    say = decode(Say, row.body, row.said)
    at = moment(row.sent_at or row.next_at or 0)
    told = {"lang": say.lang, "notice": say.notice, "buttons": say.buttons, "sources": say.sources}
    return Line(row.cause_seq, at, "bot", say.text, status=row.status, **told)
