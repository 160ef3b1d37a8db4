"""A long message in parts: each is sent once and in order, however often the whole is tried."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.ports.delivery import Delivery, Sent
from bot.ports.notes import Notes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parts:
    """Remembers which parts of a message have reached the person; a message of one part needs no memory."""

    notes: Notes
    channel: str

    async def send(self, key: str, parts: Sequence[T], one: Callable[[int, T], Awaitable[Delivery]]) -> Delivery:
        """Send what has not gone yet by `one` (place and part); the first that does not go ends the try.

        `Sent.ref` of a whole message names its parts, with spaces between them.
        """
        refs = list(await self.gone(key)) if len(parts) > 1 else []
        for place in range(len(refs), len(parts)):
            delivery = await one(place, parts[place])
            if not isinstance(delivery, Sent):
                return delivery
            refs.append(delivery.ref)
            if len(parts) > 1:
                await self.remember(key, refs)
        return Sent(ref=" ".join(refs) or key)

    async def gone(self, key: str) -> tuple[str, ...]:
        """Name the parts of a message that have gone."""
        told = await self.notes.load(self._entry(key))
        return tuple(json.loads(told)) if told else ()

    async def remember(self, key: str, refs: Sequence[str]) -> None:
        """Note that these parts have gone; those that were noted before come first."""
        for count in range(len(await self.gone(key)) + 1, len(refs) + 1):
            await self.notes.save(self._entry(key), count, "parts", json.dumps(list(refs[:count])))

    def _entry(self, key: str) -> str:
        return f"parts:{self.channel}:{key}"
