"""All that Slack brings, sorted: each thing to the room that takes it in. What no room takes is known by kind only."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from weakref import WeakValueDictionary

from bot.channels.slack.assistant import Feedback, read_feedback
from bot.channels.slack.emoji import EmojiRoom
from bot.channels.slack.home import read_home
from bot.channels.slack.identity import Identity
from bot.channels.slack.modal import Refused, read_details
from bot.channels.slack.payload import Json, part, word
from bot.channels.slack.pressing import PressRoom, read_press
from bot.channels.slack.protocol import kind_of
from bot.channels.slack.reading import Edit, Own, Post, Reaction, read_event
from bot.channels.slack.taking import PostRoom
from bot.channels.slack.views import ViewRoom
from bot.channels.slack.words import read_command, read_shortcut

log = logging.getLogger(__name__)

Hear = Callable[[Feedback], Awaitable[None]]


async def heard_by_nobody(feedback: Feedback) -> None:
    """Let a thumb be."""


@dataclass(frozen=True, slots=True)
class SlackRoom:
    """Takes in whatever Slack brings; what happens in one channel goes one after the other, in the order it came.

    `hear` takes thumbs; their team and thread are told as in addresses.
    """

    identity: Identity
    posts: PostRoom
    emoji: EmojiRoom
    presses: PressRoom
    views: ViewRoom
    hear: Hear = heard_by_nobody
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def take(self, body: Json) -> Json | None:
        """Take one request; its answer rides on the acknowledgement. Once this returns all is durable that must be.

        Raises what made it impossible: then Slack must not be told that we have it.
        """
        if word(body, "type") == "url_verification":
            return {"challenge": word(body, "challenge")}
        own = await self.identity.own()
        async with self.turns.setdefault(channel_of(body), asyncio.Lock()):
            if word(body, "type") == "event_callback":
                await self._event(part(body, "event"), own, body)
                return None
            if "command" in body:
                return await self.views.command(read_command(body), own)
            return await self._interaction(body, own)

    async def _event(self, event: Json, own: Own, body: Json) -> None:
        match read_event(event, own):
            case Post() as post:
                receipt = await self.posts.post(post, own)
                if receipt is not None and receipt.begun and post.private:
                    self.views.begun(post, await self.posts.place(post, own), own)
            case Edit() as edit:
                await self.posts.edit(edit, own)
            case Reaction() as reaction:
                await self.emoji.reaction(reaction, own)
            case None:
                await self._change(event, own, body)

    async def _change(self, event: Json, own: Own, body: Json) -> None:
        """Take what changed around us."""
        match word(event, "type"):
            case "user_change":
                self.posts.doors.people.forget(word(event, "user", "id"))
            case "app_home_opened":
                self.views.opened_home(event, own)
            case "assistant_thread_started":
                await self.views.opened_thread(event, own)
            case "app_uninstalled" | "tokens_revoked":
                log.error("Slack says: %s -> look at the app's settings, install it again if need be", kind_of(body))
            case _:
                log.debug("nothing to do for Slack's %s", kind_of(body))

    async def _interaction(self, body: Json, own: Own) -> Json | None:
        match word(body, "type"):
            case "block_actions":
                await self._pressed(body, own)
            case "view_submission":
                details = read_details(body)
                if isinstance(details, Refused):
                    return details.response
                if details is not None:
                    await self.views.details(details, own)
            case "app_rate_limited":
                log.error("Slack brings too much at once and leaves things out: in how many channels is the app?")
            case "message_action" if asked := read_shortcut(body):
                await self.views.form(asked, own)
            case _:
                log.debug("nothing to do for Slack's %s", kind_of(body))
        return None

    async def _pressed(self, body: Json, own: Own) -> None:
        if asked := read_home(body):
            await self.views.form(asked, own)
        elif feedback := read_feedback(body):
            thread = "" if feedback.thread == feedback.message else feedback.thread
            await self.hear(replace(feedback, team=own.account, thread=thread))
        elif press := read_press(body):
            await self.presses.press(press, own)


def channel_of(body: Json) -> str:
    """Name the channel in which something happened, else who did it; events of neither share a turn, and are short."""
    event = part(body, "event")
    return (
        word(event, "channel")
        or word(event, "item", "channel")
        or word(body, "channel", "id")
        or word(body, "user", "id")
        or word(body, "user_id")
    )
