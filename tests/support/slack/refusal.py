"""How a Web API method says no."""

from typing import Any

Json = dict[str, Any]


class RefusalError(Exception):
    """The answer `{"ok": false, "error": ...}` with what Slack adds to it."""

    def __init__(self, error: str, status: int = 200, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.headers = headers or {}
        self.more = more

    def answer(self) -> Json:
        """The body to send."""
        return {"ok": False, "error": self.error, **self.more}


def refused_with(error: str, messages: list[str], **more: Any) -> RefusalError:
    """A refusal that explains itself in `response_metadata.messages`."""
    return RefusalError(error, response_metadata={"messages": [f"[ERROR] {words}" for words in messages]}, **more)
