"""The examination of a house that is not running: settings, packs, understanding, database, ticketing system."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.actions import ActionsError
from bot.nlu.encoders import load_encoders
from bot.nlu.rasa import RasaError
from bot.ports.clock import SystemClock
from bot.settings import Settings
from bot.store.engine import connect, sqlite_url
from bot.store.schema import SchemaError, check_schema
from ticket_bridge import LocalSystem

from .house import TICKETS
from .mind import DATABASE, PackError, actions_of, rasa_of, read_packs
from .streets import branches

LOW_DISK_GB = 1.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `level`: ok | warn | fault; `mend` says what to do about the last two."""

    level: str
    what: str
    told: str
    mend: str = ""


def examine(settings: Settings, home: Path) -> tuple[Check, ...]:
    """Look at everything that can be looked at without starting the house."""
    house = (
        *_packs(settings),
        *_actions(settings),
        *_understanding(settings, home),
        *_rasa(settings),
        *_database(home),
        *_disk(home),
        *_tickets(home),
        *_channels(settings, home),
    )
    return (*house, *_desk(settings))


def _packs(settings: Settings) -> Iterator[Check]:
    try:
        packs, playbook = read_packs(settings)
    except (PackError, FileNotFoundError) as error:
        yield from (Check("fault", "packs", line, "guichet flow check") for line in str(error).splitlines())
        return
    counted = f"{len(packs)} packs, {len(playbook.flows)} flows, {len(playbook.articles)} articles"
    yield Check("ok", "packs", f"{counted}, playbook {playbook.hash[:8]}")


def _actions(settings: Settings) -> Iterator[Check]:
    try:
        actions_of(settings)
    except ActionsError as error:
        yield from (
            Check("fault", "actions", fault, "mend the module, or the name in `actions`") for fault in error.faults
        )
        return
    if settings.actions:
        yield Check("ok", "actions", f"from {', '.join(settings.actions)}")


def _understanding(settings: Settings, home: Path) -> Iterator[Check]:
    encoders = load_encoders(settings.understanding.encoders, home / "cache" if home.is_dir() else None)
    for note in encoders.notes:
        told, _, mend = note.partition(" -> ")
        yield Check("warn", "understanding", told, mend)
    if encoders.found:
        yield Check("ok", "understanding", ", ".join(encoder.name for encoder in encoders.found))


def _rasa(settings: Settings) -> Iterator[Check]:
    """Ask the Rasa server who it is; a house that has one and cannot reach it works with less than it was given."""
    if "rasa" not in settings.understanding.order:
        return
    with rasa_of(settings) as rasa:
        try:
            yield Check("ok", "rasa", rasa.about())
        except RasaError as error:
            yield Check("fault", "rasa", f"the server at {settings.understanding.rasa.url} {error}", error.mend)


def _database(home: Path) -> Iterator[Check]:
    file = home / DATABASE
    if not file.is_file():
        yield Check("warn", "database", f"none in {home} yet", "guichet run, or guichet db upgrade")
        return
    database = connect(sqlite_url(file))
    try:
        check_schema(database.reading)
        yield Check("ok", "database", f"{file}, {file.stat().st_size / 1e6:.1f} MB")
    except SchemaError as error:
        told, _, mend = str(error).partition(": ")
        yield Check("fault", "database", told, mend)
    finally:
        database.close()


def _disk(home: Path) -> Iterator[Check]:
    where = home if home.exists() else Path()
    free = shutil.disk_usage(where).free / 1e9
    if free < LOW_DISK_GB:
        yield Check(
            "fault", "disk", f"{free:.1f} GB free where {where} stands", "make room: a full disk stops the desk"
        )
    else:
        yield Check("ok", "disk", f"{free:.0f} GB free")


def _tickets(home: Path) -> Iterator[Check]:
    if not home.exists():
        return
    system = LocalSystem(home / TICKETS, clock=lambda: datetime.now(UTC))
    for fault in asyncio.run(system.check()):
        yield Check("fault", "tickets", str(fault))
    yield Check("ok", "tickets", "built-in ticketing system")


def _channels(settings: Settings, home: Path) -> Iterator[Check]:
    """Ask each platform as a start would."""
    for branch in branches(settings, home, SystemClock()):
        faults = list(branch.examined())
        yield from (Check("fault", branch.name, fault.told, fault.mend) for fault in faults)
        if not faults:
            yield Check("ok", branch.name, branch.told)
    if settings.channels.email.imap and not settings.channels.email.authserv_id:
        yield Check(
            "warn",
            "email",
            "no sender is ever proven: nobody can read a ticket by mail",
            "set channels.email.authserv_id to the name your own server puts into Authentication-Results",
        )


def _desk(settings: Settings) -> Iterator[Check]:
    """What people will miss in the texts."""
    if not settings.desk.emergency_phone:
        yield Check(
            "warn", "desk", "emergency_phone is empty: the security text cannot name one", "desk.emergency_phone"
        )
    if not settings.privacy.controller:
        yield Check("warn", "privacy", "controller is empty: the notice names nobody", "set privacy.controller")
    if not settings.privacy.dpo:
        yield Check("warn", "privacy", "dpo is empty: the notice names no contact", "set privacy.dpo")
