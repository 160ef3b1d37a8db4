"""The way out to Slack: messages of blocks, in parts where they are long, each known again by its metadata.

Files go behind the words; their parts count as the words' do, so that a message is whole once its last file is there.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.channels.attaching import files_of, parted
from bot.channels.meter import Meter, Rate
from bot.channels.own_pages import with_pages
from bot.channels.parts import Parts
from bot.channels.render import SlackMessage, slack_escaped, slack_messages, slack_words
from bot.channels.render.slack import BUTTONS, LABEL, MESSAGE_LIMIT
from bot.channels.slack.calling import RefusedError, Slack, SlackError, delivery_of, is_final, is_sure, story
from bot.channels.slack.doors import CHANNEL
from bot.channels.slack.identity import Identity
from bot.channels.slack.payload import Json, part, parts, word
from bot.channels.slack.pressing import button_value
from bot.channels.slack.taking import MOST_FILE
from bot.channels.slack.threads import Threads, begun_by
from bot.channels.slack.tokens import TokenError
from bot.channels.slack.uploading import MOST_SENT, Uploads, too_large
from bot.dialog.effects import Relay, Say
from bot.dialog.events import File
from bot.ports.channel import Capabilities
from bot.ports.delivery import Delivery, Failed, Retry, Sent
from bot.ports.inbound import Address

PACE = Rate(burst=4, seconds=1)  # messages in a channel: Slack takes one a second, and short bursts
PATIENCE = 3  # seconds that a message waits here for its turn; else the outbox tries again
EVENT = "guichet_message"
PAGE, PAGES = 100, 10  # messages looked through for one of ours
PLACES = 1000
_NONE: tuple[Json, ...] = ()
log = logging.getLogger(__name__)


def no_blocks(say: Say) -> tuple[Json, ...]:
    """Put nothing below a message."""
    return _NONE


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """Delivers by chat.postMessage. `below` gives the blocks that stand under a message of the bot; `pages`: the
    address of the house's own pages, "" where people cannot open them."""

    slack: Slack
    parts: Parts
    threads: Threads
    identity: Identity
    uploads: Uploads
    below: Callable[[Say], tuple[Json, ...]] = no_blocks
    pages: str = ""
    pace: Meter = field(default_factory=lambda: Meter(PACE))
    unsent: OrderedDict[str, None] = field(default_factory=OrderedDict)  # keys of which surely nothing doubtful went

    @property
    def capabilities(self) -> Capabilities:
        """What a message in Slack can show."""
        return Capabilities(
            length=MESSAGE_LIMIT,
            unit="utf16",
            buttons=BUTTONS,
            label=LABEL,
            threads=True,
            edits=True,
            deletes=True,
            file_bytes=MOST_FILE,
            sends_file_bytes=MOST_SENT,
        )

    async def send(self, address: Address, say: Say | Relay, key: str) -> Delivery:
        """Send one message to its place, part by part; a file that is too large is named in its place."""
        fit, others = parted(files_of(say), MOST_SENT)
        pieces: tuple[SlackMessage | File, ...] = (*self._messages(say), *fit)
        self.unsent.pop(key, None)

        async def one(place: int, piece: SlackMessage | File) -> Delivery:
            if isinstance(piece, File):
                return await self._shared(address, piece, key, place)
            rides = {"key": key, "part": place, "of": len(pieces)}
            return await self._posted(address, piece, {"event_type": EVENT, "event_payload": rides}, key)

        delivery = await self.parts.send(key, pieces, one)
        return Failed("a file is too large for Slack") if others and isinstance(delivery, Sent) else delivery

    async def look_up(self, address: Address, key: str) -> Sent | None:
        """Find a message by its metadata. Raises SlackError or TokenError where Slack cannot be asked now.

        The outbox takes that for another doubtful end and asks later: sending blindly could say everything twice.
        """
        if key in self.unsent:
            return None
        try:
            found, total = await self._found(address, key)
        except RefusedError as refused:
            if not is_final(refused):
                log.warning("it cannot be told whether a message has arrived: %s", story(refused))
                raise
            return None  # sending will say the same, and that it is for good
        refs = [found[place] for place in range(total) if place in found and all(n in found for n in range(place))]
        if total > 1 and refs:
            await self.parts.remember(key, refs)
        return Sent(ref=" ".join(refs)) if total and len(refs) == total else None

    async def _found(self, address: Address, key: str) -> tuple[dict[int, str], int]:
        """Name the parts that are there, by their place, and tell how many there should be."""
        found: dict[int, str] = {}
        total = 0
        async for payload, ref in self._ours(address, key):
            place, of = payload.get("part"), payload.get("of")
            if isinstance(place, int) and isinstance(of, int):
                found[place], total = ref, of
        return found, total

    async def private_address(self, address: Address) -> Address | None:
        """Give the direct message of the person whose request a public thread is; None where nobody is known.

        Raises SlackError and TokenError.
        """
        if address.key.startswith("D"):
            return address
        thread = await self.threads.of(address.account, address.key)
        if thread is None or not thread.requester:
            return None
        channel = await direct_message(self.slack, thread.requester)
        if not channel:
            return None
        await self.threads.change(address.account, channel, lambda held: begun_by(held, thread.requester))
        return Address(CHANNEL, address.account, channel)

    def _messages(self, say: Say | Relay) -> tuple[SlackMessage, ...]:
        if isinstance(say, Relay):
            return tuple(_signed(say))
        messages = slack_messages(with_pages(say.text, self.pages), say.buttons) or (SlackMessage("…", ()),)
        last = replace(messages[-1], blocks=(*_with_turn(messages[-1].blocks, say.turn), *self.below(say)))
        return (*messages[:-1], last)

    async def _posted(self, address: Address, message: SlackMessage, metadata: Json, key: str) -> Delivery:
        channel, _, thread = address.key.partition(":")
        if not await self._turn(channel):
            return self._surely_not(
                key, Retry(timedelta(seconds=PATIENCE), "too many messages at once here", counts=False)
            )
        try:
            told = await self.slack.call(
                "chat.postMessage",
                channel=channel,
                thread_ts=thread or None,
                text=message.text,
                blocks=list(message.blocks) or None,
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
            )
        except (SlackError, TokenError) as error:
            delivery = delivery_of(error)
            return self._surely_not(key, delivery) if is_sure(error) else delivery
        return Sent(ref=f"{channel}:{word(told, 'ts')}")

    async def _shared(self, address: Address, file: File, key: str, place: int) -> Delivery:
        """Share a file. However that ends, no message is looked for: whether it is there, its own note tells."""
        if not await self._turn(address.key.partition(":")[0]):
            return self._surely_not(
                key, Retry(timedelta(seconds=PATIENCE), "too many messages at once here", counts=False)
            )
        return self._surely_not(key, await self.uploads.share(address.key, file, f"slack:upload:{key}:{place}"))

    async def _turn(self, channel: str) -> bool:
        """Wait until a message may go to the channel; False where that takes too long."""
        began = time.monotonic()
        while wait := self.pace.wait(channel, time.monotonic()):
            if time.monotonic() + wait - began > PATIENCE:
                return False
            await asyncio.sleep(wait)
        return True

    def _surely_not(self, key: str, delivery: Delivery) -> Delivery:
        """Remember that there is nothing to look for: Slack limits looking up, too."""
        self.unsent[key] = None
        while len(self.unsent) > PLACES:
            self.unsent.popitem(last=False)
        return delivery

    async def _ours(self, address: Address, key: str) -> AsyncIterator[tuple[Json, str]]:
        """Give the metadata and name of each message there that was sent under this key."""
        own = await self.identity.own()
        channel, _, thread = address.key.partition(":")
        method = "conversations.replies" if thread else "conversations.history"
        cursor = ""
        for _ in range(PAGES):
            told = await self.slack.call(
                method,
                channel=channel,
                ts=thread or None,
                limit=PAGE,
                include_all_metadata=True,
                cursor=cursor or None,
            )
            for message in parts(told, "messages", most=1000):
                metadata = part(message, "metadata")
                payload = part(metadata, "event_payload")
                ours = word(metadata, "event_type") == EVENT and word(message, "user") in ("", own.user)
                if ours and word(payload, "key", most=1000) == key:
                    yield payload, f"{channel}:{word(message, 'ts')}"
            cursor = word(told, "response_metadata", "next_cursor", most=1000)
            if not cursor or not thread:  # a direct message: the latest come first, and ours is one of these
                return


