"""The way of ticket effects out: each is one or more deliveries of the bridge, advanced one step at a time."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.dialog.effects import ChangeTicket, CommentTicket, OpenTicket
from bot.dialog.events import TicketChanged, TicketDelayed, TicketOpened
from bot.ports.clock import Clock
from bot.ports.delivery import Delivery, Failed, Retry, Sent
from bot.ports.records import Records
from bot.tickets.handoff import Story, Whereabouts, file_of, handoff_request, read_story
from ticket_bridge import Bridge, DeliveryState, HandoffRequest, Journal, Priority, TicketRef, TicketState, Visibility
from ticket_bridge import Delivery as Step

FROM_REQUESTER = {"en": "From the requester:", "fr": "Écrit par la personne\u00a0:"}
FROM_COLLEAGUE = {"en": "From a colleague in the thread:", "fr": "Écrit par un collègue dans le fil\u00a0:"}
SOON = timedelta(seconds=1)  # another worker is at it

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TicketDesk:
    """Implements bot.ports.tickets.Tickets.

    `journal` is the one the bridge has: it knows which ticket a handoff became. `lang` is the desk's own language,
    `where` tells where a file's bytes lie (None: only its name goes along).
    """

    bridge: Bridge
    journal: Journal
    records: Records
    clock: Clock
    lang: str = "en"
    where: Whereabouts = field(default=lambda ref: None)

    async def deliver(self, effect: OpenTicket | CommentTicket | ChangeTicket, key: str, conversation: str) -> Delivery:
        """Advance the delivery of one effect; equal `key`, equal doing."""
        match effect:
            case OpenTicket():
                return await self._open(effect, key, conversation)
            case CommentTicket():
                return await self._comment(effect, key, conversation)
            case ChangeTicket():
                return await self._change(effect, key)

    async def _open(self, effect: OpenTicket, key: str, conversation: str) -> Delivery:
        delivery = await self.journal.load(self._id_of(effect.handoff))
        if delivery is None:
            story = await self._story(key, conversation)
            delivery = self.bridge.queue(handoff_request(effect, conversation, story, self.where))
        after = await self.bridge.advance(delivery)
        now = self.clock.now()
        if after.state is DeliveryState.CONFIRMED and after.ref:
            opened = TicketOpened(at=now, handoff=effect.handoff, key=after.ref.key, system=after.ref.system)
            return Sent(after.ref.key, (opened,))
        delayed = TicketDelayed(at=now, handoff=effect.handoff, case=case_number(effect.handoff))
        if after.done:  # a dead letter for somebody to carry to the desk; the person has a number all the same
            return Failed(after.last_error, (delayed,))
        return self._later(after, delayed)

    async def _comment(self, effect: CommentTicket, key: str, conversation: str) -> Delivery:
        ref = await self._ticket(effect.handoff)
        if ref is None:
            return self._unknown_ticket(effect.handoff)
        steps = []
        if effect.text.strip():
            steps.append(self.bridge.queue_note(ref, self._note(effect), Visibility(effect.visibility), key))
        if effect.files:
            story = await self._story(key, conversation)
            files = (file_of(one, story, self.where) for one in effect.files)
            steps += [self.bridge.queue_file(ref, file, f"{key}:{n}") for n, file in enumerate(files)]
        return await self._all(steps, ref)

    async def _change(self, effect: ChangeTicket, key: str) -> Delivery:
        ref = await self._ticket(effect.handoff)
        if ref is None:
            return self._unknown_ticket(effect.handoff)
        if effect.state == "reopened":
            step = self.bridge.queue_reopen(ref, "", key)
        else:
            step = self.bridge.queue_state(ref, TicketState(effect.state), key)
        ended = await self._all([step], ref)
        if isinstance(ended, Failed):  # the tool has its own rules: nobody's problem fails because of them
            return Failed(ended.why, (TicketChanged(at=self.clock.now(), key=ref.key),))
        return ended

    async def _all(self, steps: Iterable[Step], ref: TicketRef) -> Delivery:
        """Advance deliveries in order, each once the one before it is settled."""
        for step in steps:
            after = await self.bridge.advance(step)
            if not after.done:
                return self._later(after)
            if after.state is DeliveryState.FAILED:
                return Failed(after.last_error)
        return Sent(ref.key)

    def _later(self, after: Step, *brings: TicketDelayed) -> Retry:
        wait = after.not_before - self.clock.now() if after.not_before else SOON
        return Retry(max(wait, timedelta()), after.last_error or "the ticketing system is left alone for now", brings)

    async def _ticket(self, handoff: str) -> TicketRef | None:
        delivery = await self.journal.load(self._id_of(handoff))
        return delivery.ref if delivery and delivery.state is DeliveryState.CONFIRMED else None

    def _id_of(self, handoff: str) -> str:
        return self.bridge.queue(HandoffRequest(handoff_id=handoff, subject="", body="", priority=Priority.P3)).id

    def _unknown_ticket(self, handoff: str) -> Sent:
        """Pass over what belongs to a ticket that was never opened: its opening is a dead letter already."""
        log.warning("handoff %s has no ticket: what was to be added to it is left out", handoff)
        return Sent()

    def _note(self, effect: CommentTicket) -> str:
        """Mark people's own words, in the ticket's language: the note stands there under the bot's name."""
        marks = {"person": FROM_REQUESTER, "colleague": FROM_COLLEAGUE}.get(effect.author)
        if marks is None or effect.visibility == Visibility.PUBLIC:
            return effect.text
        return f"{marks.get(effect.lang or self.lang, marks['en'])}\n{effect.text}"

    async def _story(self, key: str, conversation: str) -> Story:
        return await asyncio.to_thread(read_story, self.records, conversation, int(key.split(":")[1]))


def case_number(handoff: str) -> str:
    """Make the number under which a case is kept until its ticket has one: C-12-1 for the first of conversation 12."""
    parts = handoff.split(":")
    return f"C-{parts[0]}-{parts[-1]}"
