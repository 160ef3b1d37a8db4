"""The command line of the built-in desk: open, list, show, note, state, changes."""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ticket_bridge.arguments import parser
from ticket_bridge.bridge import Bridge
from ticket_bridge.codec import handoff_from_json
from ticket_bridge.delivery import Delivery, DeliveryState
from ticket_bridge.journal import SqliteJournal
from ticket_bridge.port import DoubtfulError, RefusedError, TryLaterError
from ticket_bridge.printing import Cursor, as_json, as_text
from ticket_bridge.systems.local import LocalSystem
from ticket_bridge.systems.local_desk import LocalDesk
from ticket_bridge.ticket import TicketState, Visibility

DONE, FINDING, WRONG_USE = 0, 1, 2
TICKETS, DELIVERIES = "tickets.sqlite3", "deliveries.sqlite3"


class WrongUseError(Exception):
    """The command cannot be carried out as it was given; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What a verb works with: the desk, the bridge to it, and how to print."""

    system: LocalSystem
    bridge: Bridge
    given: argparse.Namespace

    def say(self, value: object) -> None:
        """Print a value for people, or as one line of JSON."""
        sys.stdout.write((as_json(value) if self.given.json else as_text(value)) + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command and give its exit status: 0 done, 1 not delivered, 2 wrong use."""
    given = parser().parse_args(arguments)
    try:
        return asyncio.run(_run(given))
    except (WrongUseError, RefusedError) as error:
        return _complain(str(error), WRONG_USE)
    except (sqlite3.Error, DoubtfulError, TryLaterError, OSError) as error:
        if isinstance(error, BrokenPipeError):  # the reader of our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        return _complain(f"{given.home}: {error}", WRONG_USE)


async def _run(given: argparse.Namespace) -> int:
    home = _home(given)
    with closing(LocalSystem(home / TICKETS)) as system, closing(SqliteJournal(home / DELIVERIES)) as journal:
        bridge = Bridge(system, journal, _now)
        return await VERBS[given.verb](Counter(system, bridge, given))


def _home(given: argparse.Namespace) -> Path:
    home = Path(given.home)
    if given.verb == "open":
        home.mkdir(parents=True, exist_ok=True)
    elif not (home / TICKETS).is_file():
        raise WrongUseError(f"{home / TICKETS} does not exist: open a ticket first, or name another --home")
    return home


async def _open(counter: Counter) -> int:
    try:
        request = handoff_from_json(sys.stdin.buffer.read())
    except ValueError as error:
        raise WrongUseError(f"the handoff on standard input: {error}") from error
    delivery = await _through(counter.bridge, counter.bridge.queue(request))
    counter.say(delivery)
    if delivery.state is DeliveryState.CONFIRMED:
        return DONE
    mend = "" if delivery.done else f"; give the same handoff again after {delivery.not_before}"
    return _complain(f"handoff {request.handoff_id} is {delivery.state}: {delivery.last_error}{mend}", FINDING)


async def _through(bridge: Bridge, delivery: Delivery) -> Delivery:
    while True:
        delivery = await bridge.advance(delivery)
        if not delivery.due(_now()):
            return delivery


async def _list(counter: Counter) -> int:
    state = TicketState(counter.given.state) if counter.given.state else None
    for ticket in await _desk(counter).tickets(state):
        counter.say(ticket)
    return DONE


async def _show(counter: Counter) -> int:
    counter.say(await _desk(counter).dossier(counter.given.key))
    return DONE


async def _note(counter: Counter) -> int:
    text = sys.stdin.read() if counter.given.text == "-" else counter.given.text
    if not text.strip():
        raise WrongUseError("the note is empty: give its text, or - to read standard input")
    visibility = Visibility.PUBLIC if counter.given.public else Visibility.INTERNAL
    await _desk(counter).write(counter.given.key, text.strip(), visibility)
    return await _show_ticket(counter)


async def _state(counter: Counter) -> int:
    await _desk(counter).move(counter.given.key, TicketState(counter.given.state), counter.given.reason)
    return await _show_ticket(counter)


async def _changes(counter: Counter) -> int:
    page = await counter.bridge.changes(counter.given.after)
    for change in page.changes:
        counter.say(change)
    counter.say(Cursor(page.cursor))
    return DONE


async def _show_ticket(counter: Counter) -> int:
    counter.say((await _desk(counter).dossier(counter.given.key)).ticket)
    return DONE


def _desk(counter: Counter) -> LocalDesk:
    return counter.system.desk(counter.given.by)


VERBS: dict[str, Callable[[Counter], Coroutine[Any, Any, int]]] = {
    "open": _open,
    "list": _list,
    "show": _show,
    "note": _note,
    "state": _state,
    "changes": _changes,
}


def _now() -> datetime:
    return datetime.now(UTC)


def _complain(line: str, status: int) -> int:
    sys.stderr.write(" ".join(line.split()) + "\n")
    return status
