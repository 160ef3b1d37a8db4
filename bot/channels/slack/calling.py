"""Calls of Slack's Web API: each end told as it is, no secret and no word of anybody in an error."""

import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.slack.payload import Json
from bot.channels.slack.tokens import TokenError, Tokens
from bot.ports.delivery import Delivery, Failed, Retry, Unknown

SECONDS = 20  # for one call, and of these for a connection:
CONNECT_SECONDS = 10
HURRY = 2.0  # seconds for a call that something waits for which Slack wants acknowledged within 3
LONGEST_WAIT = 3600.0  # seconds that Slack may tell us to wait
# Slack reads the arguments of these from the address, and no JSON.
_READS = frozenset(
    ("users.info", "conversations.history", "conversations.replies", "conversations.info", "conversations.list")
) | {"files.info", "files.getUploadURLExternal"}
_MENDS = {
    "invalid_auth": "channels.slack.bot_token_file: the token is not, or no longer, one of this app",
    "not_authed": "channels.slack.bot_token_file",
    "account_inactive": "install the app again: its workspace or its bot is gone",
    "token_revoked": "install the app again and put the new token into channels.slack.bot_token_file",
    "token_expired": "channels.slack.refresh_token_file: the app renews its tokens",
    "missing_scope": "give the app the scopes of `guichet slack manifest` and install it again",
    "not_allowed_token_type": "channels.slack: bot_token_file takes xoxb-, app_token_file takes xapp-",
    "invalid_refresh_token": "channels.slack.refresh_token_file: generate a new one at Slack",
    "bad_client_secret": "channels.slack.client_secret_file",
    "invalid_client_id": "channels.slack.client_id",
    "ekm_access_denied": "the organisation's administrators keep the app out",
}
_OURS = frozenset(_MENDS) - {"account_inactive"}
_FINAL = frozenset(
    [
        "channel_not_found",
        "is_archived",
        "user_not_found",
        "not_in_channel",
        "account_inactive",
        "restricted_action",
        "cannot_dm_bot",
        "user_disabled",
        "msg_too_long",
        "msg_blocks_too_long",
        "invalid_blocks",
        "invalid_arguments",
        "no_text",
        "thread_not_found",
        "messages_tab_disabled",
        "user_not_visible",
        "restricted_action_thread_only_channel",
        "restricted_action_read_only_channel",
        "cannot_reply_to_message",
        "metadata_too_large",
        "invalid_metadata_format",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
    ]
)
_LATER = frozenset(
    ["ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"]
)
quiet = logging.getLogger(f"{__name__}.sdk")
quiet.setLevel(logging.CRITICAL)  # the library's own lines repeat what people wrote


class SlackError(Exception):
    """A call that did not end as asked."""

    mend = "channels.slack.api, and the network between here and slack.com"


class UnreachedError(SlackError):
    """Slack never heard of the call."""


class LostError(SlackError):
    """The call went out, and its answer never came: it may have been done."""


class RefusedError(SlackError):
    """Slack refused: `error` is its word for it, "" where it gave none; `after`: seconds it wants to be left alone."""

    def __init__(self, error: str, status: int = 200, after: float | None = None) -> None:
        super().__init__(error or f"HTTP {status}")
        self.error, self.status, self.after = error, status, after
        self.mend = _MENDS.get(error, "")


