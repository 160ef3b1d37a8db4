"""What people write, as events: which place it belongs to, whether it is for us, who wrote it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.channels.slack.doors import Doors, Place
from bot.channels.slack.overtaken import Overtaken
from bot.channels.slack.people import Person
from bot.channels.slack.reading import Attached, Edit, Own, Post
from bot.channels.slack.text import people_in, plain_text
from bot.channels.slack.threads import Thread, begun_by, woken
from bot.dialog.events import File, PersonEdited, PersonSaid
from bot.ports.ledger import Receipt

MOST_FILE = 25_000_000  # bytes
_ABSENT = {"fr": "Non repris, resté dans Slack :", "en": "Not taken, left in Slack:"}


@dataclass(frozen=True, slots=True)
class PostRoom:
    """Takes in posts and their edits."""

    doors: Doors
    overtaken: Overtaken = field(default_factory=Overtaken)

    async def post(self, post: Post, own: Own) -> Receipt | None:
        """Take a post, unless nothing makes it ours; once this returns it is durable or not for us.

        A mention begins a request, a post in a help channel too; whoever sends us away is heeded until we are named.
        """
        now = self.overtaken.as_it_reads(post)
        if now is None:
            return None
        place = await self.place(now, own)
        thread = None if now.private else await self.doors.threads.of(own.account, place.key)
        if thread is not None and thread.silent and not (now.mentions_us and now.ts > thread.since):
            return None
        if not (now.private or (thread and thread.requester) or await self._is_request(now)):
            self.overtaken.keep(now)
            return None
        receipt = await self._said(now, own, place, thread)
        for later in self.overtaken.of(now):
            await self.post(later, own)
            self.overtaken.done(later)
        return receipt

    async def begin(self, post: Post, own: Own, at: str, key: str = "") -> Receipt | None:
        """Take a post as a request of its writer since `at`, whatever became of it before."""
        return await self._said(post, own, await self.place(post, own), key=key, at=at)

    async def edit(self, edit: Edit, own: Own) -> None:
        """Take an edit of a post, where the post was ours."""
        self.overtaken.keep_edit(edit)
        place = await self.place(edit, own)
        thread = await self.doors.threads.of(own.account, place.key)
        if thread is None or not thread.requester or thread.silent:
            return
        person = await self.doors.person(edit.user, own)
        text = await self.words(edit.text, own)
        event = PersonEdited(at=self.doors.clock.now(), ref=edit.ts, text=text)
        await self.doors.take(edit_key(edit, own), event, place, person, thread.requester)

    async def place(self, said: Post | Edit, own: Own) -> Place:
        """Tell where it was said.

        A direct message is one place. A thread in it is its own only in Slack's container for assistants, which shows
        threads alone: whoever has written beside any thread answers us in one by chance.
        """
        if not said.private:
            return Place(own.account, f"{said.channel}:{said.thread or said.ts}", thread=True, public=True)
        if said.thread:
            key = f"{said.channel}:{said.thread}"
            certain = isinstance(said, Post) and said.assistant
            if certain or await self._is_own_thread(own.account, said.channel, key):
                return Place(own.account, key, thread=True)
        return Place(own.account, said.channel)

    async def words(self, text: str, own: Own) -> str:
        """Tell a message as plain words."""
        names = await self.doors.people.names(people_in(text), own)
        return plain_text(text, own.user, names)

    async def _is_own_thread(self, account: str, channel: str, key: str) -> bool:
        return (await self.doors.threads.of(account, key)) is not None or (
            await self.doors.threads.of(account, channel)
        ) is None

    async def _is_request(self, post: Post) -> bool:
        return post.mentions_us or (not post.thread and await self.doors.rooms.is_help(post.channel))

    async def _said(
        self, post: Post, own: Own, place: Place, thread: Thread | None = None, key: str = "", at: str = ""
    ) -> Receipt | None:
        """Take it in. The thread is noted afterwards: what is cut off in between comes again, and is noted then."""
        person, words = await asyncio.gather(self.doors.person(post.user, own), self.words(post.text, own))
        files, text = files_of(post.files), with_absent(words, post.files, person)
        said = PersonSaid(at=self.doors.clock.now(), texts=(text,), files=files, ref=post.ts)
        requester = (thread and thread.requester) or post.user
        receipt = await self.doors.take(key or post_key(post, own), said, place, person, requester)
        self.doors.files.want(file.ref for file in files)  # the ledger names them after a restart
        if thread is None or thread.silent:
            where = receipt.conversation if receipt and receipt.begun else ""
            asked = partial(_asked, requester=requester, conversation=where)
            await self.doors.threads.change(own.account, place.key, lambda held: woken(asked(held), at or post.ts))
        return receipt


def post_key(post: Post, own: Own) -> str:
    """The delivery key of a post: it is one event, whether it comes as a message or as a mention."""
    return f"slack:{own.account}:{post.channel}:{post.ts}"


def edit_key(edit: Edit, own: Own) -> str:
    """The delivery key of an edit."""
    return f"slack:{own.account}:{edit.channel}:{edit.ts}:{edit.at}"


def files_of(attached: Sequence[Attached]) -> tuple[File, ...]:
    """Name the files that will be fetched."""
    fit = (one for one in attached if _is_fetched(one))
    return tuple(File(name=one.name, type=one.type, size=one.size, ref=f"slack:{one.id}") for one in fit)


def with_absent(text: str, attached: Sequence[Attached], person: Person) -> str:
    """Name the files that are not fetched, so that an agent looks for them in Slack."""
    absent = ", ".join(f"{one.name} {one.link}".strip() for one in attached if not _is_fetched(one))
    return f"{text}\n\n[{_ABSENT[person.language or 'fr']} {absent}]".strip() if absent else text


def _is_fetched(file: Attached) -> bool:
    return file.size <= MOST_FILE and not file.elsewhere


def _asked(held: Thread, requester: str, conversation: str) -> Thread:
    """A thread in which somebody asks; whose request it is stays as it was."""
    return replace(begun_by(held, requester), conversation=conversation or held.conversation)
