"""Files that go out to Slack: a place is asked for, the bytes are put there, then the file is shared where it belongs.

The share carries no metadata of ours, so the file's id is noted before it is shared: after a doubtful end Slack is
asked for that file, and whatever is there already is neither uploaded nor shared again.
"""

import json
from dataclasses import dataclass

import aiohttp

from bot.channels.attaching import NOT_THERE, content_of, left_out, told_name
from bot.channels.slack.calling import CONNECT_SECONDS, LostError, RefusedError, Slack, UnreachedError, delivery_of
from bot.channels.slack.files import GONE, SECONDS, is_slack
from bot.channels.slack.payload import part, word
from bot.channels.slack.tokens import TokenError
from bot.dialog.effects import Relay
from bot.dialog.events import File
from bot.ports.delivery import Delivery, Failed, Retry, Sent, Unknown
from bot.ports.files import Files
from bot.ports.notes import Notes

MOST_SENT = 100_000_000  # bytes of one file; Slack takes ten times as many, but each is held in memory once
_TOO_LARGE = {"fr": "Trop lourd pour Slack :", "en": "Too large for Slack:"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as Slack knows it: uploaded, and perhaps shared. `revision` counts what was noted of it."""

    file: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Uploads:
    """Uploads files and shares them. `api`: the address of the Web API."""

    slack: Slack
    files: Files
    notes: Notes
    api: str

    async def share(self, place: str, file: File, entry: str) -> Delivery:
        """Share a file at a place (channel, or channel:thread); `entry` names it among the notes, the same each try."""
        content = await content_of(self.files, file)
        if content is None:
            return NOT_THERE
        if not 0 < len(content) <= MOST_SENT:
            return Failed("a file is empty, or larger than it was said to be")
        try:
            held = await self._known(entry)
            if held.file and await self._is_shared(held.file, place, file):
                return Sent(ref=held.file)
            held = await self._uploaded(file, content, entry, held.revision + 1)
        except (RefusedError, UnreachedError, LostError, TokenError) as error:
            delivery = delivery_of(error)
            # Nothing of all this shows, so that it may be done again.
            return Retry(why=delivery.why) if isinstance(delivery, Unknown) else delivery
        return await self._shared(held.file, place, file)

    async def _is_shared(self, known: str, place: str, file: File) -> bool:
        """See to it that a file which is uploaded is shared; False where Slack does not know of it any more.

        Slack shares a while after it has answered. Sharing the same file again is the least that can go wrong then.
        """
        channel = place.partition(":")[0]
        try:
            told = part(await self.slack.call("files.info", file=known), "file", "shares")
            if any(channel in part(told, kind) for kind in ("public", "private")):
                return True
        except RefusedError as refused:
            if refused.error not in GONE:
                raise
        try:
            await self._complete(known, place, file)
        except RefusedError as refused:
            if refused.error not in GONE:
                raise
            return False
        return True

    async def _uploaded(self, file: File, content: bytes, entry: str, revision: int) -> Upload:
        """Bring the bytes to Slack, and note under which id."""
        told = await self.slack.call("files.getUploadURLExternal", filename=told_name(file), length=len(content))
        await self._put(word(told, "upload_url", most=4000), content)
        upload = Upload(word(told, "file_id"), revision)
        kept = json.dumps({"file": upload.file, "revision": revision})
        await self.notes.save(entry, revision, "upload", kept)
        return upload

    async def _put(self, address: str, content: bytes) -> None:
        """Put the bytes where Slack wants them. Raises LostError, UnreachedError, RefusedError."""
        if not is_slack(address, self.api):
            raise RefusedError("a place for a file that is not at Slack")
        timeout = aiohttp.ClientTimeout(total=SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
                session.post(address, data=content, allow_redirects=False) as answer,
            ):
                if answer.status != 200:
                    raise RefusedError("", answer.status)
        except aiohttp.ClientConnectorError:
            raise UnreachedError("Slack is not reached") from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise LostError("Slack’s answer never came") from None

    async def _shared(self, known: str, place: str, file: File) -> Delivery:
        try:
            await self._complete(known, place, file)
        except (RefusedError, UnreachedError, LostError, TokenError) as error:
            return delivery_of(error)
        return Sent(ref=known)

    async def _complete(self, known: str, place: str, file: File) -> None:
        channel, _, thread = place.partition(":")
        named = [{"id": known, "title": told_name(file)}]
        await self.slack.call("files.completeUploadExternal", files=named, channel_id=channel, thread_ts=thread or None)

    async def _known(self, entry: str) -> Upload:
        told = await self.notes.load(entry)
        return Upload(**json.loads(told)) if told else Upload()


def too_large(relay: Relay, files: tuple[File, ...]) -> str:
    """Name the files that are too large for Slack, "" for none."""
    return left_out(_TOO_LARGE, files, relay.lang)
