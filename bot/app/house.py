"""A house at work: the ledger, and on it the way in, the pump and the way out, with the doors they need."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.web import kept_secret
from bot.dialog import engine
from bot.inbox import CHAT, WEB, Inbox, Manners
from bot.kb.library import Library
from bot.outbox import Doors, Outbox
from bot.people import Proofs, Reception, Registry, Stays
from bot.ports.agents import AgentDesk
from bot.ports.channel import Channel, Discreet
from bot.ports.clock import Clock
from bot.ports.inbound import Address
from bot.ports.ledger import Parcel
from bot.ports.links import Courier
from bot.ports.notes import Notes
from bot.ports.tickets import Tickets
from bot.pump import Decide, Pump, Senses
from bot.store.articles import SqlArticles
from bot.store.dispatch import LocalDispatcher
from bot.store.engine import connect, sqlite_url
from bot.store.journal import SqlJournal
from bot.store.ledger import SqlLedger
from bot.store.people import SqlPeople
from bot.store.playbooks import SqlPlaybooks
from bot.store.pointing import SqlPointing
from bot.store.records import SqlRecords
from bot.store.schema import check_schema, create
from bot.tickets import LedgerJournal, TicketDesk, TicketWatch
from ticket_bridge import Bridge, LocalSystem, RefusedError, TicketState, Visibility

from .knowledge import library_of
from .mind import DATABASE, Mind

TICKETS, SECRET = "tickets.sqlite3", "people.key"
EVERY_DAY: Mapping[str, Manners] = {"web": WEB, "slack": CHAT, "telegram": CHAT}


@dataclass(frozen=True, slots=True)
class Street:
    """What differs between houses: where they stand, their clock, and who carries messages to people and agents.

    `keeping`: makes the channels that keep notes in the house. One that is a courier mails codes, to work
    addresses of these `domains`, empty = all.
    """

    home: Path
    clock: Clock
    channels: Mapping[str, Channel]
    agents: AgentDesk
    durable: bool = True
    manners: Mapping[str, Manners] = field(default_factory=dict)
    decide: Decide = engine.decide
    told: Callable[[Parcel], None] = field(default=lambda parcel: None)
    overhear: Callable[[Tickets, SqlRecords], Tickets] = field(default=lambda tickets, records: tickets)
    keeping: Callable[[Notes], Mapping[str, Channel]] = field(default=lambda notes: {})
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """A house at work: the ledger and all that stands on it. What people's channels bring comes in by `reception`."""

    ledger: SqlLedger
    records: SqlRecords
    inbox: Inbox
    reception: Reception
    outbox: Outbox
    pump: Pump
    dispatcher: LocalDispatcher
    watch: TicketWatch
    desk: LocalSystem
    pool: ThreadPoolExecutor
    articles: SqlArticles
    library: Library
    notes: SqlJournal

    async def drain(self) -> None:
        """Work until nothing is due at this moment of the clock."""
        await self.dispatcher.drain(self.pump, self.outbox)

    async def work_on_ticket(self, agent: str, key: str, state: str, reply: str) -> None:
        """Let an agent of the built-in desk answer a ticket or move it. Raises ValueError for a move that cannot be."""
        desk = self.desk.desk(agent)
        try:
            if reply:
                await desk.write(key, reply, Visibility.PUBLIC)
            if state:
                await desk.move(key, TicketState(state))
        except RefusedError as error:
            raise ValueError(str(error)) from None

    def close(self) -> None:
        """Finish what was begun, and close the ledger."""
        self.pool.shutdown()
        self.ledger.close()


async def open_house(mind: Mind, street: Street) -> House:
    """Open the ledger and put the house on it. Raises SchemaError."""
    ledger = _ledger(street)
    records, clock = SqlRecords(ledger.database), street.clock
    playbooks = SqlPlaybooks(ledger, mind.playbook)
    await playbooks.keep(clock)
    dispatcher = LocalDispatcher(ledger, clock)
    inbox = Inbox(ledger, dispatcher, clock, street.manners)
    entries = SqlJournal(ledger, clock)
    desk = LocalSystem(street.home / TICKETS, clock=clock.now, durable=street.durable)
    bridge = Bridge(desk, LedgerJournal(entries), clock=clock.now)
    tickets = TicketDesk(bridge, LedgerJournal(entries), records, clock, lang=mind.playbook.policy.languages[0])
    articles = SqlArticles(ledger)
    library = library_of(mind, articles)
    channels = {**street.channels, **street.keeping(entries)}
    registry = _registry(street, entries, ledger, inbox, channels)
    doors = Doors(channels, street.overhear(tickets, records), mind.actions, street.agents, links=registry)
    outbox = Outbox(ledger, clock, doors, inbox.admit, street.told)
    pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="understanding")
    senses = Senses(mind.facts(SqlPeople(ledger.database)), mind.understander, library, pool)
    pump = Pump(ledger, clock, street.decide, playbooks, senses, engine.VERSION)
    watch = TicketWatch(bridge, entries, inbox.receive, clock)
    await ledger.recover()
    reception = Reception(inbox, registry)
    return House(
        ledger, records, inbox, reception, outbox, pump, dispatcher, watch, desk, pool, articles, library, entries
    )


def _registry(
    street: Street, notes: SqlJournal, ledger: SqlLedger, inbox: Inbox, channels: Mapping[str, Channel]
) -> Registry:
    proofs, pointing = Proofs(notes, kept_secret(street.home / SECRET)), SqlPointing(ledger.writer)
    courier = next((one for one in channels.values() if isinstance(one, Courier)), None)

    async def alone(at: Address) -> Address | None:
        channel: object = channels.get(at.channel)
        return await channel.private_address(at) if isinstance(channel, Discreet) else at

    return Registry(proofs, Stays(notes), pointing, inbox.receive, street.clock, alone, courier, street.domains)


def _ledger(street: Street) -> SqlLedger:
    """Open the database; one that lives as long as one command gets its tables without migrations."""
    database = connect(sqlite_url(street.home / DATABASE), durable=street.durable)
    if street.durable:
        check_schema(database.reading)
    else:
        create(database)
    return SqlLedger(database)
