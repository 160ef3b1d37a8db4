"""Delivery journal for doors that settle doubtful sends themselves: a text under an id, with a revision."""

from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.ports.clock import Clock
from bot.store.codec import stamp
from bot.store.ledger import SqlLedger
from bot.store.slips import WRITE_WORDS, joined_key
from bot.store.tables import journal, words

_LOAD = (
    select(journal.c.revision, words.c.body)
    .join(words, words.c.key == joined_key("journal", journal.c.id))
    .where(journal.c.id == bindparam("entry"))
)
_FIRST = insert(journal).values(
    {name: bindparam(name) for name in ("id", "conversation_id", "revision", "state", "updated_at")}
)
_NEXT = (
    update(journal)
    .where(journal.c.id == bindparam("entry"), journal.c.revision == bindparam("before"))
    .values(revision=bindparam("new_revision"), state=bindparam("new_state"), updated_at=bindparam("now"))
)
_KNOWN = (
    select(words.c.key)
    .select_from(journal)
    .outerjoin(words, words.c.key == joined_key("journal", journal.c.id))
    .where(journal.c.id == bindparam("entry"))
)
_ANEW = (  # its words were erased: it counts as none
    update(journal)
    .where(journal.c.id == bindparam("entry"))
    .values({name: bindparam(name) for name in ("conversation_id", "revision", "state", "updated_at")})
)


class SqlJournal:
    """Keeps entries whole, as their owner wrote them; what they say of a person stands among the words."""

    def __init__(self, ledger: SqlLedger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def load(self, entry: str) -> str | None:
        """Give an entry as last saved, None where it never was."""
        found = await self._ledger.read(lambda rows: rows.execute(_LOAD, {"entry": entry}).one_or_none())
        return None if found is None else str(found.body)

    async def save(self, entry: str, revision: int, state: str, content: str, conversation: str = "") -> bool:
        """Keep an entry; False, and nothing changed, unless the one kept has exactly the revision before this."""
        row = {
            "id": entry,
            "conversation_id": int(conversation) if conversation.isdecimal() else None,
            "revision": revision,
            "state": state,
            "updated_at": stamp(self._clock.now()),
        }
        return await self._ledger.writer.submit(lambda connection: _save(connection, row, content))


def _save(connection: Connection, row: dict[str, Any], content: str) -> bool:
    named = {"entry": row["id"]}
    if row["revision"] == 1:
        known = connection.execute(_KNOWN, named).one_or_none()
        if known is not None and known.key is not None:
            return False
        connection.execute(_FIRST if known is None else _ANEW, {**row, **named})
    else:
        changed = {"new_revision": row["revision"], "new_state": row["state"], "now": row["updated_at"]}
        if not connection.execute(_NEXT, {**named, **changed, "before": row["revision"] - 1}).rowcount:
            return False
    key = f"journal:{row['id']}"
    said = {"key": key, "conversation_id": row["conversation_id"], "kind": "journal", "body": content}
    WRITE_WORDS.write(connection, said)
    return True