class Slack:
    """The Web API under one address, with the bot's token."""

    def __init__(self, api: str, tokens: Tokens) -> None:
        self.client = AsyncWebClient(base_url=api, timeout=SECONDS, retry_handlers=[], logger=quiet)
        self._tokens = tokens

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[aiohttp.ClientSession]:
        """Hold connections open meanwhile; without it each call makes its own."""
        limits = aiohttp.ClientTimeout(total=SECONDS, sock_connect=CONNECT_SECONDS)
        async with aiohttp.ClientSession(timeout=limits, trust_env=True) as session:
            self.client.session = session
            try:
                yield session
            finally:
                self.client.session = None

    async def call(self, method: str, **fields: Any) -> Json:
        """Call as the bot. Raises SlackError and TokenError."""
        return _data(await self.told(method, **fields))

    async def told(self, method: str, **fields: Any) -> AsyncSlackResponse:
        """Call as the bot, and give the whole answer; a token that Slack calls expired is renewed once."""
        token = await self._tokens.token()
        try:
            return await self.ask(method, token, **fields)
        except RefusedError as refused:
            if refused.error not in ("token_expired", "invalid_auth", "token_revoked"):
                raise
            other = await self._tokens.token(refused=token)
            if other == token:
                raise
        return await self.ask(method, other, **fields)

    async def ask(self, method: str, token: str, **fields: Any) -> AsyncSlackResponse:
        """Call with any token. Raises SlackError."""
        reads = method in _READS
        given = {key: value for key, value in fields.items() if value is not None} | {"token": token}
        try:
            if reads:
                return await self.client.api_call(method, http_verb="GET", params=given)
            return await self.client.api_call(method, json=given)
        except SlackApiError as error:
            raise _refused(error) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise UnreachedError("Slack is not reached") from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise LostError("Slack’s answer never came") from None

    async def renewed(self, client_id: str, client_secret: str, refresh_token: str) -> Json:
        """Ask for a new token; the refresh token is then void. Raises TokenError."""
        form = {"client_id": client_id, "client_secret": client_secret, "refresh_token": refresh_token}
        form["grant_type"] = "refresh_token"
        try:
            told = await self.client.api_call("oauth.v2.access", data=form)
        except SlackApiError as error:
            refused = _refused(error)
            raise TokenError(f"Slack gives no new token ({refused})", refused.mend or "slack.com") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TokenError(f"Slack gives no new token ({type(error).__name__})", SlackError.mend) from None
        return _data(told)


def delivery_of(error: SlackError | TokenError) -> Delivery:
    """Tell what an error means for a message that was to go out."""
    if isinstance(error, TokenError):
        return Retry(why=story(error))
    if isinstance(error, UnreachedError):
        return Retry(why=str(error))
    if not isinstance(error, RefusedError):
        return Unknown(str(error))
    if error.after is not None:
        return Retry(timedelta(seconds=error.after), "Slack wants us to slow down", counts=False)
    if is_final(error):
        return Failed(error.error)
    return Retry(why=story(error))


def is_final(error: SlackError | TokenError) -> bool:
    """Whether it will never work at this place."""
    return isinstance(error, RefusedError) and error.error in _FINAL


def is_sure(error: SlackError | TokenError) -> bool:
    """Whether nothing was done, beyond doubt."""
    if isinstance(error, RefusedError):
        return error.status == 429 or (error.status < 500 and bool(error.error) and error.error not in _LATER)
    return isinstance(error, UnreachedError | TokenError)


def is_ours_to_mend(error: SlackError | TokenError) -> bool:
    """Whether it stays so until somebody mends it here."""
    return isinstance(error, TokenError) or (isinstance(error, RefusedError) and error.error in _OURS)


def story(error: SlackError | TokenError) -> str:
    """What is wrong, and the mend."""
    return f"{error} -> {error.mend}" if error.mend else str(error)


def _data(told: AsyncSlackResponse) -> Json:
    return told.data if isinstance(told.data, dict) else {}


def _refused(error: SlackApiError) -> RefusedError:
    told = error.response
    if not isinstance(told, AsyncSlackResponse):
        return RefusedError("", int(getattr(told, "status", 0) or 0))
    data = _data(told)
    word = data.get("error")
    return RefusedError(word[:100] if isinstance(word, str) else "", told.status_code, _after(told))


def _after(told: AsyncSlackResponse) -> float | None:
    if told.status_code != 429:
        return None
    wait = told.headers.get("Retry-After", "")
    return min(float(wait), LONGEST_WAIT) if wait.isdecimal() else 30.0
