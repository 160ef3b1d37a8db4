"""Files that people sent, brought from the platform: never more of one than a bot is given."""

import asyncio

import httpx
from telegram.error import BadRequest

from bot.channels.fetching import GoneError
from bot.channels.telegram.attached import MOST_BYTES, REF
from bot.channels.telegram.ends import says
from bot.channels.telegram.line import TIMEOUT, Line

SECONDS = 120.0  # for one file: those behind it wait
_NEVER = ("file is too big", "wrong file", "invalid file", "file_id not specified", "file reference")


async def fetched(line: Line, ref: str) -> bytes:
    """Bring a file. Raises GoneError where the platform never gives it, else what may pass."""
    bot = await line.bot()
    try:
        file = await bot.get_file(ref.removeprefix(REF))
    except BadRequest as error:
        if any(says(error, words) for words in _NEVER):
            raise GoneError("the platform does not give it") from None
        raise
    if not file.file_path:
        raise GoneError("the platform does not say where it is")
    return await _downloaded(file.file_path)


async def _downloaded(address: str) -> bytes:
    """Read an address, which holds the token: no error may tell it."""
    content = bytearray()
    async with (
        asyncio.timeout(SECONDS),
        httpx.AsyncClient(timeout=TIMEOUT) as client,
        client.stream("GET", address) as answer,
    ):
        if answer.status_code != httpx.codes.OK:  # its way holds for an hour; the next try asks for a new one
            raise ConnectionError(f"the download answered {answer.status_code}")
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > MOST_BYTES:
                raise GoneError("it is larger than it was said to be")
    return bytes(content)
