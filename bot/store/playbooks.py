"""Playbooks kept by their hash, so that a conversation ends under the rules it began with."""

import json
import threading

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.dialog.plain import from_plain, to_plain
from bot.dialog.playbook import Playbook
from bot.ports.clock import Clock
from bot.store.codec import dump, stamp
from bot.store.ledger import SqlLedger
from bot.store.tables import playbook

_KEEP = (
    insert(playbook)
    .values(hash=bindparam("version"), body=bindparam("text"), kept_at=bindparam("now"))
    .on_conflict_do_nothing(index_elements=["hash"])
)
_FIND = select(playbook.c.body).where(playbook.c.hash == bindparam("version"))


class SqlPlaybooks:
    """Implements bot.ports.playbooks.Playbooks."""

    def __init__(self, ledger: SqlLedger, current: Playbook) -> None:
        self._ledger = ledger
        self._current = current
        self._known: dict[str, Playbook | None] = {current.hash: current}
        self._reading = threading.Lock()

    async def keep(self, clock: Clock) -> None:
        """Store the playbook in force, once for each version."""
        row = {"version": self._current.hash, "text": dump(to_plain(self._current)), "now": stamp(clock.now())}
        await self._ledger.writer.submit(lambda connection: connection.execute(_KEEP, row).rowcount)

    def current(self) -> Playbook:
        """Give the playbook for new requests."""
        return self._current

    def kept(self, version: str) -> Playbook | None:
        """Give the playbook of a version; None where it is unknown, or written by a program that knew more."""
        with self._reading:
            if version not in self._known:
                self._known[version] = self._read(version)
            return self._known[version]

    def _read(self, version: str) -> Playbook | None:
        with self._ledger.database.reading.connect() as connection:
            text = connection.execute(_FIND, {"version": version}).scalar_one_or_none()
        try:
            return None if text is None else from_plain(Playbook, json.loads(text))
        except (KeyError, TypeError, ValueError):
            return None
