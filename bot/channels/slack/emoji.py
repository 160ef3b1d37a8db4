"""An emoji that makes a post a request, and one that sends us away from it."""

import asyncio
import logging
from dataclasses import dataclass

from bot.channels.slack.calling import HURRY, RefusedError, is_final, is_ours_to_mend, story
from bot.channels.slack.doors import Doors, Place
from bot.channels.slack.payload import parts
from bot.channels.slack.reading import Own, Post, Reaction, read_post
from bot.channels.slack.taking import PostRoom
from bot.channels.slack.threads import silenced
from bot.dialog.events import AgentActed

log = logging.getLogger(__name__)
FORCE, REFUSE = "ticket", "no_entry_sign"


@dataclass(frozen=True, slots=True)
class EmojiRoom:
    """Takes in reactions."""

    doors: Doors
    posts: PostRoom
    force: str = FORCE
    refuse: str = REFUSE

    async def reaction(self, reaction: Reaction, own: Own) -> None:
        """Take a reaction; in direct messages there is nothing to force or refuse."""
        if reaction.channel.startswith("D"):
            return
        if reaction.name == self.force:
            await self._forced(reaction, own)
        elif reaction.name == self.refuse:
            await self._refused(reaction, own)

    async def _forced(self, reaction: Reaction, own: Own) -> None:
        """Make the post a request of whoever wrote it, unless it is one; one that was refused begins anew."""
        thread = await self.doors.threads.of(own.account, f"{reaction.channel}:{reaction.ts}")
        is_request = thread is not None and bool(thread.requester)
        if is_request and thread is not None and not thread.silent:
            return
        if post := await self._post(reaction, own):
            key = reaction_key(reaction, own) if is_request else ""
            await self.posts.begin(post, own, reaction.at, key)

    async def _post(self, reaction: Reaction, own: Own) -> Post | None:
        """Read the post; None where it is none of a person's, or where Slack will never show it to us."""
        try:
            async with asyncio.timeout(HURRY):
                told = await self.doors.slack.call(
                    "conversations.history", channel=reaction.channel, latest=reaction.ts, inclusive=True, limit=1
                )
        except RefusedError as refused:
            if not (is_final(refused) or is_ours_to_mend(refused)):
                raise
            log.warning("a post that was to be a request cannot be read: %s", story(refused))
            return None
        read = (read_post(message, reaction.channel, own) for message in parts(told, "messages"))
        return next((post for post in read if post and post.ts == reaction.ts), None)

    async def _refused(self, reaction: Reaction, own: Own) -> None:
        """Fall silent in the thread of a request; keep out of a post in a help channel that may come later."""
        place = Place(own.account, f"{reaction.channel}:{reaction.ts}", thread=True, public=True)
        thread = await self.doors.threads.of(own.account, place.key)
        if thread is None and not await self.doors.rooms.is_help(reaction.channel):
            return
        if thread is not None and reaction.at <= thread.since:  # we were called back since
            return
        if thread is not None and thread.requester and not thread.silent:
            person = await self.doors.person(reaction.user, own)
            event = AgentActed(at=self.doors.clock.now(), action="dismiss", name=person.name or person.id)
            await self.doors.take(reaction_key(reaction, own), event, place, person)
        await self.doors.threads.change(own.account, place.key, lambda held: silenced(held, reaction.at))


def reaction_key(reaction: Reaction, own: Own) -> str:
    """The delivery key of a reaction."""
    return f"slack:{own.account}:reaction:{reaction.channel}:{reaction.ts}:{reaction.user}:{reaction.at}"
