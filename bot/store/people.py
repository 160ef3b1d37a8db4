"""The ledger read for one person: who wrote last, and the conversations of a proven address."""

from datetime import datetime

from sqlalchemy import bindparam, select

from bot.dialog.conversation import Conversation
from bot.dialog.events import OpenRequest
from bot.ports.inbound import Sender
from bot.store.claiming import read_state
from bot.store.codec import stamp
from bot.store.engine import Database
from bot.store.records import SqlRecords
from bot.store.slips import joined_key
from bot.store.tables import NOBODYS_ORGANISATION, conversation, person, words

CONVERSATIONS = 5  # so many are enough to remember by, and are read at every message

_WRITER = (
    select(person.c.name, person.c.email, person.c.language, conversation.c.proof)
    .select_from(conversation)
    .outerjoin(person, person.c.id == conversation.c.person_id)
    .where(conversation.c.id == bindparam("conversation"))
)
_CONVERSATIONS = (
    select(conversation.c.id, conversation.c.channel, conversation.c.state, words.c.body.label("said"))
    .join(person, person.c.id == conversation.c.person_id)
    .outerjoin(words, words.c.key == joined_key("state", conversation.c.id))
    .where(
        person.c.organisation_id == NOBODYS_ORGANISATION,
        person.c.email == bindparam("email"),
        conversation.c.proof != "none",
        conversation.c.updated_at >= bindparam("since"),
    )
    .order_by(conversation.c.updated_at.desc(), conversation.c.id.desc())
    .limit(CONVERSATIONS)
)


class SqlPeople:
    """Implements bot.ports.people.People."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._records = SqlRecords(database)

    def writer(self, conversation: str) -> Sender:
        """Tell who wrote last."""
        if not conversation.isdecimal():
            return Sender()
        with self._database.reading.connect() as connection:
            row = connection.execute(_WRITER, {"conversation": int(conversation)}).one_or_none()
        if row is None:
            return Sender()
        return Sender(name=row.name or "", email=row.email or "", language=row.language or "", proof=row.proof)

    def conversations(self, email: str, since: datetime) -> tuple[Conversation, ...]:
        """Give the latest conversations of a proven address."""
        wanted = {"email": email.strip().lower(), "since": stamp(since)}
        with self._database.reading.connect() as connection:
            rows = connection.execute(_CONVERSATIONS, wanted).all()
        return tuple(read_state(row.id, row.channel, row.state, row.said) for row in rows)

    def open_requests(self, email: str) -> tuple[OpenRequest, ...]:
        """List what is with people."""
        return self._records.open_requests(email)
