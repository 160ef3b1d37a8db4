"""A person on a channel, and what may go wrong with the platform between them and the desk: one shape for all."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.ports.channel import Capabilities, Channel
from tests.channels.contract.desk import Desk, until


class Ability(StrEnum):
    """What a platform has, or what can happen on it."""

    EDITS = "people change what they wrote"
    DELETES = "people take back what they wrote"
    PATIENCE = "what was not taken is delivered again"
    ENDLESS_PATIENCE = "what was not taken is delivered again until it is"
    REDELIVERIES = "the same event is delivered again"
    DISORDER = "events overtake one another"
    UNKNOWN_KINDS = "events come that nobody has heard of"
    FLOODS = "the platform asks for patience"
    OUTAGES = "the platform is away"
    LOST_ANSWERS = "the platform takes a message, and its answer is lost"
    RESTARTS = "the house is opened again"
    OLD_BUTTONS = "a press tells which message it is of"


Test = TypeVar("Test", bound=Callable[..., object])


def needs(ability: Ability) -> Callable[[Test], Test]:
    """Mark a test as being about this; on a channel that has no such thing it is skipped by name."""

    def marked(test: Test) -> Test:
        NEEDED[test.__name__] = ability
        return test

    return marked


NEEDED: dict[str, Ability] = {}  # by the name of the test


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as the person has it before them.

    `size`: of what the channel sent, in its own unit. `pinged`: whom it called. `links`: what a click would open.
    `strange`: elements and attributes that no message of ours has.
    """

    ref: str
    text: str
    size: int = 0
    buttons: tuple[str, ...] = ()
    pinged: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


class Peer(ABC):
    """A person and their platform. Whatever they do returns once the house has it on disk.

    `lacks`: why a platform has not got an ability. `longest`: characters of a message that a person can write.
    `repeats`: why a message may be shown twice after a doubtful end, "" where it may not.
    """

    name = ""
    longest = 100_000
    repeats = ""
    lacks: Mapping[Ability, str] = {}
    desk: Desk

    @abstractmethod
    def __init__(self, home: Path) -> None:
        """Make a person whose desk stands in this folder, and is not open yet."""

    @property
    @abstractmethod
    def channel(self) -> Channel:
        """The channel as the house has it."""

    @property
    def capabilities(self) -> Capabilities:
        """What the channel says that it can show."""
        return self.channel.capabilities

    def lacking(self, ability: Ability) -> AssertionError:
        """What is wrong with a test that asks for what this platform lacks: it must say so by `needs`."""
        return AssertionError(
            f"{self.name}: {self.lacks.get(ability, ability)}; mark the test @needs(Ability.{ability.name})"
        )

    # What the person does

    @abstractmethod
    async def say(self, text: str) -> str:
        """Write a message; gives its name on the platform."""

    async def edit(self, ref: str, text: str) -> None:
        """Change a message."""
        raise self.lacking(Ability.EDITS)

    async def delete(self, ref: str) -> None:
        """Take a message back."""
        raise self.lacking(Ability.DELETES)

    @abstractmethod
    async def press(self, message: Seen, place: int) -> None:
        """Press a button, or answer with its number where there is none; places are counted from 1."""

    async def press_again(self, message: Seen, place: int) -> None:
        """Press the button that was just pressed; the house may have known it already."""
        await self.press(message, place)

    @abstractmethod
    async def seen(self) -> tuple[Seen, ...]:
        """What the desk sent, oldest first."""

    async def write(self, text: str) -> None:
        """Write a message, whether or not a house is there to take it."""
        raise self.lacking(Ability.PATIENCE)

    # What the platform does

    @abstractmethod
    async def redeliver(self, ref: str) -> None:
        """Deliver a message of the person again, and wait until the house has said that it has it."""

    async def deliver_out_of_order(self, texts: Sequence[str]) -> None:
        """Deliver messages, the last one first."""
        raise self.lacking(Ability.DISORDER)

    async def unknown(self) -> None:
        """Deliver something that nobody has heard of, and wait until the house has taken note."""
        raise self.lacking(Ability.UNKNOWN_KINDS)

    async def flood(self, seconds: int) -> None:
        """Refuse the next message of the desk, and ask to come again after this time."""
        raise self.lacking(Ability.FLOODS)

    def outage(self) -> AbstractAsyncContextManager[None]:
        """Be away meanwhile."""
        raise self.lacking(Ability.OUTAGES)

    async def lose_answer(self) -> None:
        """Take the next message of the desk, and break off before the answer."""
        raise self.lacking(Ability.LOST_ANSWERS)

    async def withhold_answer(self) -> None:
        """Take the next message of the desk, and answer nothing for as long as the house lives."""
        raise self.lacking(Ability.LOST_ANSWERS)

    async def recovered(self) -> None:
        """Behave again."""
        raise self.lacking(Ability.LOST_ANSWERS)

    # The house

    async def open(self) -> None:
        """Open the house, and let the channel listen."""
        await self.desk.open()

    async def close(self) -> None:
        """Close the house: nothing that was begun is finished."""
        await self.desk.close()

    async def end(self) -> None:
        """Close the house, and whatever stands between it and the platform."""
        await self.close()

    async def restart(self) -> None:
        """Close the house and open it again."""
        await self.close()
        await self.open()

    async def die_in_mid_send(self) -> None:
        """Let the house go while the platform has a message of it and the house does not know; then open it again."""
        before = len(await self.seen())
        await self.withhold_answer()
        self.desk.beside(self.desk.work())
        while len(await self.seen()) == before:
            await until(lambda: True, "")
        await self.close()
        await self.recovered()
        await self.open()

    async def connect(self) -> None:
        """Make what stands between a house and the platform ready, and open no house."""
        raise self.lacking(Ability.LOST_ANSWERS)

    def settings(self) -> str:
        """What `guichet.toml` holds of this channel."""
        raise self.lacking(Ability.LOST_ANSWERS)

    # For tests

    async def told(self) -> str:
        """Everything that the desk sent, as one text."""
        return "\n".join(one.text for one in await self.seen())

    async def asked(self) -> Seen:
        """The last message of the desk."""
        return (await self.seen())[-1]

    async def say_and_hear(self, text: str) -> tuple[Seen, ...]:
        """Write a message, and let the desk answer; what is new."""
        before = len(await self.seen())
        await self.say(text)
        await self.desk.work()
        return (await self.seen())[before:]
