"""A fresh workspace for each test, and the second opinions on it: apps on Slack's own frameworks."""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.support.slack.echo import running_python_echo
from tests.support.slack.nodejs import NoNodeError, node_with_clients, running_node
from tests.support.slack.server import free_port
from tests.support.slack.workspace import Workspace

Echo = Callable[[Workspace], AbstractContextManager[None]]
WAYS = ["python over sockets", "python over http", "javascript over sockets", "javascript over http"]


@pytest.fixture
def slack() -> Iterator[Workspace]:
    """A workspace with the app in it, and nobody else."""
    with Workspace() as workspace:
        yield workspace


@pytest.fixture
def javascript() -> None:
    """Slack's clients for JavaScript, or the test is skipped by name; CI must have them."""
    try:
        node_with_clients()
    except NoNodeError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}, and CI must not skip it", pytrace=False)
        pytest.skip(str(missing))


@contextlib.contextmanager
def running_javascript_echo(slack: Workspace, port: int | None, log: Path) -> Iterator[None]:
    """The JavaScript app, over Socket Mode, or over HTTP where there is a port."""
    way = (
        {"PORT": str(port), "SLACK_SIGNING_SECRET": slack.app.signing_secret}
        if port
        else {"SLACK_APP_TOKEN": slack.app.app_token}
    )
    token = slack.app.bot_token
    with running_node("echo.js", log, SLACK_API=f"{slack.url}/api/", SLACK_BOT_TOKEN=token, **way):
        yield


@pytest.fixture(params=WAYS)
def echoed(request: pytest.FixtureRequest, slack: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with the echo app connected to it."""
    language, _, way = request.param.partition(" over ")
    port = free_port() if way == "http" else None
    if language == "javascript":
        request.getfixturevalue("javascript")
        running = running_javascript_echo(slack, port, tmp_path / "node.log")
    else:
        running = running_python_echo(slack, port)
    with running:
        if port:
            slack.subscribe(f"http://127.0.0.1:{port}/slack/events")
        yield slack
