"""What an address joined, so that it can be undone: where it led before, and where that was answered."""

import json
from dataclasses import asdict, dataclass, replace

from bot.ports.inbound import Address
from bot.ports.notes import Notes
from bot.ports.pointing import Joined, Standing


@dataclass(frozen=True, slots=True)
class Stay:
    """The conversation that is the address's own, and the others with where they were answered before."""

    home: str = ""
    joined: tuple[Joined, ...] = ()
    revision: int = 0

    def with_joined(self, conversation: str, standing: Standing) -> "Stay":
        """A further one; the address's own is the last it led to that it had not joined."""
        known = dict(self.joined)
        home = self.home if standing.leads in known else standing.leads
        known.setdefault(conversation, standing.answered)
        return replace(self, home=home, joined=tuple(known.items()))


@dataclass(frozen=True, slots=True)
class Stays:
    """Keeps them among the notes."""

    notes: Notes

    async def of(self, address: Address) -> Stay:
        """What an address joined."""
        told = await self.notes.load(_entry(address))
        if not told:
            return Stay()
        held = json.loads(told)
        joined = tuple((one, Address(**place) if place else None) for one, place in held["joined"])
        return Stay(held["home"], joined, held["revision"])

    async def begin(self, address: Address, conversation: str, standing: Standing) -> None:
        """Note what an address is about to join."""
        held = await self.of(address)
        while not await self._keep(address, held.with_joined(conversation, standing)):
            held = await self.of(address)

    async def end(self, address: Address, stay: Stay) -> None:
        """Forget it, unless the address joined something else meanwhile."""
        await self._keep(address, Stay(revision=stay.revision))

    async def _keep(self, address: Address, stay: Stay) -> bool:
        after = replace(stay, revision=stay.revision + 1)
        state = "joined" if after.joined else "left"
        return await self.notes.save(_entry(address), after.revision, state, json.dumps(asdict(after)))


def _entry(address: Address) -> str:
    return f"joined:{address.channel}:{address.account}:{address.key}"
