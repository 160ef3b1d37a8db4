"""The ledger read back, for the desk, tickets, traces and the person's own open requests."""

from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.events import OpenRequest
from bot.ports.records import DeadLetter, Headline, Line, Recorded, TurnRecord
from bot.store import dead, log
from bot.store.claiming import read_state
from bot.store.codec import moment
from bot.store.engine import Database
from bot.store.slips import joined_key
from bot.store.tables import NOBODYS_ORGANISATION, conversation, file, person, words

OPEN_REQUESTS = 20
FILES = 500  # of those, what is not there yet is brought after a restart
OVER = ("resolved", "closed")  # states of a case nobody waits for

_HEADLINES = (
    select(conversation, person.c.name, person.c.email, words.c.body.label("said"))
    .outerjoin(person, person.c.id == conversation.c.person_id)
    .outerjoin(words, words.c.key == joined_key("state", conversation.c.id))
    .order_by(conversation.c.updated_at.desc(), conversation.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_OWNER = _HEADLINES.where(conversation.c.owner == bindparam("owned_by"))
_OF_PERSON = _HEADLINES.where(
    person.c.organisation_id == bindparam("organisation"),
    person.c.email == bindparam("email"),
    conversation.c.proof != "none",
)

_FILES = select(file.c.ref).where(file.c.ref.like(bindparam("keys"))).order_by(file.c.id.desc())
_LATEST_FILES = _FILES.limit(bindparam("limit"))


class SqlRecords:
    """Implements bot.ports.records.Records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def conversation(self, conversation: str) -> Conversation:
        """Give a conversation's state. Raises KeyError."""
        with self._database.reading.connect() as connection:
            return log.state(connection, conversation)

    def transcript(self, conversation: str) -> tuple[Line, ...]:
        """Give everything that was written to and fro."""
        with self._database.reading.begin() as connection:
            return log.transcript(connection, conversation)

    def events(self, conversation: str) -> tuple[Recorded, ...]:
        """Give the event log of a conversation, in order."""
        with self._database.reading.connect() as connection:
            return log.events(connection, conversation)

    def turns(self, conversation: str) -> tuple[TurnRecord, ...]:
        """Give every turn with its trace and effects."""
        with self._database.reading.begin() as connection:
            return log.turns(connection, conversation)

    def headlines(self, limit: int = 100, owner: Owner | None = None) -> tuple[Headline, ...]:
        """List conversations, the latest first."""
        query, chosen = (_HEADLINES, {}) if owner is None else (_OF_OWNER, {"owned_by": owner.value})
        with self._database.reading.connect() as connection:
            return tuple(_headline(row) for row in connection.execute(query, {"limit": limit, **chosen}))

    def open_requests(self, email: str) -> tuple[OpenRequest, ...]:
        """List a person's requests that are with people."""
        chosen = {"limit": OPEN_REQUESTS, "organisation": NOBODYS_ORGANISATION, "email": email.strip().lower()}
        with self._database.reading.connect() as connection:
            rows = connection.execute(_OF_PERSON, chosen).all()
        told = [read_state(row.id, row.channel, row.state, row.said) for row in rows]
        return tuple(request for one in told for request in _open_requests(one))

    def files_of(self, channel: str) -> tuple[str, ...]:
        """Name the latest files that people sent on a channel which brings them later: keys begin with its name."""
        with self._database.reading.connect() as connection:
            return tuple(connection.execute(_LATEST_FILES, {"keys": f"{channel}:%", "limit": FILES}).scalars())

    def well(self) -> bool:
        """Tell whether the ledger answers."""
        try:
            with self._database.reading.connect() as connection:
                return bool(connection.execute(select(1)).scalar_one())
        except SQLAlchemyError:
            return False

    def dead(self, limit: int = 100) -> tuple[DeadLetter, ...]:
        """List dead letters, oldest first."""
        with self._database.reading.begin() as connection:
            return dead.listed(connection, limit)

    def dead_letter(self, letter: str) -> DeadLetter:
        """Give one dead letter with what it holds. Raises KeyError."""
        with self._database.reading.connect() as connection:
            return dead.shown(connection, letter)


def _headline(row: Row[*tuple[Any, ...]]) -> Headline:
    told = read_state(row.id, row.channel, row.state, row.said)
    topics = [one.topic for one in told.requests if one.number == told.active] or [r.topic for r in told.requests[-1:]]
    return Headline(
        conversation=str(row.id),
        channel=row.channel,
        owner=told.owner,
        begun_at=moment(row.begun_at),
        updated_at=moment(row.updated_at),
        person=row.name or row.email or "",
        proof=row.proof,
        lang=told.lang,
        topic="".join(topics),
        agent=told.agent,
        tickets=tuple(case.key for case in told.cases if case.key and case.state not in OVER),
        busy=row.ready_at is not None,
    )


def _open_requests(told: Conversation) -> tuple[OpenRequest, ...]:
    """What is with people, by its number; and what the bot still works on with the person, which has none."""
    topics = {request.number: request.topic for request in told.requests}
    with_us = tuple(
        OpenRequest(topic=one.topic, since=one.opened_at.isoformat() if one.opened_at else "", conversation=told.id)
        for one in told.requests
        if one.number == told.active and one.ended is None and one.flow and told.owner is Owner.BOT
    )
    return with_us + tuple(
        OpenRequest(
            key=case.key,
            topic=topics.get(case.requests[0], "") if case.requests else "",
            state=case.state,
            since=case.opened_at.isoformat() if case.opened_at else "",
            conversation=told.id,
        )
        for case in told.cases
        if case.key and case.state not in OVER
    )
