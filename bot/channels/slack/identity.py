"""Who we are in Slack: asked once, before anything is taken in or looked up."""

import asyncio
import logging

from bot.channels.slack.calling import Slack, SlackError, story
from bot.channels.slack.payload import word
from bot.channels.slack.reading import Own
from bot.channels.slack.tokens import TokenError

SLOWLY = 60.0  # seconds between two tries, told each time
log = logging.getLogger(__name__)


class Identity:
    """Knows whose bot the token is."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._own: Own | None = None
        self._turn = asyncio.Lock()

    async def own(self) -> Own:
        """Tell who we are. Raises SlackError and TokenError while Slack has not told it yet."""
        async with self._turn:
            if self._own is None:
                told = await self._slack.call("auth.test")
                team, enterprise = word(told, "team_id"), word(told, "enterprise_id")
                account = enterprise if told.get("is_enterprise_install") is True and enterprise else team
                self._own = Own(account, word(told, "user_id"), word(told, "bot_id"), team, enterprise)
            return self._own

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
