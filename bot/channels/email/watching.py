"""The way in from a mailbox: one thread that owns one connection, woken by IDLE, catching up by the mails' numbers."""

import asyncio
import contextlib
import logging
import random
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from bot.channels.email.correspondence import Letterbook
from bot.channels.email.server import Credential, Server
from bot.channels.email.taking import MOST_BYTES
from bot.channels.email.trouble import NoFolderError, trouble
from bot.ports.ledger import NotWrittenError

TIMEOUT = 15.0  # seconds for any answer of the server
# Seconds that the watch listens before it looks for itself. News that comes in one piece with the server's "go on" is
# held back by the reader's buffer: soon after other news it looks soon, later more seldom.
SHORTEST, LONGEST = 1.0, 25.0
LONGEST_WAIT = 60.0  # seconds between two tries to connect
BATCH = 20  # mails between two marks of how far the mailbox is read
TRIES = 3  # at one mail, before it is left in the mailbox and the next one is read
AGAIN = timedelta(days=14)  # how far back a mailbox is read that was made anew; what is known is refused by its key

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way to the server that holds the mailbox. `patience`: seconds for the server to greet."""

    server: Server
    folder: str = "INBOX"
    patience: float = TIMEOUT

    @contextlib.contextmanager
    def open(self) -> Iterator[IMAPClient]:
        """Connect and sign in; a token that is refused is renewed once. Raises what imapclient and `credential` do."""
        client = self._signed_in()
        try:
            yield client
        finally:
            _close(client)

    def chosen(self, client: IMAPClient) -> Mapping[bytes, Any]:
        """Choose the folder, and change nothing in it. Raises NoFolderError, and what imapclient does."""
        try:
            return dict(client.select_folder(self.folder, readonly=True))
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            raise NoFolderError(self.folder, _folders(client)) from None

    def _signed_in(self) -> IMAPClient:
        credential = self.server.credential()
        try:
            return self._connected(credential)
        except LoginError:
            other = self.server.instead_of(credential)
            if other is None:
                raise
        return self._connected(other)

    def _connected(self, credential: Credential) -> IMAPClient:
        server, patience = self.server, self.patience
        client = IMAPClient(server.host, server.port, ssl=server.tls, ssl_context=server.context, timeout=patience)
        try:
            client.socket().settimeout(TIMEOUT)
            if not self.server.tls:
                client.starttls(self.server.context)
            credential.sign_in(client)
        except BaseException:
            _close(client)
            raise
        return client


def _folders(client: IMAPClient) -> tuple[str, ...]:
    """Name the folders that can be read."""
    told = client.list_folders()
    return tuple(sorted(str(name) for flags, _, name in told if not {b"\\Noselect", b"\\NonExistent"} & set(flags)))


def _close(client: IMAPClient) -> None:
    with contextlib.suppress(Exception):  # it is over either way
        client.shutdown()


class MailboxWatch:
    """Reads a mailbox, each mail in its order, and looks no further until it is durable."""

    def __init__(self, entrance: Entrance, book: Letterbook, take: Callable[[bytes], Awaitable[Any]]) -> None:
        """`take` stores one mail, or raises where it could not."""
        self._entrance, self._book, self._take = entrance, book, take
        self._stopped = threading.Event()
        self._client: IMAPClient | None = None
        self._tries: dict[int, int] = {}

    async def run(self) -> None:
        """Watch until cancelled."""
        loop = asyncio.get_running_loop()
        over = loop.create_future()
        thread = threading.Thread(target=self._watch, args=(loop, over), name="mailbox", daemon=True)
        thread.start()
        try:
            await asyncio.shield(over)
        finally:
            self._stop()
            await asyncio.wait([over], timeout=TIMEOUT)

    def _stop(self) -> None:
        self._stopped.set()
        if client := self._client:
            with contextlib.suppress(Exception):  # shutting the socket wakes the thread that listens to it
                client.shutdown()

    def _watch(self, loop: asyncio.AbstractEventLoop, over: "asyncio.Future[None]") -> None:
        wait = 1.0
        while not self._stopped.is_set():
            began = time.monotonic()
            try:
                self._serve(loop)
            except Exception as error:  # whatever it is, the mailbox is read on; a server's text may hold words
                if not self._stopped.is_set():
                    log.warning("mailbox of %s: %s, again in %.0f s", self._book.account, self._story(error), wait)
            if time.monotonic() - began > LONGEST_WAIT:
                wait = 1.0
            self._stopped.wait(wait * random.uniform(0.75, 1.25))  # all at once would be a blow
            wait = min(wait * 2, LONGEST_WAIT)
        loop.call_soon_threadsafe(_end, over)

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        self._client = None
        with self._entrance.open() as client:
            self._client = client
            chosen = self._entrance.chosen(client)
            listen = SHORTEST
            while not self._stopped.is_set():
                came = self._catch_up(client, int(chosen[b"UIDVALIDITY"]), int(chosen[b"UIDNEXT"]), loop)
                listen = SHORTEST if came else min(listen * 2, LONGEST)
                self._listen(client, listen)

    def _catch_up(self, client: IMAPClient, validity: int, following: int, loop: asyncio.AbstractEventLoop) -> bool:
        """Take all mails that came since the last one taken, until a search finds none; tell whether any came."""
        cursor = _asked(self._book.cursor(), loop)
        last = first = cursor["uid"]
        if cursor["validity"] != validity:
            # The first time ever nobody wants answers to the mails of years; a mailbox made anew is read again.
            old = _recent(client) if cursor["validity"] else ()
            self._take_all(client, validity, old, loop)
            last = max((following - 1, *old))
            _asked(self._book.read_up_to(validity, last), loop)
        while uids := _new(client, last):
            self._take_all(client, validity, uids, loop)
            last = uids[-1]
        return bool(last != first)

    def _take_all(
        self, client: IMAPClient, validity: int, uids: Sequence[int], loop: asyncio.AbstractEventLoop
    ) -> None:
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            for uid in batch:
                self._fetch(client, uid, loop)
            _asked(self._book.read_up_to(validity, batch[-1]), loop)

    def _fetch(self, client: IMAPClient, uid: int, loop: asyncio.AbstractEventLoop) -> None:
        told = client.fetch([uid], [f"BODY.PEEK[]<0.{MOST_BYTES}>"]).get(uid)
        if told is None:  # somebody moved or deleted it meanwhile
            return
        raw = next(value for key, value in told.items() if key.startswith(b"BODY[]"))
        try:
            _asked(self._take(raw or b""), loop)
        except NotWrittenError:  # nothing is wrong with it
            raise
        except Exception:
            self._tries[uid] = self._tries.get(uid, 0) + 1
            if self._tries[uid] < TRIES:
                raise
            log.error("mailbox of %s: mail %d cannot be taken; it stays in the mailbox", self._book.account, uid)
        self._tries.pop(uid, None)

    def _listen(self, client: IMAPClient, most: float) -> None:
        """Wait for news, so long at most. Raises ConnectionError where the server is gone without a word."""
        if not client.has_capability("IDLE"):
            self._stopped.wait(most)
            client.noop()
            return
        client.idle()
        began = time.monotonic()
        news = client.idle_check(timeout=most)
        if any(one[0] == b"BYE" for one in news) or (not news and time.monotonic() - began < most / 2):
            raise ConnectionResetError("the server is gone")  # imapclient tells an end of file as no news at once
        client.idle_done()

    def _story(self, error: Exception) -> str:
        """What is wrong; once we are in, the keys that led there are right."""
        told = trouble(error, self._entrance.server, "imap")
        is_in = self._client is not None and not isinstance(error, NoFolderError)
        return told.told if is_in else str(told)


def _new(client: IMAPClient, last: int) -> Sequence[int]:
    """List the mails after the last one; servers name the newest also where there is none."""
    return sorted(uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last)


def _recent(client: IMAPClient) -> Sequence[int]:
    since = (datetime.now(UTC) - AGAIN).date()
    return sorted(client.search(["SINCE", since]))


def _asked(what: Awaitable[T], loop: asyncio.AbstractEventLoop) -> T:
    """Have the loop do something, and wait for it in this thread."""

    async def done() -> T:
        return await what

    work: Coroutine[Any, Any, T] = done()
    return asyncio.run_coroutine_threadsafe(work, loop).result()


def _end(over: "asyncio.Future[None]") -> None:
    if not over.done():
        over.set_result(None)
