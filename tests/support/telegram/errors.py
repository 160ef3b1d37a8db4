"""How the platform refuses: its codes, in its own words, with the parameters that it puts beside them."""

from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
UPGRADED = "group chat was upgraded to a supergroup chat"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET_MEANWHILE = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class RefusalError(Exception):
    """A call that is answered with an error."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> dict[str, Any]:
        """The answer as the client reads it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(words: str, **parameters: int) -> RefusalError:
    """The caller's fault."""
    return RefusalError(400, f"Bad Request: {words}", **parameters)


def unauthorized() -> RefusalError:
    """No bot has this token."""
    return RefusalError(401, "Unauthorized")


def forbidden(words: str) -> RefusalError:
    """The other side does not want it."""
    return RefusalError(403, f"Forbidden: {words}")


def unknown_method() -> RefusalError:
    """No method has this name."""
    return RefusalError(404, "Not Found: method not found")


def conflict(words: str) -> RefusalError:
    """Two want the same updates."""
    return RefusalError(409, f"Conflict: {words}")


def too_many(seconds: int) -> RefusalError:
    """The bot goes too fast; it may come again after these seconds."""
    return RefusalError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
