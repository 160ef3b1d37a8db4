"""The app as its owner registered it: scopes, subscriptions and secrets."""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.support.slack.refusal import Json

BOT_SCOPES = frozenset({
    "app_mentions:read", "assistant:write", "channels:history", "channels:join", "channels:read", "chat:write",
    "chat:write.public", "commands", "files:read", "files:write", "groups:history", "groups:read", "im:history",
    "im:read", "im:write", "mpim:history", "mpim:read", "reactions:read", "reactions:write", "team:read",
    "users:read", "users:read.email",
})  # fmt: skip
BOT_EVENTS = frozenset({
    "app_home_opened", "app_mention", "app_uninstalled", "assistant_thread_context_changed",
    "assistant_thread_started", "file_shared", "member_joined_channel", "message.channels", "message.groups",
    "message.im", "message.mpim", "reaction_added", "reaction_removed", "tokens_revoked", "user_change",
})  # fmt: skip
TOKEN_LIFE = 12 * 3600  # seconds that a rotated token lasts


@dataclass
class Token:
    """One credential: a bot's, an app's, or a refresh token."""

    kind: str
    expires: float | None = None
    revoked: bool = False


@dataclass
class App:
    """An installed app; without a manifest it has every scope and every event a support desk could ask for."""

    id: str = "A0000000001"
    bot_id: str = "B0000000001"
    bot_user: str = "U0000000001"
    name: str = "guichet"
    scopes: frozenset[str] = BOT_SCOPES
    events: frozenset[str] = BOT_EVENTS
    commands: frozenset[str] | None = None  # None: any
    socket_mode: bool = True
    interactive: bool = True
    home: bool = True
    rotates: bool = False
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    verification_token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    client_id: str = "1000000000.2000000000"
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    app_token: str = field(default_factory=lambda: f"xapp-1-A0000000001-{secrets.token_hex(16)}")
    bot_token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(20)}")
    refresh_token: str = field(default_factory=lambda: f"xoxe-1-{secrets.token_hex(20)}")
    tokens: dict[str, Token] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tokens[self.app_token] = Token("app")
        self.tokens[self.bot_token] = Token("bot")
        self.tokens[self.refresh_token] = Token("refresh")

    @classmethod
    def from_manifest(cls, manifest: Path | Json) -> Self:
        """The app that an app manifest (JSON) describes: it may do what stands there and no more."""
        form: Json = json.loads(manifest.read_text("utf-8")) if isinstance(manifest, Path) else manifest
        features, settings = form.get("features", {}), form.get("settings", {})
        subscribed = settings.get("event_subscriptions", {})
        return cls(
            name=features.get("bot_user", {}).get("display_name", "guichet").lower().replace(" ", "-"),
            scopes=frozenset(form.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
            events=frozenset(subscribed.get("bot_events", [])),
            commands=frozenset(command["command"] for command in features.get("slash_commands", [])),
            socket_mode=settings.get("socket_mode_enabled", False),
            interactive=settings.get("interactivity", {}).get("is_enabled", False),
            home=features.get("app_home", {}).get("home_tab_enabled", False),
            rotates=settings.get("token_rotation_enabled", False),
        )

    def expiring(self, now: float) -> tuple[str, str]:
        """Issue a new bot token that lasts 12 hours and the refresh token that renews it once."""
        bot, refresh = f"xoxe.xoxb-1-{secrets.token_hex(20)}", f"xoxe-1-{secrets.token_hex(20)}"
        self.tokens |= {bot: Token("bot", now + TOKEN_LIFE), refresh: Token("refresh")}
        self.bot_token, self.refresh_token = bot, refresh
        return bot, refresh
