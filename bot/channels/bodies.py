"""The body of a request from outside: never more of it than allowed, and never waited for long."""

import asyncio

from starlette.requests import ClientDisconnect, Request

SECONDS = 15.0  # for a whole body: platforms send theirs at once


class BodyError(Exception):
    """There is no body to be used; `status` is what its sender is told."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


async def body_of(request: Request, most: int) -> bytes:
    """Read a body of at most so many bytes. Raises BodyError: 413 for a larger one, 408 for a slow one, 400."""
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise BodyError(413)
    except TimeoutError:
        raise BodyError(408) from None
    except ClientDisconnect:
        raise BodyError(400) from None
    return bytes(body)
