"""A client of the Bot API with no library in between."""

from types import TracebackType
from typing import Any

import httpx

from tests.support.telegram.api import BotApi
from tests.support.telegram.shapes import Json


class Plain:
    """Calls methods and gives what came back, as it came."""

    def __init__(self, api: BotApi, token: str = "") -> None:
        self.http = httpx.Client(base_url=f"{api.base_url}{token or api.token}", timeout=30)

    def __enter__(self) -> "Plain":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.http.close()

    def call(self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **parameters: Any) -> Json:
        """The whole answer. Parameters go as JSON; beside files as a form."""
        if files:
            return dict(self.http.post(f"/{method}", data=parameters, files=files).json())
        return dict(self.http.post(f"/{method}", json=parameters).json())

    def result(self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **parameters: Any) -> Any:
        """What a method gives. Raises AssertionError where it refuses."""
        answer = self.call(method, files, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    def refusal(self, method: str, files: dict[str, tuple[str, bytes]] | None = None, **parameters: Any) -> str:
        """The words in which a method refuses. Raises AssertionError where it does not."""
        answer = self.call(method, files, **parameters)
        assert not answer["ok"], answer
        return str(answer["description"])
