"""A house that serves the web chat, shared by the tests of this folder: each opens a chat of its own."""

from collections.abc import Iterator

import pytest

from tests.support.web import WebHouse, running_web


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebHouse]:
    """The house and its pages."""
    with running_web(tmp_path_factory.mktemp("web") / "home") as web:
        yield web
