"""How the delivery of an effect ended; the same four ends for every door."""

from dataclasses import dataclass
from datetime import timedelta

from bot.dialog.events import AnyEvent


@dataclass(frozen=True, slots=True)
class Sent:
    """Done. `ref` is the other side's id; `brings` comes in as events."""

    ref: str = ""
    brings: tuple[AnyEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Surely not done; try again `after` (None: the outbox's own backoff). `why` never holds a person's words.

    `counts` False: it was only told to wait for its turn, which uses up none of the tries.
    """

    after: timedelta | None = None
    why: str = ""
    brings: tuple[AnyEvent, ...] = ()
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """Surely not done, and it will never be."""

    why: str = ""
    brings: tuple[AnyEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been done: the answer was lost."""

    why: str = ""


Delivery = Sent | Retry | Failed | Unknown
