"""The queue of updates: kept until the bot confirms them, for a day, whether it asks for them or is called."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from tests.support.telegram.shapes import Json

KEPT = 24 * 60 * 60  # seconds
MOST_AT_ONCE = 100
FUTURE = 10  # an offset farther beyond the last update than this is taken for nonsense
KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "guest_message", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
)  # fmt: skip
ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
BY_DEFAULT = frozenset(KINDS) - ONLY_ON_REQUEST


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that the bot has not confirmed; `until` is when the platform gives up."""

    update: Json
    until: float


@dataclass
class Queue:
    """Updates in the order in which they are given out. `made` has all there ever were, for assertions."""

    now: Callable[[], float]
    next_id: int
    allowed: frozenset[str] = BY_DEFAULT
    waiting: list[Waiting] = field(default_factory=list)
    again: list[Json] = field(default_factory=list)
    made: list[Json] = field(default_factory=list)
    held: list[Json] | None = None

    def allow(self, kinds: Collection[str]) -> None:
        """Only these kinds from now on; none named means the usual ones. What is waiting already stays."""
        self.allowed = frozenset(kinds).intersection(KINDS) or BY_DEFAULT

    def add(self, kind: str, body: Json, whatever: bool = False) -> Json | None:
        """Make an update; None if the bot does not want its kind and `whatever` is not said."""
        if kind not in self.allowed and not whatever:
            return None
        update: Json = {"update_id": self.next_id, kind: body}
        self.next_id += 1
        self.made.append(update)
        if self.held is None:
            self.waiting.append(Waiting(update, self.now() + KEPT))
        else:
            self.held.append(update)
        return update

    def release(self, backwards: bool = False) -> None:
        """Give out what was held, in its order or in the opposite one."""
        held, self.held = self.held or [], None
        for update in reversed(held) if backwards else held:
            self.waiting.append(Waiting(update, self.now() + KEPT))

    def repeat(self, update_id: int) -> None:
        """Give out an update once more, confirmed or not."""
        self.again.append(next(update for update in self.made if update["update_id"] == update_id))

    def forget_old(self) -> None:
        """Drop what the bot did not fetch within a day."""
        self.waiting = [one for one in self.waiting if one.until > self.now()]

    def fetch(self, offset: int, limit: int) -> list[Json]:
        """Updates from `offset` on; those before it are confirmed and gone. Negative: only so many from the end."""
        self.forget_old()
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset <= self.next_id + FUTURE:
            self.waiting = [one for one in self.waiting if one.update["update_id"] >= offset]
        again, self.again = self.again, []
        return [*again, *(one.update for one in self.waiting)][:limit]

    def first(self) -> Json | None:
        """The update that a webhook is told next."""
        self.forget_old()
        if self.again:
            return self.again[0]
        return self.waiting[0].update if self.waiting else None

    def confirm(self, update: Json) -> None:
        """A webhook took this update."""
        if self.again and self.again[0] is update:
            del self.again[0]
        else:
            self.waiting = [one for one in self.waiting if one.update is not update]

    def clear(self) -> None:
        """Drop everything."""
        self.waiting, self.again = [], []
