"""Who we are in Slack: asked once, before anything is taken in or looked up."""

import asyncio
import logging
import time

from bot.channels.slack.calling import Slack, SlackError, story
from bot.channels.slack.payload import word
from bot.channels.slack.reading import Own
from bot.channels.slack.tokens import TokenError

SLOWLY = 60.0  # seconds between two tries, told each time
SHARED = 1.0  # seconds that a failure is told to all who ask
log = logging.getLogger(__name__)


class Identity:
    """Knows whose bot the token is."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._own: Own | None = None
        self._turn = asyncio.Lock()
        self._failure: tuple[SlackError | TokenError, float] | None = None  # and until when it is not asked again

    async def own(self) -> Own:
        """Tell who we are. Raises SlackError and TokenError while Slack has not told it yet.

        Those who waited for an answer in vain share it: one after the other asking anew would wait for hours.
        """
        async with self._turn:
            if self._own is None:
                if self._failure is not None and time.monotonic() < self._failure[1]:
                    raise self._failure[0]
                try:
                    self._own = await self._asked()
                except (SlackError, TokenError) as error:
                    self._failure = error, time.monotonic() + SHARED
                    raise
            return self._own

    async def _asked(self) -> Own:
        told = await self._slack.call("auth.test")
        team, enterprise = word(told, "team_id"), word(told, "enterprise_id")
        account = enterprise if told.get("is_enterprise_install") is True and enterprise else team
        return Own(account, word(told, "user_id"), word(told, "bot_id"), team, enterprise)

    async def learn(self) -> None:
        """Ask until Slack tells it; meanwhile nothing can be taken in, and why stands in the log."""
        while True:
            try:
                await self.own()
            except (SlackError, TokenError) as error:
                log.warning("Slack does not tell who we are, nothing can be taken in: %s", story(error))
                await asyncio.sleep(SLOWLY)
            else:
                return
