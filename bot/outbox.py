"""The way out: due effects through their doors, in order within a lane, again until it is clear how they ended."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.dialog.effects import ChangeTicket, CommentTicket, Join, OpenTicket, Relay, RunAction, Say, SendCode
from bot.dialog.events import ActionFailed, ActionFinished, AnyEvent, WorkFailed
from bot.ports.actions import ActionRunner, Broke, Done
from bot.ports.agents import AgentDesk
from bot.ports.channel import Channel, Discreet, Verifier
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Retry, Sent, Unknown
from bot.ports.inbound import Address, Inbound
from bot.ports.ledger import Arrival, Ledger, Left, Parcel, Receipt
from bot.ports.links import Links
from bot.ports.tickets import Tickets

TRIES = 18  # on a channel, with the waits below: about two hours
PATIENT_LANES = ("ticket", "agents")  # what people rely on is tried until it is clear that it never works
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=15)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Doors:
    """Where effects go. `held` names channels whose doubtful sends a person settles; others are sent again."""

    channels: Mapping[str, Channel]
    tickets: Tickets
    actions: ActionRunner
    agents: AgentDesk
    held: frozenset[str] = frozenset()
    links: Links | None = None


@dataclass(frozen=True, slots=True)
class Outbox:
    """Delivers parcels. `admit` makes what comes back fit for the ledger (Inbox.admit); `told` hears of each once it is
    committed as sent: that is when a page may be woken."""

    ledger: Ledger
    clock: Clock
    doors: Doors
    admit: Callable[[Inbound], Arrival]
    told: Callable[[Parcel], None] = field(default=lambda parcel: None)

    async def deliver(self, parcel: Parcel) -> tuple[Left, tuple[Receipt, ...]]:
        """Try one parcel once, and write how that ended together with what it brought back."""
        left = self._ended(parcel, await self._tried(parcel))
        receipts = await self.ledger.leave(left, self.clock.now())
        if isinstance(left.delivery, Sent):
            self.told(parcel)
        else:
            log.warning("%s to %s: %s", parcel.key, parcel.lane, _story(left))
        return left, receipts

    async def _tried(self, parcel: Parcel) -> Delivery:
        try:
            match parcel.effect:
                case RunAction() as run:
                    return await self._run(parcel, run)
                case OpenTicket() | CommentTicket() | ChangeTicket() as change:
                    return await self.doors.tickets.deliver(change, parcel.key, parcel.conversation)
                case SendCode() | Join() as link if parcel.address:
                    return await self._link(link, parcel.address, parcel.key)
                case Relay(to="agent") as relay:
                    return await self.doors.agents.tell(relay, parcel.key, parcel.conversation)
                case Say() | Relay() as say:
                    return await self._say(parcel, say)
                case _:
                    return Failed(f"no door takes {parcel.effect.kind}")
        except Exception as error:  # a door that raises has not said how it ended; the text may hold words
            return Unknown(type(error).__name__)

    async def _say(self, parcel: Parcel, say: Say | Relay) -> Delivery:
        channel = self.doors.channels.get(parcel.address.channel) if parcel.address else None
        if parcel.address is None or channel is None:
            return Failed("there is no channel to reach the person")
        where = await self._place(parcel, say, channel, parcel.address)
        if where is None:
            return Failed("there is no place where nobody reads along")
        verifies, held = isinstance(channel, Verifier), where.channel in self.doors.held
        if parcel.begun or parcel.attempts:
            if isinstance(channel, Verifier) and (sent := await channel.look_up(where, parcel.key)):
                return sent
            if parcel.begun and held and not verifies:
                return Unknown("the process ended while it was sent")
        if held or verifies:
            await self.ledger.begin(parcel)
        return await channel.send(where, say, parcel.key)

    async def _link(self, link: SendCode | Join, address: Address, key: str) -> Delivery:
        links = self.doors.links
        if links is None:
            return Failed("nobody here links channels")
        return await (
            links.send_code(link, address, key) if isinstance(link, SendCode) else links.join(link, address, key)
        )

    async def _place(self, parcel: Parcel, say: Say | Relay, channel: Channel, where: Address) -> Address | None:
        """Where it is said; what is for the person alone leads the conversation to where nobody reads along.

        A question does so too where that place led elsewhere meanwhile: its answer is meant for who asked last.
        """
        if not (say.private and isinstance(channel, Discreet)):
            return where
        alone = await channel.private_address(where)
        asks = isinstance(say, Say) and not say.notice
        if alone is not None and (alone != where or asks):
            await self.ledger.point(alone, parcel.conversation)
        return alone

    async def _run(self, parcel: Parcel, run: RunAction) -> Delivery:
        """Run an action at most once, unless it is repeatable: whoever was cut off in it may have done it."""
        at = self.clock.now
        if parcel.begun and not self.doors.actions.repeatable(run.action):
            return Sent("unknown", (ActionFailed(at=at(), call=run.call, why="unknown"),))
        await self.ledger.begin(parcel)
        try:
            end = await self.doors.actions.run(run, parcel.conversation)
        except Exception as error:
            log.error("action %s: %s", run.action, type(error).__name__)
            end = Broke()
        match end:
            case Done(slots=slots, responses=responses):
                return Sent(brings=(ActionFinished(at=at(), call=run.call, slots=slots, responses=responses),))
            case Broke(why=why):
                return Sent(brings=(ActionFailed(at=at(), call=run.call, why=why),))

    def _ended(self, parcel: Parcel, delivery: Delivery) -> Left:
        """Decide what follows from how a try ended."""
        again_at, hold = None, False
        if isinstance(delivery, Retry | Unknown):
            hold = isinstance(delivery, Unknown) and self._is_held(parcel)
            if not hold and (parcel.lane in PATIENT_LANES or parcel.attempts + _counted(delivery) < TRIES):
                after = delivery.after if isinstance(delivery, Retry) else None
                again_at = self.clock.now() + (after or backoff(parcel))
        brings = () if isinstance(delivery, Unknown) else delivery.brings
        gone = not hold and again_at is None and not isinstance(delivery, Sent)
        if gone and not brings and parcel.cause != "work_failed":
            brings = (WorkFailed(at=self.clock.now(), what=f"out:{parcel.key}"),)
        return Left(parcel, delivery, self._arrivals(parcel, brings), again_at, hold)

    def _is_held(self, parcel: Parcel) -> bool:
        return parcel.lane == "channel" and parcel.address is not None and parcel.address.channel in self.doors.held

    def _arrivals(self, parcel: Parcel, brings: tuple[AnyEvent, ...]) -> tuple[Arrival, ...]:
        """Send what came back to the inbox, under keys that a second try gives again."""
        return tuple(
            self.admit(Inbound(f"{parcel.key}:{event.kind}:{n}", event, conversation=parcel.conversation))
            for n, event in enumerate(brings)
        )


def _counted(delivery: Delivery) -> int:
    return int(delivery.counts) if isinstance(delivery, Retry) else 1


def backoff(parcel: Parcel) -> timedelta:
    """Wait twice as long after each try, spread by half so that not all come back at once; equal parcel, equal wait."""
    wait = min(FIRST_WAIT * (1 << min(parcel.attempts, 20)), LONGEST_WAIT)
    dice = hashlib.sha256(f"{parcel.key}/{parcel.attempts}".encode()).digest()[0]
    return wait * (0.75 + dice / 510)


def _story(left: Left) -> str:
    then = "held for a person" if left.hold else f"again at {left.again_at}" if left.again_at else "dead"
    return f"{type(left.delivery).__name__}, {then}"
