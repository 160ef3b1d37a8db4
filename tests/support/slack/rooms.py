"""Conversations and the messages in them."""

from dataclasses import dataclass, field
from typing import Any, Literal

from tests.support.slack.refusal import Json

RoomKind = Literal["channel", "group", "im", "mpim"]


@dataclass
class Message:
    """One message as it now stands."""

    room: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    thread: str | None = None
    subtype: str | None = None
    by_app: bool = False
    username: str | None = None
    client_id: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_to: str | None = None
    streaming: bool = False
    team: str | None = None
    extra: Json = field(default_factory=dict)
    pings: frozenset[str] = frozenset()

    @property
    def is_root(self) -> bool:
        """Tell whether it stands in the room itself, not only in a thread."""
        return self.thread in (None, self.ts) or self.subtype == "thread_broadcast"


@dataclass
class Room:
    """A channel, a private channel or a direct message."""

    id: str
    kind: RoomKind
    name: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    shared_with: list[str] = field(default_factory=list)  # team ids of other companies
    messages: list[Message] = field(default_factory=list)
    last_read: str = "0000000000.000000"

    @property
    def is_shared_outside(self) -> bool:
        """Slack Connect: people of another company are in it."""
        return bool(self.shared_with)

    def find(self, ts: str) -> Message | None:
        """The message of that name, if it is there and everyone may see it."""
        return next((each for each in self.messages if each.ts == ts and not each.ephemeral_to), None)

    def replies(self, ts: str) -> list[Message]:
        """Answers in the thread, without its first message."""
        return [each for each in self.messages if each.thread == ts and each.ts != ts and not each.ephemeral_to]

    def with_person(self, other_than: str) -> str:
        """The other side of a direct message."""
        return next((each for each in self.members if each != other_than), other_than)


def room_of(room: Room, team: str, bot: str, counted: bool = False) -> Json:
    """The channel object of `conversations.*`."""
    if room.kind == "im":
        return {
            "id": room.id, "created": room.created, "is_archived": room.archived, "is_im": True,
            "is_org_shared": False, "context_team_id": team, "updated": room.created * 1000,
            "user": room.with_person(bot), "last_read": room.last_read, "is_open": True, "priority": 0,
        }  # fmt: skip
    nothing = {"value": "", "creator": "", "last_set": 0}
    described: dict[str, Any] = {
        "id": room.id, "name": room.name, "name_normalized": room.name, "is_channel": room.kind == "channel",
        "is_group": room.kind == "group", "is_im": False, "is_mpim": room.kind == "mpim",
        "is_private": room.kind != "channel", "created": room.created, "creator": room.creator,
        "is_archived": room.archived, "is_general": False, "unlinked": 0, "is_shared": room.is_shared_outside,
        "is_ext_shared": room.is_shared_outside, "is_org_shared": False, "pending_shared": [],
        "pending_connected_team_ids": [], "is_pending_ext_shared": False, "is_member": bot in room.members,
        "shared_team_ids": [team, *room.shared_with], "context_team_id": team, "updated": room.created * 1000,
        "topic": nothing, "purpose": nothing, "previous_names": [],
    }  # fmt: skip
    if room.is_shared_outside:
        described |= {"connected_team_ids": room.shared_with, "conversation_host_id": team, "internal_team_ids": [team]}
    if bot in room.members:
        described["last_read"] = room.last_read
    if counted:
        described["num_members"] = len(room.members)
    return described
