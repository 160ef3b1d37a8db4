"""A house whose tickets go through the bridge, to the built-in desk or to one that loses answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.outbox import Outbox
from bot.store.engine import sqlite_url
from bot.store.journal import SqlJournal
from bot.store.records import SqlRecords
from bot.tickets import LedgerJournal, TicketDesk, TicketWatch
from tests.store.house import House
from tests.ticket_bridge.lossy_desk import Fault, LossyDesk
from ticket_bridge import Bridge, LocalSystem, TicketSystem


@dataclass
class Tickets:
    """A house with a ticketing system behind it."""

    house: House
    system: Any
    desk: TicketDesk
    watch: TicketWatch


def furnished(house: House, system: TicketSystem, lang: str = "en") -> Tickets:
    """Put a ticketing system behind a house."""
    entries = SqlJournal(house.ledger, house.clock)
    journal = LedgerJournal(entries)
    bridge = Bridge(system, journal, house.clock.now)
    desk = TicketDesk(bridge, journal, SqlRecords(house.database), house.clock, lang)
    doors = replace(house.outbox.doors, tickets=desk)
    house.outbox = Outbox(house.ledger, house.clock, doors, house.inbox.admit)
    return Tickets(house, system, desk, TicketWatch(bridge, entries, house.inbox.receive, house.clock))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house on a virtual clock."""
    house = House(sqlite_url(tmp_path / "ledger.sqlite3"))
    yield house
    house.close()


@pytest.fixture
def local(house: House, tmp_path: Path) -> Iterator[Tickets]:
    """A house with the built-in desk."""
    system = LocalSystem(tmp_path / "tickets.sqlite3", clock=house.clock.now, durable=False)
    yield furnished(house, system)
    system.close()


@dataclass
class HouseClock:
    """The house's clock as the lossy desk asks it."""

    house: House

    def __call__(self) -> datetime:
        return self.house.clock.now()


def lossy(house: House, *script: Fault) -> Tickets:
    """Put a desk behind a house that meets each write with the next fault."""
    return furnished(house, LossyDesk(HouseClock(house), script))  # type: ignore[arg-type]
