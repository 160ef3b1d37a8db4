"""Taking ready conversations for work, fenced, with all that waits in them."""

from typing import Any

from sqlalchemy import Connection, bindparam, case, null, select, update

from bot.dialog.conversation import Conversation
from bot.dialog.events import TimerFired
from bot.ports.inbound import Address
from bot.ports.ledger import Claim, Item
from bot.store.codec import decode
from bot.store.prepared import Prepared
from bot.store.slips import Slip, joined_key
from bot.store.tables import address, conversation, inbox, timer, words

LEASE_MS = 60_000  # longer than any turn; the fence protects, the lease only keeps others from trying
ITEMS_AT_ONCE = 50

_ready = (
    select(conversation.c.id)
    .where(conversation.c.ready_at <= bindparam("now"), conversation.c.lease_until <= bindparam("now"))
    .order_by(conversation.c.ready_at, conversation.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_CLAIM = Prepared(
    update(conversation)
    .where(conversation.c.id.in_(_ready))
    .values(
        epoch=conversation.c.epoch + 1,
        lease_until=bindparam("lease"),
        tries=conversation.c.tries + 1,
    )
    .returning(
        conversation.c.id,
        conversation.c.channel,
        conversation.c.state,
        conversation.c.playbook,
        conversation.c.epoch,
        conversation.c.tries,
        conversation.c.done_seq,
        conversation.c.ready_at,
    )
)
_ITEMS = Prepared(
    select(inbox.c.seq, inbox.c.body, words.c.body.label("said"))
    .outerjoin(words, words.c.key == joined_key("inbox", inbox.c.conversation_id, inbox.c.seq))
    .where(inbox.c.conversation_id == bindparam("conversation"), inbox.c.seq > bindparam("done"))
    .order_by(inbox.c.seq)
    .limit(ITEMS_AT_ONCE)
)
_AROUND = Prepared(
    select(address.c.channel, address.c.account, address.c.key, words.c.body.label("said"))
    .select_from(conversation)
    .outerjoin(address, address.c.id == conversation.c.address_id)
    .outerjoin(words, words.c.key == joined_key("state", conversation.c.id))
    .where(conversation.c.id == bindparam("conversation"))
)
_TIMER = Prepared(
    select(timer.c.generation, timer.c.fire_at).where(
        timer.c.conversation_id == bindparam("conversation"), timer.c.name == bindparam("name")
    )
)
_GIVE_BACK = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("conversation"), conversation.c.epoch == bindparam("fence"))
    .values(
        lease_until=0,
        ready_at=case((conversation.c.next_seq > conversation.c.done_seq, conversation.c.ready_at), else_=null()),
    )
)
_FREE_ALL = Prepared(update(conversation).where(conversation.c.lease_until > 0).values(lease_until=0))


def claim(connection: Connection, now: int, limit: int) -> tuple[Claim, ...]:
    """Take up to `limit` ready conversations, the longest waiting first."""
    taken = _CLAIM.rows(connection, {"now": now, "lease": now + LEASE_MS, "limit": limit})
    return tuple(_claim(connection, row) for row in sorted(taken, key=lambda row: (row.ready_at, row.id)))


def give_back(connection: Connection, conversation_id: int, epoch: int) -> None:
    """Let a claim go in which nothing waits."""
    _GIVE_BACK.write(connection, {"conversation": conversation_id, "fence": epoch})


def free_all(connection: Connection) -> None:
    """End every lease."""
    _FREE_ALL.write(connection, {})


def _claim(connection: Connection, row: Any) -> Claim:
    around = _AROUND.one(connection, {"conversation": row.id})
    return Claim(
        conversation=read_state(row.id, row.channel, row.state, around.said),
        epoch=row.epoch,
        tries=row.tries,
        items=waiting(connection, row.id, row.done_seq),
        playbook=row.playbook,
        address=_place(around),
    )


def answered_at(connection: Connection, conversation_id: int) -> Address | None:
    """Where the answers of a conversation go, as it stands now."""
    return _place(_AROUND.one(connection, {"conversation": conversation_id}))


def _place(around: Any) -> Address | None:
    return None if around.key is None else Address(around.channel, around.account, around.key)


def read_state(conversation_id: int, channel: str, state: str, said: str | None) -> Conversation:
    """Read the cached state; a conversation without one has just begun."""
    if not state:
        return Conversation(id=str(conversation_id), channel=channel)
    read: Conversation = decode(Conversation, state, said)
    return read


def waiting(connection: Connection, conversation_id: int, done: int) -> tuple[Item, ...]:
    """List what waits after a number, in order."""
    rows = _ITEMS.rows(connection, {"conversation": conversation_id, "done": done})
    return tuple(_item(connection, conversation_id, row) for row in rows)


def _item(connection: Connection, conversation_id: int, row: Any) -> Item:
    slip: Slip = decode(Slip, row.body, row.said)
    stale = isinstance(slip.event, TimerFired) and not _stands(connection, conversation_id, slip)
    return Item(row.seq, slip.event, slip.sender, stale, slip.generation)


def _stands(connection: Connection, conversation_id: int, slip: Slip) -> bool:
    """Whether the timer that fired was neither cancelled nor set anew since."""
    named = {"conversation": conversation_id, "name": getattr(slip.event, "name", "")}
    row = _TIMER.one_or_none(connection, named)
    return row is not None and row.generation == slip.generation and row.fire_at is None