async def direct_message(slack: Slack, user: str) -> str:
    """Open the direct message with a person; its id. Raises SlackError and TokenError."""
    return word(await slack.call("conversations.open", users=user), "channel", "id")


def _signed(relay: Relay) -> Iterator[SlackMessage]:
    """An agent's own words, under their name; a file needs no words."""
    name, absent = slack_words(relay.sender), too_large(relay, parted(relay.files, MOST_SENT)[1])
    words = slack_words("\n\n".join(filter(None, (relay.text.strip(), absent))))
    if not words and not relay.files:
        words = (SlackMessage("…", ()),)
    for place, message in enumerate(words or (SlackMessage("", ()),) * bool(name)):
        if place or not name:
            yield message
            continue
        line = {"type": "text", "text": " ".join(relay.sender.split())[:300], "style": {"bold": True}}
        head = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [line]}]}
        yield SlackMessage(f"{slack_escaped(relay.sender)[:300]}: {message.text}", (head, *message.blocks))


def _with_turn(blocks: tuple[Json, ...], turn: int) -> Iterator[Json]:
    """The blocks, with the turn in each button: a press tells which question it answers."""
    for block in blocks:
        if block.get("type") != "actions":
            yield block
            continue
        elements = [{**one, "value": button_value(turn, one["value"])} for one in block["elements"]]
        yield {**block, "elements": elements}
