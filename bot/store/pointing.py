"""Addresses that change the conversation they lead to; conversations themselves are never merged."""

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.ports.inbound import Address
from bot.store.prepared import Prepared
from bot.store.tables import address, conversation

_KNOWN = Prepared(
    select(address.c.id, address.c.conversation_id).where(
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


def point(connection: Connection, at: Address, conversation_id: str) -> str:
    """Let an address lead to a conversation, whose answers go there from now on; give where it led, "" = nowhere.

    Raises KeyError for a conversation that does not exist.
    """
    if not conversation_id.isdecimal():
        raise KeyError(conversation_id)
    target = int(conversation_id)
    place: dict[str, object] = {"channel": at.channel, "account": at.account, "key": at.key}
    known = _KNOWN.one_or_none(connection, place)
    if known is None:
        where = _NEW.one(connection, {**place, "conversation_id": target}).id
    else:
        where = known.id
        _POINT.write(connection, {"at": where, "conversation": target})
    if not _ANSWER.write(connection, {"conversation": target, "at": where}):
        raise KeyError(conversation_id)
    return "" if known is None else str(known.conversation_id)
