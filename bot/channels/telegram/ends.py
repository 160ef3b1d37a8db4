"""What the platform's refusals mean: how a delivery ended, and what to mend. Their own texts go nowhere."""

from datetime import timedelta

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.line import NoTokenError, ServerError, TooManyError
from bot.ports.delivery import Delivery, Failed, Retry, Unknown

# Nothing has left the machine when one of these comes.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

TOKEN_MEND = "channels.telegram.token_file: the token that @BotFather gave for this bot"
OTHER_READER = "another program reads this bot: stop it, or revoke the token with @BotFather"
_UNOPENED = "can't initiate"
_GONE = {
    "chat not found": "chat not found",
    "blocked by the user": "blocked by the person",
    "user is deactivated": "the person's account is gone",
    "kicked": "the bot was removed from the group",
    "not a member": "the bot is not in the group",
    "not enough rights": "the bot may not write in this group",
    "no rights": "the bot may not write in this group",
}


def ended(error: TelegramError) -> Delivery:
    """Tell how a send ended that raised this."""
    match error:
        case TooManyError(after=after):
            return Retry(timedelta(seconds=after), "the platform asks for patience", counts=False)
        case InvalidToken() | NoTokenError():
            return Retry(why=told(error))
        case Forbidden() if _UNOPENED in error.message:  # they were asked in a group to open the chat
            return Retry(why="the person has not begun a chat")
        case Forbidden():
            return Failed(_reason(error, "blocked by the person"))
        case BadRequest():
            return Failed(_reason(error, "the platform refuses the message"))
        case ServerError():
            return Retry(why="the platform is in trouble")
        case _:
            return _lost(error)


def _lost(error: TelegramError) -> Delivery:
    cause = error.__cause__
    if isinstance(cause, _NEVER_SENT):
        return Retry(why=type(cause).__name__)
    return Unknown(type(cause).__name__ if isinstance(cause, httpx.HTTPError) else type(error).__name__)


def told(error: Exception) -> str:
    """Tell what is wrong and what to mend, in a line for the log."""
    what, mend = fault(error)
    return f"{what} -> {mend}" if mend else what


def fault(error: Exception) -> tuple[str, str]:
    """Tell what is wrong, and what to mend where somebody can."""
    match error:
        case NoTokenError():
            return f"the token cannot be read ({error})", "channels.telegram.token_file"
        case InvalidToken(message="malformed"):
            return "the token is none", TOKEN_MEND
        case InvalidToken():
            return "the platform refused the token", TOKEN_MEND
        case Conflict():
            return "the platform gives the updates to somebody else", OTHER_READER
        case TooManyError():
            return "the platform asks for patience", ""
        case ServerError():
            return "the platform is in trouble", ""
        case TelegramError(__cause__=httpx.HTTPError() as cause):
            return f"the platform is not reached ({type(cause).__name__})", "network, proxy, and channels.telegram.api"
        case TelegramError():
            return f"the platform's answer is not understood ({type(error).__name__})", "channels.telegram.api"
        case _:
            return f"updates cannot be taken ({type(error).__name__})", ""


def says(error: TelegramError, words: str) -> bool:
    """Whether a refusal has these words; the platform changes their case, never the words."""
    return words in error.message.lower()


def _reason(error: TelegramError, otherwise: str) -> str:
    return next((reason for words, reason in _GONE.items() if says(error, words)), otherwise)
