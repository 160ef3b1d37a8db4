"""Which scope lets an app use what, as Slack's reference says."""

from tests.support.slack.rooms import RoomKind

READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history", "mpim": "mpim:history"}

MESSAGE_EVENTS: dict[RoomKind, str] = {
    "channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim",
}  # fmt: skip

# Event as an app subscribes to it -> the scopes of which it needs one; none means that any app gets it.
EVENTS: dict[str, tuple[str, ...]] = {
    **{event: (HISTORY[kind],) for kind, event in MESSAGE_EVENTS.items()},
    "app_mention": ("app_mentions:read",),
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "assistant_thread_started": ("assistant:write",),
    "assistant_thread_context_changed": ("assistant:write",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "user_change": ("users:read",),
    "file_shared": ("files:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
}


def may_hear(event: str, granted: frozenset[str]) -> bool:
    """Tell whether the scopes let an app receive that event; one that Slack does not know of yet needs none."""
    needed = EVENTS.get(event, ())
    return not needed or bool(granted.intersection(needed))
