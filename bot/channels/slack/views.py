"""What opens beside messages: the command, the form, the home tab, the shortcut, and Slack's pane for agents."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.channels.slack.assistant import prompts_title, status_text, suggested_prompts, thread_title
from bot.channels.slack.calling import HURRY, LostError, SlackError
from bot.channels.slack.doors import Doors, Place
from bot.channels.slack.home import Desk, home_view, status_message
from bot.channels.slack.modal import Details, details_view
from bot.channels.slack.payload import Json, part, word
from bot.channels.slack.people import Person
from bot.channels.slack.reading import Own, Post
from bot.channels.slack.sending import direct_message
from bot.channels.slack.text import plain_text
from bot.channels.slack.threads import begun_by
from bot.channels.slack.tokens import TokenError
from bot.channels.slack.words import Asked, Command, command_answer
from bot.dialog.events import OpenRequest, PersonSaid

Requests = Callable[[str], Awaitable[Sequence[OpenRequest]]]


async def no_requests(email: str) -> Sequence[OpenRequest]:
    """Know of no requests."""
    return ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What views tell of the desk. `requests`: those of a proven address; `topics`: language -> topic -> its name."""

    desk: Desk
    requests: Requests = no_requests
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ViewRoom:
    """Opens things, and takes in what people say by them."""

    doors: Doors
    shown: Shown

    async def command(self, command: Command, own: Own) -> Json | None:
        """Take a command; the answer is for the person's eyes alone."""
        person = await self.doors.person(command.user, own)
        lang = self._lang(person)
        match command.kind:
            case "help":
                return _aside(command_answer("help", lang))
            case "status":
                told = status_message(
                    lang, await self._requests(person), self.shown.topics.get(lang, {}), self.shown.desk
                )
                return {**_aside(told.text), "blocks": list(told.blocks)}
            case "form":
                opened = await self._opened(command.trigger, details_view(lang))
                return None if opened else _aside(command_answer("form", lang))
            case "request":
                key = f"slack:{own.account}:command:{command.trigger}"
                channel = await self._direct(person, own, key, command.text)
                return _aside(command_answer("request", lang, private=channel == command.channel))

    async def details(self, details: Details, own: Own) -> None:
        """Take a form that was sent."""
        person = await self.doors.person(details.user, own)
        await self._direct(person, own, f"slack:{own.account}:view:{details.view}", details.text)

    async def form(self, asked: Asked, own: Own) -> None:
        """Open the form."""
        person = await self.doors.person(asked.user, own)
        await self._opened(asked.trigger, details_view(self._lang(person), plain_text(asked.text, own.user, {})))

    def opened_home(self, event: Json, own: Own) -> None:
        """Fill the tab that somebody opened."""
        user, channel = word(event, "user"), word(event, "channel")
        if word(event, "tab") == "messages":
            self.doors.later.do(self._suggested(channel, "", user, own), "suggestions were not shown")
        elif user:
            self.doors.later.do(self._home(user, own), "the home tab was not filled")

    async def opened_thread(self, event: Json, own: Own) -> None:
        """Know a thread of the pane for assistants, and suggest what to ask there."""
        told = part(event, "assistant_thread")
        channel, thread, user = word(told, "channel_id"), word(told, "thread_ts"), word(told, "user_id")
        if not (channel and thread and user):
            return
        await self.doors.threads.change(own.account, f"{channel}:{thread}", lambda held: begun_by(held, user))
        self.doors.later.do(self._suggested(channel, thread, user, own), "suggestions were not shown")

    def begun(self, post: Post, place: Place, own: Own) -> None:
        """Show in the pane that an answer is on its way to the first message of a conversation, and name its thread."""
        self.doors.later.do(self._busy(post, place, own), "the pane shows no status")

    async def _direct(self, person: Person, own: Own, key: str, text: str) -> str:
        """Take words as said in the person's direct message; which one that is.

        Raises SlackError, TokenError and TimeoutError where Slack does not tell it: then nothing is taken.
        """
        async with asyncio.timeout(HURRY):
            channel = await direct_message(self.doors.slack, person.id)
        if not channel:  # all people's words would have one address
            raise LostError("no direct message was opened")
        said = PersonSaid(at=self.doors.clock.now(), texts=(text,))
        await self.doors.take(key, said, Place(own.account, channel), person)
        await self.doors.threads.change(own.account, channel, lambda held: begun_by(held, person.id))
        return channel

    async def _opened(self, trigger: str, view: Json) -> bool:
        try:
            async with asyncio.timeout(HURRY):
                await self.doors.slack.call("views.open", trigger_id=trigger, view=view)
        except (SlackError, TokenError, TimeoutError):
            return False
        return True

    async def _home(self, user: str, own: Own) -> None:
        person = await self.doors.person(user, own)
        lang = self._lang(person)
        requests = await self._requests(person)
        view = home_view(lang, person.name, requests, self.shown.topics.get(lang, {}), self.shown.desk)
        await self.doors.slack.call("views.publish", user_id=user, view=view)

    async def _suggested(self, channel: str, thread: str, user: str, own: Own) -> None:
        lang = self._lang(await self.doors.person(user, own))
        await self.doors.slack.call(
            "assistant.threads.setSuggestedPrompts",
            channel_id=channel,
            thread_ts=thread or None,
            title=prompts_title(lang),
            prompts=suggested_prompts(lang),
        )

    async def _busy(self, post: Post, place: Place, own: Own) -> None:
        lang = self._lang(await self.doors.person(post.user, own))
        where = {"channel_id": post.channel, "thread_ts": place.root or post.ts}
        await self.doors.slack.call("assistant.threads.setStatus", status=status_text(lang), **where)
        if place.root:
            title = thread_title(plain_text(post.text, own.user, {}), lang)
            await self.doors.slack.call("assistant.threads.setTitle", title=title, **where)

    async def _requests(self, person: Person) -> Sequence[OpenRequest] | None:
        """The person's requests, None where it is not proven who they are."""
        return await self.shown.requests(person.email) if person.proven else None

    def _lang(self, person: Person) -> str:
        return person.language or next(iter(self.shown.desk.languages), "en")


def _aside(text: str) -> Json:
    return {"response_type": "ephemeral", "text": text}
