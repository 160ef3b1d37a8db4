"""Files that people sent, fetched from Slack: the token goes to Slack's own servers and nowhere else."""

from urllib.parse import urlsplit

import aiohttp

from bot.channels.fetching import GoneError
from bot.channels.slack.calling import CONNECT_SECONDS, RefusedError, Slack
from bot.channels.slack.payload import Json, part, word
from bot.channels.slack.taking import MOST_FILE
from bot.channels.slack.tokens import Tokens

SECONDS = 120  # for one file
HOMES = ("slack.com", "slack-edge.com", "slack-files.com")
GONE = frozenset(("file_not_found", "file_deleted", "not_visible", "access_denied"))


class LockedError(Exception):
    """Slack gave something else than the file: its sign-in page, or more than was announced."""


class Store:
    """Gets the bytes of files."""

    def __init__(self, slack: Slack, tokens: Tokens, api: str) -> None:
        self._slack, self._tokens, self._api = slack, tokens, api

    async def fetch(self, ref: str) -> bytes:
        """Give the bytes of slack:ID. Raises GoneError where there are none, anything else where later helps."""
        file = await self._file(ref.partition(":")[2])
        address = word(file, "url_private_download", most=4000) or word(file, "url_private", most=4000)
        size = file.get("size")
        if not address or file.get("is_external") is True or (isinstance(size, int) and size > MOST_FILE):
            raise GoneError
        if not is_slack(address, self._api):
            raise GoneError
        timeout = aiohttp.ClientTimeout(total=SECONDS, sock_connect=CONNECT_SECONDS)
        headers = {"Authorization": f"Bearer {await self._tokens.token()}"}
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(address, headers=headers, allow_redirects=False) as answer,
        ):
            return await _content(answer, word(file, "mimetype"))

    async def _file(self, ref: str) -> Json:
        try:
            return part(await self._slack.call("files.info", file=ref), "file")
        except RefusedError as refused:
            if refused.error in GONE:
                raise GoneError from None
            raise


def is_slack(address: str, api: str) -> bool:
    """Whether the token, or a file, may go there: a server of Slack's, or the one that we call anyway."""
    told, ours = urlsplit(address), urlsplit(api)
    if (told.scheme, told.netloc) == (ours.scheme, ours.netloc):
        return True
    host = (told.hostname or "").lower()
    return told.scheme == "https" and any(host == home or host.endswith(f".{home}") for home in HOMES)


async def _content(answer: aiohttp.ClientResponse, kind: str) -> bytes:
    if answer.status in (404, 410):
        raise GoneError
    if answer.status != 200:
        raise LockedError(f"HTTP {answer.status}")
    if answer.content_type == "text/html" and kind != "text/html":
        raise LockedError("a page instead of the file: is files:read among the app's scopes?")
    content = bytearray()
    async for piece in answer.content.iter_chunked(65536):
        content += piece
        if len(content) > MOST_FILE:
            raise GoneError
    return bytes(content)
