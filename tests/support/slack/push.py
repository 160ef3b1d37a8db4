"""Signed HTTP: the way to an app that has an address of its own."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from tests.support.slack.courier import RefusedForGood
from tests.support.slack.parcels import Parcel
from tests.support.slack.refusal import Json
from tests.support.slack.world import World

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signature(secret: str, stamp: str, body: str) -> str:
    """Slack's signature, version 0."""
    return f"v0={hmac.new(secret.encode(), f'v0:{stamp}:{body}'.encode(), hashlib.sha256).hexdigest()}"


@dataclass
class Push:
    """Sends parcels to the addresses that the app registered."""

    world: World
    events: str = ""
    interactions: str = ""
    commands: str = ""
    ack_limit: float = 3.0  # seconds
    statuses: list[int] = field(default_factory=list)  # what the app answered, in order

    async def carry(self, parcel: Parcel, attempt: int, reason: str) -> tuple[str, Json]:
        """POST once."""
        address, body, kind = self.letter(parcel)
        headers = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        try:
            status, answer, no_retry = await self.post(address, body, kind, headers)
        except TimeoutError:
            return "http_timeout", {}
        except aiohttp.ClientError:
            return "connection_failed", {}
        self.statuses.append(status)
        if 200 <= status < 300:
            return "", said_in(answer)
        if no_retry:
            raise RefusedForGood
        return "http_error", {}

    async def post(self, address: str, body: str, kind: str, headers: dict[str, str]) -> tuple[int, str, bool]:
        """One signed request: its status, its answer, and whether the app wants no repetition."""
        stamp = str(int(self.world.clock.now()))
        secret = "wrong" if self.world.faults.bad_signature else self.world.app.signing_secret
        signed = {
            "Content-Type": kind, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(secret, stamp, body),
        }  # fmt: skip
        limit = aiohttp.ClientTimeout(total=self.ack_limit)
        async with (
            aiohttp.ClientSession(timeout=limit) as session,
            session.post(address, data=body.encode(), headers=signed | headers, allow_redirects=False) as answer,
        ):
            return answer.status, await answer.text(), answer.headers.get("X-Slack-No-Retry") == "1"

    def letter(self, parcel: Parcel) -> tuple[str, str, str]:
        """Address, body and content type."""
        match parcel.kind:
            case "events_api":
                return self.events, json.dumps(parcel.payload), JSON
            case "interactive":
                return self.interactions or self.events, urlencode({"payload": json.dumps(parcel.payload)}), FORM
            case "slash_commands":
                return self.commands or self.events, urlencode(parcel.payload), FORM

    async def verify(self, address: str) -> bool:
        """Ask the address to prove that it speaks for the app."""
        challenge = self.world.new_id("challenge")
        body = {"token": self.world.app.verification_token, "challenge": challenge, "type": "url_verification"}
        try:
            status, answer, _ = await self.post(address, json.dumps(body), JSON, {})
        except (TimeoutError, aiohttp.ClientError):
            return False
        return status == 200 and challenge in (answer.strip(), said_in(answer).get("challenge"))


def said_in(answer: str) -> Json:
    """What the app says in its acknowledgement: JSON, or words for a command."""
    try:
        said = json.loads(answer) if answer.strip() else {}
    except ValueError:
        return {"text": answer}
    return said if isinstance(said, dict) else {}
