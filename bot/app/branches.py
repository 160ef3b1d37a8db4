"""The channels of a house besides its own pages, each put together from the settings."""

from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import APIRouter

from bot.ports.channel import Channel
from bot.ports.inbound import Inbound
from bot.ports.ledger import Receipt
from bot.ports.notes import Notes

from .house import House

Work = Coroutine[Any, Any, None]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What hinders a channel, and what to look at."""

    told: str
    mend: str


class Branch(Protocol):
    """One channel, as the settings have it: `channels` is called while the house is opened, `works` once it is."""

    @property
    def name(self) -> str:
        """Which channel it is."""

    @property
    def told(self) -> str:
        """Where people write."""

    def channels(self, notes: Notes) -> Mapping[str, Channel]:
        """The way out."""

    def works(self, house: House) -> Iterator[Work]:
        """The way in: what runs until it is cancelled."""

    def routers(self) -> Iterator[APIRouter]:
        """Where the platform calls, if it does."""

    async def close(self) -> None:
        """Hang up, once nothing works any more."""

    def examined(self) -> Iterator[Hindrance]:
        """Tell what hinders it, by asking as a start would. Blocking; raises nothing."""


@dataclass(slots=True)
class Doorway:
    """The way into a house that may not be open yet: a channel is made before the house that it brings things to."""

    house: House | None = field(default=None)

    async def receive(self, inbound: Inbound) -> Receipt | None:
        """Take an event in. Raises RuntimeError before the house is open."""
        if self.house is None:
            raise RuntimeError("the house is not open yet")
        return await self.house.reception.receive(inbound)
