"""Handling the first waiting event, or burst, of a claimed conversation."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.events import AgentActed, AgentSaid, AnyEvent, PersonSaid, WorkFailed
from bot.dialog.playbook import Playbook
from bot.dialog.turn import Turn
from bot.ports.clock import Clock
from bot.ports.ledger import Claim, FencedOffError, Handled, Item, Kept, Ledger
from bot.ports.playbooks import Playbooks
from bot.pump.senses import Senses, where

TRIES = 3  # an event whose handling failed this often goes to the dead letters

log = logging.getLogger(__name__)

Decide = Callable[[Conversation, AnyEvent, Playbook], Turn]


@dataclass(frozen=True, slots=True)
class Pump:
    """Works on claimed conversations. `engine` is the version written beside each event."""

    ledger: Ledger
    clock: Clock
    decide: Decide
    playbooks: Playbooks
    senses: Senses
    engine: str = ""

    async def turn(self, claim: Claim) -> Kept:
        """Handle the first waiting event, or burst; what is left of the claim comes back with what is to be sent.

        Whatever goes wrong in the handling is counted; the last try ends as a dead letter and a WorkFailed event.
        """
        if not claim.items:
            await self.ledger.give_back(claim)
            return Kept()
        try:
            return await self.ledger.keep(claim, await self._handled(claim), self.clock.now())
        except FencedOffError:
            log.info("conversation %s: fenced off, the turn is thrown away", claim.id)
            return Kept()

    async def _handled(self, claim: Claim) -> Handled:
        first = claim.items[0]
        if first.stale:
            return Handled((first,))
        items = burst(claim.items) if claim.tries == 1 else (first,)
        why = "the process ended while it was handled"
        for tried in range(claim.tries, TRIES + 1):
            try:
                return await self._decided(claim, items, merged(items))
            except Exception as error:  # a fault of ours: the person must not pay for it with silence
                why = where(error)
                log.error("conversation %s, number %s: try %s failed: %s", claim.id, first.seq, tried, why)
                items = (first,)  # of a burst, only the message at fault shall die
        return await self._dead(claim, first, why)

    async def _dead(self, claim: Claim, item: Item, why: str) -> Handled:
        """Put an event to the dead letters; in its place the conversation learns that work failed, and goes on."""
        if isinstance(item.event, WorkFailed):
            return Handled((item,), dead=why)
        failed = WorkFailed(at=self.clock.now(), what=f"in:{claim.id}:{item.seq}")
        try:
            return replace(await self._decided(claim, (item,), failed), dead=why)
        except Exception as error:
            log.error("conversation %s cannot be handed over: %s", claim.id, where(error))
            return Handled((item,), dead=why)

    async def _decided(self, claim: Claim, items: tuple[Item, ...], event: AnyEvent) -> Handled:
        playbook = self._playbook(claim)
        talk, sender = claim.conversation, items[-1].sender
        loop = asyncio.get_running_loop()
        channel = claim.address.channel if claim.address else ""
        informed = await loop.run_in_executor(self.senses.pool, self.senses.inform, talk, event, sender, channel)
        turn = self.decide(talk, informed, playbook)
        taken_over = isinstance(event, AgentSaid | AgentActed) and turn.conversation.owner is Owner.HUMAN
        return Handled(items, informed, turn, playbook.hash, self.engine, silence=taken_over)

    def _playbook(self, claim: Claim) -> Playbook:
        """Give the playbook a request began with until it closes, then the one in force."""
        under_way = any(request.ended is None for request in claim.conversation.requests)
        kept = self.playbooks.kept(claim.playbook) if under_way and claim.playbook else None
        return kept or self.playbooks.current()


def burst(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Take the run of one person's messages that waits first; anything else stands alone, and ends the run."""
    count = 0
    while count < len(items) and isinstance(items[count].event, PersonSaid) and _same_writer(items[count], items[0]):
        count += 1
    return items[: max(count, 1)]


def _same_writer(one: Item, other: Item) -> bool:
    return (one.sender.id, one.sender.colleague) == (other.sender.id, other.sender.colleague)


def merged(items: tuple[Item, ...]) -> AnyEvent:
    """Make one event of a burst; its time is its last message's."""
    said = [item.event for item in items if isinstance(item.event, PersonSaid)]
    if len(said) < 2:
        return items[0].event
    return replace(
        said[-1],
        texts=tuple(text for one in said for text in one.texts),
        files=tuple(file for one in said for file in one.files),
        secrets=tuple(sorted({kind for one in said for kind in one.secrets})),
    )
