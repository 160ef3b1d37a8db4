"""Where deliveries are kept between two steps: the door for the caller's own store, and a SQLite file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Protocol

from ticket_bridge.codec import delivery_from_json, delivery_to_json
from ticket_bridge.delivery import Delivery
from ticket_bridge.sqlite import SqliteFile


class StaleDeliveryError(Exception):
    """Somebody else saved this delivery meanwhile: take theirs."""


class Journal(Protocol):
    """Keeps one delivery under its id. What `save` has returned from survives a crash."""

    async def load(self, delivery_id: str) -> Delivery | None:
        """Give the delivery as last saved, None where it never was."""

    async def save(self, delivery: Delivery) -> None:
        """Keep the delivery. Raises StaleDeliveryError unless the one kept has exactly the revision before it."""


_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS delivery (
        id TEXT PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL, content TEXT NOT NULL) STRICT""",
)
_LOAD = "SELECT content FROM delivery WHERE id = ?"
_INSERT = "INSERT INTO delivery (id, revision, state, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_UPDATE = "UPDATE delivery SET revision = ?, state = ?, content = ? WHERE id = ? AND revision = ?"


class SqliteJournal:
    """A journal in a SQLite file of its own. `durable=False` gives up surviving a power cut for speed."""

    def __init__(self, path: Path | str, *, durable: bool = True) -> None:
        self._file = SqliteFile(Path(path), _SCHEMA, durable=durable)

    async def load(self, delivery_id: str) -> Delivery | None:
        """Give the delivery as last saved, None where it never was."""
        return await asyncio.to_thread(self._load, delivery_id)

    async def save(self, delivery: Delivery) -> None:
        """Keep the delivery. Raises StaleDeliveryError unless the one kept has exactly the revision before it."""
        await asyncio.to_thread(self._save, delivery)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _load(self, delivery_id: str) -> Delivery | None:
        with self._file.reading() as rows:
            row = rows.execute(_LOAD, (delivery_id,)).fetchone()
        return delivery_from_json(row["content"]) if row else None

    def _save(self, delivery: Delivery) -> None:
        content = delivery_to_json(delivery)
        with self._file.writing() as rows:
            if delivery.revision == 1:
                cursor = rows.execute(_INSERT, (delivery.id, 1, delivery.state, content))
            else:
                before = delivery.revision - 1
                cursor = rows.execute(_UPDATE, (delivery.revision, delivery.state, content, delivery.id, before))
            if cursor.rowcount != 1:
                raise StaleDeliveryError(f"delivery {delivery.id} was saved by somebody else meanwhile")
