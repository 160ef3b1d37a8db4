"""What hinders the channel, found by asking Slack as a start would."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.slack.calling import RefusedError, Slack, SlackError, is_ours_to_mend, story
from bot.channels.slack.manifest import IN_CHANNELS, SCOPES
from bot.channels.slack.payload import Json, parts, word
from bot.channels.slack.tokens import TokenError, secret

PAGE, PAGES = 200, 50  # channels looked through for the names of the settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and the mend."""

    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Inspector:
    """Looks at tokens, scopes and help channels."""

    slack: Slack
    app_token: Callable[[], str]
    socket_mode: bool = True
    help_channels: tuple[str, ...] = ()

    async def examined(self) -> tuple[Finding, ...]:
        """Tell everything that hinders; nothing where all is well. Raises nothing."""
        found = [*await self._bot(), *(await self._socket() if self.socket_mode else ())]
        return tuple(found)

    async def _bot(self) -> list[Finding]:
        try:
            told = await self.slack.told("auth.test")
        except (SlackError, TokenError) as error:
            return [_finding("the bot's token", error)]
        return [*_missing(told, bool(self.help_channels)), *await self._rooms()]

    async def _socket(self) -> list[Finding]:
        try:
            token = await asyncio.to_thread(secret, self.app_token, "app_token_file")
            await self.slack.ask("apps.connections.open", token)
        except RefusedError as error:
            mend = "channels.slack.app_token_file: an xapp- token with the scope connections:write"
            if error.error == "socket_mode_not_enabled":
                mend = "switch Socket Mode on in the app's settings"
            elif not is_ours_to_mend(error):
                mend = error.mend or SlackError.mend
            return [Finding(f"Socket Mode: {error}", mend)]
        except (SlackError, TokenError) as error:
            return [_finding("Socket Mode", error)]
        return []

    async def _rooms(self) -> list[Finding]:
        """Look for help channels that are not there, or in which we are not."""
        if not self.help_channels:
            return []
        try:
            known = await self._known()
        except (SlackError, TokenError) as error:
            return [_finding("help channels", error)]
        return [finding for wanted in self.help_channels if (finding := _room(wanted, known))]

    async def _known(self) -> list[Json]:
        known: list[Json] = []
        cursor = ""
        for _ in range(PAGES):
            told = await self.slack.call(
                "conversations.list",
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=PAGE,
                cursor=cursor or None,
            )
            known += parts(told, "channels", most=1000)
            cursor = word(told, "response_metadata", "next_cursor", most=1000)
            if not cursor:
                break
        return known


def _room(wanted: str, known: list[Json]) -> Finding | None:
    name = wanted.lstrip("#").lower()
    room = next((one for one in known if word(one, "id") == wanted or word(one, "name").lower() == name), None)
    if room is None:
        return Finding(
            f"no help channel {wanted}, or a private one without us",
            "channels.slack.help_channels, or /invite the app there",
        )
    if room.get("is_member") is not True:
        return Finding(f"we are not in the help channel {wanted}", "/invite the app there")
    return None


def _missing(told: AsyncSlackResponse, help_channels: bool) -> list[Finding]:
    scopes = told.headers.get("x-oauth-scopes") or told.headers.get("X-OAuth-Scopes") or ""
    held = {one.strip() for one in scopes.split(",")}
    lacking = [one for one in SCOPES if one not in held and (help_channels or one not in IN_CHANNELS)]
    if not scopes.strip() or not lacking:
        return []
    told_of = ", ".join(f"{one} ({SCOPES[one]})" for one in lacking)
    return [Finding(f"scopes that the app lacks: {told_of}", "add them in the app's settings and install it again")]


def _finding(where: str, error: SlackError | TokenError) -> Finding:
    return Finding(f"{where}: {error}", error.mend or story(error))
