"""A house that can be killed at any commit. Started once, it forks a child for each life it is asked to live.

Standard input, a line a life: {"url", "folder", "at": [when, number], "crowd": bool, "poison": bool}; the answer is
the child's exit status. A crowd writes all at once to a house at work in real time; else one thing happens after the
other. Poison is one more message, which kills the process that handles it.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from bot.dialog.conversation import Conversation
from bot.dialog.effects import Relay, RunAction, Say
from bot.dialog.events import AnyEvent, PersonSaid
from bot.dialog.playbook import Playbook
from bot.dialog.turn import Turn
from bot.ports.actions import Broke, Done
from bot.ports.clock import SystemClock, VirtualClock
from bot.ports.delivery import Delivery
from bot.ports.inbound import Address
from tests.store.handler import decide
from tests.store.house import START, Desk, House, TicketEffect

# One line: what a person writes, who, and whether the house works before the next line comes.
PLAN = [
    ("hello", "ann", True),
    ("my vpn is down ticket", "ann", False),
    ("hi", "bob", False),
    ("are you there", "bob", True),
    ("act=once", "bob", True),
    ("act=safe later", "ann", False),
    ("twice", "bob", False),
    ("note tell", "ann", True),
    ("later=tea", "bob", False),
    ("forget=tea later=coffee", "bob", True),
    ("bye", "ann", True),
]


CROWD, EACH = 20, 10  # people, and messages of each


class FileDesk(Desk):
    """Doors that append a line to a file, which survives the death of the process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(VirtualClock(START))
        self.file = os.open(folder / "sink", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, door: str, key: str, text: str) -> None:
        os.write(self.file, (json.dumps([door, key, text]) + "\n").encode())

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        self.note(address.key, key, say.text)
        return await super().send(address, say, key)

    async def deliver(self, effect: TicketEffect, key: str, conversation: str) -> Delivery:
        self.note("ticket", key, effect.handoff)
        return await super().deliver(effect, key, conversation)

    async def tell(self, relay: Relay, key: str, conversation: str) -> Delivery:
        self.note("agents", key, relay.text)
        return await super().tell(relay, key, conversation)

    async def run(self, effect: RunAction, conversation: str) -> Done | Broke:
        self.note("action", effect.call, effect.action)
        return await super().run(effect, conversation)


async def live(house: House) -> None:
    """Deliver the whole plan, as a channel does that was never told what arrived, and work until nothing is left."""
    await house.ledger.recover()
    for n, (text, who, work) in enumerate(PLAN):
        await house.hear(text, who, key=f"plan:{n}")
        if work:
            await house.drain()
    await house.wait(timedelta(hours=3))


def decide_or_die(conversation: Conversation, event: AnyEvent, playbook: Playbook) -> Turn:
    """Handle an event as every test does, but for poison."""
    if isinstance(event, PersonSaid) and "poison" in event.texts:
        os.kill(os.getpid(), signal.SIGKILL)
    return decide(conversation, event, playbook)


async def live_in_a_crowd(house: House, poison: bool) -> None:
    """Let everybody write at the same time to a house at work, until nothing is left."""
    await house.ledger.recover()
    if poison:
        await house.hear("poison", "villain", key="poison")
    work = asyncio.create_task(house.dispatcher.run(house.pump, house.outbox))

    async def write(who: int) -> None:
        for n in range(EACH):
            await house.hear(f"{n}", str(who), key=f"crowd:{who}:{n}")

    await asyncio.gather(*map(write, range(CROWD)))
    while await house.dispatcher.next_due() is not None:
        await asyncio.sleep(0.02)
    house.dispatcher.stop()
    await work


def life(url: str, folder: Path, at: tuple[str, int], crowd: bool, poison: bool) -> None:
    """Live once; die by SIGKILL at the commit `at` names, else tell how many commits it took."""

    def watch(when: str, number: int) -> None:
        if (when, number) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    clock = SystemClock() if crowd else None
    house = House(url, decide=decide_or_die, watch=watch, desk=FileDesk(folder), clock=clock)
    asyncio.run(live_in_a_crowd(house, poison) if crowd else live(house))
    (folder / "commits").write_text(str(house.ledger.writer.commits))
    house.close()


def main() -> None:
    """Live as often as asked."""
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            life(asked["url"], Path(asked["folder"]), tuple(asked["at"]), asked["crowd"], asked["poison"])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(status, flush=True)  # noqa: T201 - this is the answer


if __name__ == "__main__":
    main()
