"""Addresses that change the conversation they lead to; conversations themselves are never merged."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.ports.inbound import Address
from bot.ports.pointing import Joined, Standing
from bot.store.prepared import Prepared
from bot.store.tables import address, conversation
from bot.store.writer import Writer

_KNOWN = Prepared(
    select(address.c.id, address.c.conversation_id, conversation.c.person_id, conversation.c.proof)
    .join(conversation, conversation.c.id == address.c.conversation_id)
    .where(
        address.c.channel == bindparam("channel"),
        address.c.account == bindparam("account"),
        address.c.key == bindparam("key"),
    )
)
_NEW = Prepared(
    insert(address)
    .values({name: bindparam(name) for name in ("channel", "account", "key", "conversation_id")})
    .returning(address.c.id)
)
_POINT = Prepared(
    update(address).where(address.c.id == bindparam("at")).values(conversation_id=bindparam("conversation"))
)
_ANSWER = Prepared(
    update(conversation).where(conversation.c.id == bindparam("conversation")).values(address_id=bindparam("at"))
)
_ANSWER_AGAIN = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("conversation"), conversation.c.address_id == bindparam("at"))
    .values(address_id=bindparam("former"))
)
_WHERE = Prepared(
    select(conversation.c.person_id, conversation.c.proof, address.c.channel, address.c.account, address.c.key)
    .outerjoin(address, address.c.id == conversation.c.address_id)
    .where(conversation.c.id == bindparam("conversation"))
)


class SqlPointing:
    """Implements bot.ports.pointing.Pointing."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def standing(self, address: Address, conversation: str) -> Standing:
        """Tell how both stand."""
        return await self._writer.submit(lambda connection: standing(connection, address, conversation))

    async def join(self, address: Address, conversation: str) -> bool:
        """Let an address lead to another conversation of its proven person."""
        return await self._writer.submit(lambda connection: join(connection, address, conversation))

    async def part(self, address: Address, home: str, joined: Iterable[Joined]) -> None:
        """Let an address lead home from what it joined."""
        await self._writer.submit(lambda connection: part(connection, address, home, joined))


def point(connection: Connection, at: Address, conversation_id: str) -> str:
    """Let an address lead to a conversation, whose answers go there from now on; give where it led, "" = nowhere.

    Raises KeyError for a conversation that does not exist.
    """
    target, known = _number(conversation_id), _known(connection, at)
    where = _at(connection, at, conversation_id)
    if known is not None:
        _POINT.write(connection, {"at": where, "conversation": target})
    if not _ANSWER.write(connection, {"conversation": target, "at": where}):
        raise KeyError(conversation_id)
    return "" if known is None else str(known.conversation_id)


def standing(connection: Connection, at: Address, conversation_id: str) -> Standing:
    """Tell where an address leads, and where a conversation is answered. Raises KeyError where there is none."""
    known, row = _known(connection, at), _where(connection, conversation_id)
    answered = None if row.key is None else Address(row.channel, row.account, row.key)
    return Standing("" if known is None else str(known.conversation_id), answered)


def join(connection: Connection, at: Address, conversation_id: str) -> bool:
    """Let an address lead to a conversation, unless what was written last does not prove one person behind both.

    Raises KeyError for a conversation that does not exist.
    """
    known, row = _known(connection, at), _where(connection, conversation_id)
    if known is None or "none" in (known.proof, row.proof) or known.person_id != row.person_id:
        return False
    point(connection, at, conversation_id)
    return True


def part(connection: Connection, at: Address, home: str, joined: Iterable[Joined]) -> None:
    """Let an address lead home if it leads to what it joined, which is answered where it was before."""
    known = _known(connection, at)
    if known is None:
        return
    for conversation_id, former in joined:
        where = None if former is None else _at(connection, former, conversation_id)
        _ANSWER_AGAIN.write(connection, {"conversation": _number(conversation_id), "at": known.id, "former": where})
        if known.conversation_id == _number(conversation_id):
            _POINT.write(connection, {"at": known.id, "conversation": _number(home)})


def _at(connection: Connection, at: Address, conversation_id: str) -> int:
    """Find an address; one that is new leads to the conversation."""
    known = _known(connection, at)
    new = {**_place(at), "conversation_id": _number(conversation_id)}
    found: int = _NEW.one(connection, new).id if known is None else known.id
    return found


def _known(connection: Connection, at: Address) -> Any:
    return _KNOWN.one_or_none(connection, _place(at))


def _where(connection: Connection, conversation_id: str) -> Any:
    row = _WHERE.one_or_none(connection, {"conversation": _number(conversation_id)})
    if row is None:
        raise KeyError(conversation_id)
    return row


def _place(at: Address) -> dict[str, object]:
    return {"channel": at.channel, "account": at.account, "key": at.key}


def _number(conversation_id: str) -> int:
    if not conversation_id.isdecimal():
        raise KeyError(conversation_id)
    return int(conversation_id)
