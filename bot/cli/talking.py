"""A house for one conversation at the terminal: a virtual clock, and a database that lives as long as the command."""

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import House, Mind, Street, open_house
from bot.dialog.events import AgentActed, AgentSaid, AnyEvent, ButtonPressed, PersonSaid
from bot.ports.clock import VirtualClock
from bot.ports.inbound import Address, Inbound, Sender
from bot.stats.outcome import outcome

from .listening_in import Ear, OverheardTickets
from .talk_lines import AgentLine, BadLineError, Line, Pressed, Said, TicketLine, Waited, line_of, turn_line

START = datetime.fromisoformat("2026-01-05T09:00+01:00")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who talks, on which channel, from when on, and in which language to begin with."""

    channel: str = "terminal"
    lang: str = ""
    person: str = ""
    at: datetime = START


@dataclass(slots=True)
class Talk:
    """A conversation driven line by line; each line is worked on until nothing is due."""

    house: House
    clock: VirtualClock
    visit: Visit
    ear: Ear
    loop: asyncio.AbstractEventLoop
    mind: Mind
    lines: int = 0
    events: int = 0

    def feed(self, line: Line) -> list[dict[str, Any]]:
        """Take one line in; give the events it caused in order, the turn last. Raises BadLineError."""
        self.lines += 1
        return self.loop.run_until_complete(self._feed(line))

    async def _feed(self, line: Line) -> list[dict[str, Any]]:
        await self._take_in(line)
        await self.house.drain()
        return [*self.ear.take(), self._turn()]

    async def _take_in(self, line: Line) -> None:
        at = self.clock.now()
        match line:
            case Said(texts=texts, files=files):
                for text in texts or ("",):
                    await self._person(PersonSaid(at=at, texts=(text,) if text else (), files=files))
            case Pressed(button=button):
                await self._person(ButtonPressed(at=at, button=button))
            case AgentLine(name=name, text=text, action="", files=files):
                await self._ours(AgentSaid(at=at, name=name, text=text, files=files))
            case AgentLine(name=name, action=action):
                await self._ours(AgentActed(at=at, action=action, name=name))
            case TicketLine() as news:
                await self._news(news)
            case Waited(time=time):
                await self._wait(at + time)

    async def _person(self, event: AnyEvent) -> None:
        visit = self.visit
        proof = "sso" if visit.person else "none"
        sender = Sender(id=visit.person or "visitor", email=visit.person, language=visit.lang, proof=proof)
        address = Address(visit.channel, "chat", "visitor")
        await self.house.reception.receive(Inbound(self._key(), event, address=address, sender=sender))

    async def _ours(self, event: AnyEvent) -> None:
        if self.ear.talk is None:
            raise BadLineError("nobody wrote yet, so there is no conversation to act on")
        await self.house.inbox.receive(Inbound(self._key(), event, conversation=self.ear.talk.id))

    def _key(self) -> str:
        self.events += 1
        return f"{self.visit.channel}:chat:{self.events}"

    async def _news(self, news: TicketLine) -> None:
        """Let somebody work in the built-in desk, and take its news in the way all news comes."""
        case = self.ear.talk.cases[-1] if self.ear.talk and self.ear.talk.cases else None
        if case is None or not case.key:
            raise BadLineError("there is no ticket yet")
        try:
            await self.house.work_on_ticket("Agent 1", case.key, news.status, news.reply)
        except ValueError as error:
            raise BadLineError(f"ticket: {error}") from None
        await self.house.watch.look()

    async def _wait(self, until: datetime) -> None:
        """Move the clock from one due time to the next; timers fire in order."""
        while (due := await self.house.dispatcher.next_due()) is not None and due <= until:
            self.clock.move(due)
            await self.house.drain()
        self.clock.move(until)

    def _turn(self) -> dict[str, Any]:
        talk = self.ear.talk
        if talk is None:
            raise BadLineError("this changes nothing: nobody wrote yet")
        number = talk.active or (talk.requests[-1].number if talk.requests else 0)
        how = outcome(talk, number, self.clock.now()) if number else None
        return turn_line(self.lines, talk, self.ear.read, self.ear.rule, how)


@contextmanager
def talk(mind: Mind, visit: Visit) -> Iterator[Talk]:
    """Open a house for one conversation; it is gone afterwards."""
    clock, ear, loop = VirtualClock(visit.at), Ear(), asyncio.new_event_loop()
    with tempfile.TemporaryDirectory(prefix="guichet-") as folder:
        street = Street(
            Path(folder),
            clock,
            {visit.channel: ear},
            agents=ear,
            durable=False,
            decide=ear.decide,
            overhear=lambda tickets, records: OverheardTickets(tickets, ear, records),
        )
        house = loop.run_until_complete(open_house(mind, street))
        try:
            yield Talk(house, clock, visit, ear, loop, mind)
        finally:
            house.close()
            loop.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """A talk that takes lines as plain values, as golden conversations give them."""

    talk: Talk

    def feed(self, line: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Feed one input line. Raises BadLineError."""
        return self.talk.feed(line_of(line))


@contextmanager
def open_for(mind: Mind, headers: Mapping[str, str]) -> Iterator[Stage]:
    """Open a house for a golden conversation's headers: lang, channel, person, at."""
    at = datetime.fromisoformat(headers["at"]) if "at" in headers else START
    visit = Visit(headers.get("channel", "terminal"), headers.get("lang", ""), headers.get("person", ""), at)
    with talk(mind, visit) as one:
        yield Stage(one)
