"""Measures the ledger's path with a handler that does nothing, beside the limits of the machine in the same run."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from statistics import median, quantiles

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.effects import Relay, Say
from bot.dialog.events import AnyEvent, Facts, PersonSaid
from bot.dialog.playbook import Playbook
from bot.dialog.trace import Trace
from bot.dialog.turn import Turn
from bot.dialog.understanding import Hit, Understanding
from bot.inbox import Inbox
from bot.outbox import Doors, Outbox
from bot.ports.actions import Broke, Done
from bot.ports.channel import Capabilities
from bot.ports.clock import SystemClock
from bot.ports.delivery import Delivery, Sent
from bot.ports.facts import About
from bot.ports.inbound import Address, Inbound
from bot.ports.understander import NO_CLUES, Clues, Hints
from bot.pump import Pump, Senses
from bot.store.dispatch import LocalDispatcher
from bot.store.engine import Database, connect
from bot.store.gauge import raw_commits
from bot.store.ledger import SqlLedger
from bot.store.schema import upgrade

PER_SECOND = 10  # messages, while the time from receipt to sending is measured
CPU_GOAL_MS = 2.0
COMMITS_UNDER_LOAD = 1.5  # for each message; what group commit should reach


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured; keys and units as contract.md names them."""

    ledger_cpu_ms: float
    decide_cpu_ms: float | None
    commits_per_item: float
    p50_ms: float
    p95_ms: float
    messages_per_s: float
    raw_commits_per_s: float
    share_of_limit: float
    commits_per_item_under_load: float
    cpu_share: float


@dataclass
class Stage:
    """Every door of a house that answers at once and keeps nothing."""

    sent_at: dict[str, float] = field(default_factory=dict)
    wanted: int = 0
    all_sent: asyncio.Event = field(default_factory=asyncio.Event)

    def expect(self, count: int) -> None:
        """Begin to count."""
        self.sent_at.clear()
        self.wanted = count
        self.all_sent.clear()

    @property
    def capabilities(self) -> Capabilities:
        """It takes everything."""
        return Capabilities()

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Note when a message was sent."""
        self.sent_at[say.text] = time.perf_counter()
        if len(self.sent_at) == self.wanted:
            self.all_sent.set()
        return Sent(key)

    async def deliver(self, effect: object, key: str, conversation: str) -> Delivery:
        """Take a ticket."""
        return Sent(key)

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        """Take words for an agent."""
        return Sent(key)

    def repeatable(self, action: str) -> bool:
        """Let everything run again."""
        return True

    async def run(self, effect: object, conversation: str) -> Done | Broke:
        """Do nothing."""
        return Done()

    def gather(self, about: About) -> Facts:
        """Know nothing."""
        return Facts()

    def understand(self, text: str, hints: Hints) -> Understanding:
        """Understand nothing."""
        return Understanding()

    def search(self, text: str, lang: str, clues: Clues = NO_CLUES, top: int = 5) -> tuple[Hit, ...]:
        """Find nothing."""
        return ()

    def current(self) -> Playbook:
        """Hold no flow."""
        return Playbook(hash="none")

    def kept(self, version: str) -> Playbook | None:
        """Hold no flow."""
        return None


def answer(conversation: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
    """Say what was said: the handler that does nothing."""
    text = event.texts[-1] if isinstance(event, PersonSaid) else ""
    told = replace(conversation, turn=conversation.turn + 1, owner=Owner.BOT)
    return Turn(told, (Say(text=text),), Trace("rule:bench"))


def measure(url: str, messages: int = 1000, seconds: float = 10, turn: Callable[[], None] | None = None) -> Figures:
    """Measure on a database that is there for nothing else; `turn` decides one turn, to be measured too."""
    upgrade(url)
    database = connect(url)
    try:
        raw = raw_commits(database, 1.0)
        share = cpu_share(0.5)
        figures = asyncio.run(_measure(database, messages, seconds))
        raw = (raw + raw_commits(database, 1.0)) / 2
    finally:
        database.close()
    limit = 1 / (COMMITS_UNDER_LOAD / raw + CPU_GOAL_MS / 1000 / share)
    return replace(
        figures,
        raw_commits_per_s=raw,
        cpu_share=share,
        share_of_limit=figures.messages_per_s / limit,
        decide_cpu_ms=None if turn is None else _cpu_ms(turn),
    )


async def _measure(database: Database, messages: int, seconds: float) -> Figures:
    stage, ledger, clock = Stage(), SqlLedger(database), SystemClock()
    dispatcher = LocalDispatcher(ledger, clock)
    inbox = Inbox(ledger, dispatcher, clock)
    outbox = Outbox(ledger, clock, Doors({"bench": stage}, stage, stage, stage), inbox.admit)
    pump = Pump(ledger, clock, answer, stage, Senses(stage, stage, stage))
    work = asyncio.create_task(dispatcher.run(pump, outbox))
    await _hear(ledger, stage, inbox, "warm", messages, 0)  # the conversations under way that the others go on with
    before = ledger.writer.commits
    count = int(seconds * PER_SECOND)
    times = await _hear(ledger, stage, inbox, "light", count, 1 / PER_SECOND)
    light = (ledger.writer.commits - before) / count
    before, cpu, begun = ledger.writer.commits, time.process_time(), time.perf_counter()
    await _hear(ledger, stage, inbox, "load", messages, 0)
    rate = messages / (time.perf_counter() - begun)
    cpu_ms = (time.process_time() - cpu) * 1000 / messages
    loaded = (ledger.writer.commits - before) / messages
    dispatcher.stop()
    await work
    ledger.writer.close()
    spread = quantiles(times, n=20)
    return Figures(cpu_ms, None, light, median(times), spread[18], rate, 0, 0, loaded, 0)


async def _hear(ledger: SqlLedger, stage: Stage, inbox: Inbox, name: str, count: int, pause: float) -> list[float]:
    """Let many people write; give the milliseconds from each receipt to its answer."""
    stage.expect(count)
    begun: dict[str, float] = {}

    async def hear(n: int) -> None:
        text = f"{name} {n}"
        begun[text] = time.perf_counter()
        event = PersonSaid(at=SystemClock().now(), texts=(text,))
        await inbox.receive(Inbound(text, event, Address("bench", "bench", str(n))))

    heard = []
    for n in range(count):
        heard.append(asyncio.create_task(hear(n)))
        await asyncio.sleep(pause)
    await asyncio.gather(*heard)
    await stage.all_sent.wait()
    while await ledger.next_due() is not None:  # what was sent last is still being written down
        await asyncio.sleep(0.001)
    return [(stage.sent_at[text] - at) * 1000 for text, at in begun.items()]


def cpu_share(seconds: float) -> float:
    """Tell how much of a core a process that never rests gets here."""
    begun, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - begun < seconds:
        pass
    return (time.process_time() - cpu) / (time.perf_counter() - begun)


def _cpu_ms(turn: Callable[[], None], count: int = 300) -> float:
    for _ in range(20):
        turn()
    begun = time.process_time()
    for _ in range(count):
        turn()
    return (time.process_time() - begun) * 1000 / count
