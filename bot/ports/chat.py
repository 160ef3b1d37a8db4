"""The door to one person's chat as the ledger has it: what a page shows, and how to go on from there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialog.conversation import Owner
from bot.dialog.effects import Button
from bot.dialog.events import File
from bot.ports.inbound import Address


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a page has read: the last number of what came in and of what went out, 0 = nothing yet.

    Two numbers, because an answer may go out after a later message came in.
    """

    heard: int = 0
    said: int = 0


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One message as it was stored (secrets masked). `author`: person | bot | agent.

    `key` is the delivery key of what came in, the effect's key of what went out. `pressed` is a button's id;
    `turn` the turn it belongs to. The bot's text is Markdown, everyone else's is plain.
    """

    key: str
    at: datetime
    author: str
    text: str = ""
    name: str = ""
    pressed: str = ""
    turn: int = 0
    buttons: tuple[Button, ...] = ()
    files: tuple[File, ...] = ()
    notice: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """The lines after a cursor in the order of their time, the cursor behind them, and how the conversation stands.

    `busy`: something the person wrote is still being worked on, or an answer is on its way. `ticket`: the number that
    people see of the case that is open.
    """

    lines: tuple[ChatLine, ...] = ()
    cursor: Cursor = Cursor()
    owner: Owner = Owner.NOBODY
    agent: str = ""
    busy: bool = False
    lang: str = ""
    ticket: str = ""


class ChatReader(Protocol):
    """Reads one chat. Blocking, so it is called in a thread."""

    def read(self, address: Address, after: Cursor, limit: int = 500) -> Chat:
        """Give at most `limit` lines of each direction after the cursor; an empty chat where nothing was written."""

    def file(self, address: Address, ref: str) -> File | None:
        """Find a file of this very chat by its key, None where no message of it has such a file."""
