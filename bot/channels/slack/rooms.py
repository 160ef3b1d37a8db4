"""Which channels are help channels: there every post is a request."""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from bot.channels.slack.calling import HURRY, RefusedError, Slack, SlackError, is_final, is_ours_to_mend, story
from bot.channels.slack.payload import word
from bot.channels.slack.tokens import TokenError

KNOWN_SECONDS = 3600.0  # a channel may be renamed
REFUSED_SECONDS = 60.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rooms:
    """Knows help channels by the ids or names of the settings; asks Slack for names only where there are any."""

    slack: Slack
    help_channels: tuple[str, ...] = ()
    names: dict[str, tuple[str, float]] = field(default_factory=dict)

    async def is_help(self, channel: str) -> bool:
        """Tell whether it is one. Raises SlackError, TokenError and TimeoutError where it cannot be told now."""
        if channel in self.help_channels:
            return True
        wanted = {one.lstrip("#").lower() for one in self.help_channels}
        return bool(wanted) and (await self._name(channel)).lower() in wanted

    async def _name(self, channel: str) -> str:
        known, until = self.names.get(channel, (None, 0.0))
        if known is not None and time.monotonic() < until:
            return known
        try:
            async with asyncio.timeout(HURRY):
                name, lasts = await self._asked(channel)
        except (SlackError, TokenError, TimeoutError):
            if known is None:
                raise
            name, lasts = known, REFUSED_SECONDS  # it is hardly ever renamed
        self.names[channel] = (name, time.monotonic() + lasts)
        return name

    async def _asked(self, channel: str) -> tuple[str, float]:
        """Ask for a name, and tell how long it holds; none where Slack will not tell it however often it is asked."""
        try:
            told = await self.slack.call("conversations.info", channel=channel)
        except RefusedError as refused:
            if not (is_final(refused) or is_ours_to_mend(refused)):
                raise
            log.warning("help channels are not known by their names: %s", story(refused))
            return "", REFUSED_SECONDS
        return word(told, "channel", "name"), KNOWN_SECONDS
