"""What is remembered of a thread: whose request it is, and whether we were told to keep out of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.ports.notes import Notes

TRIES = 20  # at a note that others change at the same moment


@dataclass(frozen=True, slots=True)
class Thread:
    """A place where we answer. `requester` "" = nobody asked anything there, we were only told to keep out.

    `silent`: somebody refused us there; `since`: the moment, as Slack writes it, from which that is so or no longer so.
    """

    requester: str = ""
    silent: bool = False
    since: str = ""
    conversation: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Threads:
    """Keeps threads among the notes; `account` as in addresses, `key` too: CHANNEL or CHANNEL:TS."""

    notes: Notes

    async def of(self, account: str, key: str) -> Thread | None:
        """Find a thread."""
        told = await self.notes.load(_entry(account, key))
        return Thread(**json.loads(told)) if told else None

    async def change(self, account: str, key: str, changed: Callable[[Thread], Thread]) -> Thread:
        """Change a thread, or begin one; where another did so meanwhile, change what it made of it."""
        for _ in range(TRIES):
            held = await self.of(account, key)
            before = held or Thread()
            after = changed(before)
            if held is not None and after == before:
                return before
            after = replace(after, revision=before.revision + 1)
            told = json.dumps({name: getattr(after, name) for name in Thread.__slots__})
            if await self.notes.save(_entry(account, key), after.revision, "thread", told, after.conversation):
                return after
        raise RuntimeError("the note of a thread cannot be kept")


def begun_by(held: Thread, requester: str) -> Thread:
    """The thread, of this person where it was nobody's."""
    return held if held.requester else replace(held, requester=requester)


def woken(held: Thread, at: str) -> Thread:
    """The thread, no longer silent where somebody calls us who knew that we were; what comes again changes nothing."""
    return replace(held, silent=False, since=at) if held.silent and at > held.since else held


def silenced(held: Thread, at: str) -> Thread:
    """The thread, silent unless we were called back since."""
    return replace(held, silent=True, since=at) if at > held.since else held


def _entry(account: str, key: str) -> str:
    return f"slack:{account}:{key}"
