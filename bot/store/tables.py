"""The ledger's tables. Times are milliseconds since 1970 in UTC; bodies are JSON that only codec.py reads.

A person's words stand in `words`, who they are in `person` and `address`, and nowhere else.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

NOBODYS_ORGANISATION = 1

_Id = BigInteger().with_variant(Integer, "sqlite")

_NAMED = "%(table_name)s_%(column_0_N_name)s"
metadata = MetaData(
    naming_convention={"ix": f"ix_{_NAMED}", "uq": f"uq_{_NAMED}", "fk": f"fk_{_NAMED}", "pk": "pk_%(table_name)s"}
)


def _id() -> Column[int]:
    return Column("id", _Id, primary_key=True, autoincrement=True)


def _organisation() -> Column[int]:
    return Column("organisation_id", _Id, nullable=False, server_default=text(str(NOBODYS_ORGANISATION)))


def _of_conversation(**more: Any) -> Column[int]:
    return Column("conversation_id", _Id, ForeignKey("conversation.id"), nullable=False, **more)


person = Table(
    "person",
    metadata,
    _id(),
    _organisation(),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("proof", Text, nullable=False, server_default="none"),  # the best proof this address ever carried
    Column("seen_at", BigInteger, nullable=False),
    UniqueConstraint("organisation_id", "email"),
    sqlite_autoincrement=True,
)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    _organisation(),
    Column("channel", Text, nullable=False),
    Column("address_id", _Id),  # where the person wrote from last: answers go there
    Column("person_id", _Id, ForeignKey("person.id"), index=True),
    Column("proof", Text, nullable=False, server_default="none"),  # what the last message proved
    Column("state", Text, nullable=False, server_default=""),  # a cache: the event log is the truth
    Column("playbook", Text, nullable=False, server_default=""),
    Column("owner", Text, nullable=False, server_default="nobody"),
    Column("next_seq", BigInteger, nullable=False, server_default=text("0")),  # last number given
    Column("done_seq", BigInteger, nullable=False, server_default=text("0")),  # last number handled
    Column("ready_at", BigInteger),  # nothing waits when null
    Column("waiting_since", BigInteger),
    Column("epoch", BigInteger, nullable=False, server_default=text("0")),  # the fence
    Column("lease_until", BigInteger, nullable=False, server_default=text("0")),
    Column("tries", Integer, nullable=False, server_default=text("0")),  # of the first waiting item
    Column("begun_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False, index=True),
    Column("closed_at", BigInteger),
    sqlite_autoincrement=True,
)
Index("ix_conversation_ready", conversation.c.ready_at, postgresql_where=conversation.c.ready_at.is_not(None),
      sqlite_where=conversation.c.ready_at.is_not(None))  # fmt: skip

address = Table(
    "address",
    metadata,
    _id(),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("conversation_id", _Id, ForeignKey("conversation.id"), nullable=False, index=True),
    Column("person_id", _Id, ForeignKey("person.id"), index=True),
    UniqueConstraint("channel", "account", "key"),
    sqlite_autoincrement=True,
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),  # a second delivery is refused here
    _of_conversation(),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", Text, nullable=False, server_default="new"),  # new | done | dead | replayed | dropped
    Column("error", Text, nullable=False, server_default=""),
    Column("received_at", BigInteger, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    sqlite_autoincrement=True,
)
Index("ix_inbox_dead", inbox.c.id, postgresql_where=inbox.c.status == text("'dead'"),
      sqlite_where=inbox.c.status == text("'dead'"))  # fmt: skip

event = Table(
    "event",
    metadata,
    _id(),
    _of_conversation(),
    Column("seq", BigInteger, nullable=False),  # last number of a merged burst
    Column("first_seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("playbook", Text, nullable=False),
    Column("engine", Text, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    sqlite_autoincrement=True,
)

trace = Table(
    "trace",
    metadata,
    _of_conversation(primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("turn", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("body", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),  # conversation:seq:n
    _of_conversation(),
    Column("cause_seq", BigInteger, nullable=False),
    Column("cause", Text, nullable=False),  # kind of the event that asked for it
    Column("n", Integer, nullable=False),
    Column("lane", Text, nullable=False),  # channel | agents | ticket | action
    Column("kind", Text, nullable=False),
    Column("notice", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", Text, nullable=False),  # pending | sending | sent | held | dead | cancelled | dropped
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_at", BigInteger),  # null once it is settled: then nothing of it is open
    Column("ref", Text, nullable=False, server_default=""),
    Column("error", Text, nullable=False, server_default=""),
    Column("sent_at", BigInteger),
    Index("ix_outbox_conversation", "conversation_id", "id"),
    sqlite_autoincrement=True,
)
_still_open = outbox.c.next_at.is_not(None)
Index("ix_outbox_lane", outbox.c.conversation_id, outbox.c.lane, outbox.c.id, postgresql_where=_still_open,
      sqlite_where=_still_open)  # fmt: skip
Index("ix_outbox_due", outbox.c.next_at, postgresql_where=_still_open, sqlite_where=_still_open)

timer = Table(
    "timer",
    metadata,
    _of_conversation(primary_key=True),
    Column("name", Text, primary_key=True),
    Column("fire_at", BigInteger),  # null once fired, until its event is handled
    Column("generation", BigInteger, nullable=False),  # number of the event that set it
)
Index("ix_timer_due", timer.c.fire_at, postgresql_where=timer.c.fire_at.is_not(None),
      sqlite_where=timer.c.fire_at.is_not(None))  # fmt: skip

playbook = Table(
    "playbook",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
)

article = Table(
    "article",
    metadata,
    _id(),
    Column("article", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("topic", Text, nullable=False, server_default=""),  # this and the next as the body says, to list by them
    Column("stale", Boolean, nullable=False, server_default=false()),
    Column("body", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the body: a version that is kept never changes
    Column("origin", Text, nullable=False),  # pack, or where it was imported from
    Column("current", Boolean, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
    UniqueConstraint("article", "lang", "version"),
    sqlite_autoincrement=True,
)
_CURRENT: dict[str, Any] = {"postgresql_where": article.c.current, "sqlite_where": article.c.current}
Index("ix_article_current", article.c.article, article.c.lang, **_CURRENT)
Index("ix_article_shelf", article.c.topic, article.c.article, article.c.origin, article.c.stale, **_CURRENT)

article_result = Table(
    "article_result",
    metadata,
    _of_conversation(primary_key=True),
    Column("request", Integer, primary_key=True),
    Column("article", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("result", Text, nullable=False),  # helped | did_not_help | could_not_try | skipped | done_before | unknown
    Column("at", BigInteger, nullable=False),
    Index("ix_article_result_article", "article", "version"),
)

file = Table(
    "file",
    metadata,
    _id(),
    _of_conversation(index=True),
    Column("seq", BigInteger, nullable=False),
    Column("ref", Text, nullable=False, index=True),  # key in the file store
    Column("type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", _Id, ForeignKey("conversation.id"), index=True),
    Column("revision", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

words = Table(
    "words",
    metadata,
    Column("key", Text, primary_key=True),  # kind:conversation:seq[:n]
    Column("conversation_id", _Id, ForeignKey("conversation.id"), index=True),
    Column("kind", Text, nullable=False),  # inbox | event | state | effect | journal
    Column("body", Text, nullable=False),
)
