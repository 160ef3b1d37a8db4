"""A real browser at a house that `guichet run` opened."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.needs import ROOT, require
from tests.support.served import Served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The pictures of the docs are taken by these tests; `PICTURES=docs` renews them, otherwise they go to a scratch folder.
PICTURES = "PICTURES"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house, one for all tests here: every page of a test is a visitor of its own."""
    served = Served(tmp_path_factory.mktemp("served") / "home")
    served.start()
    yield served
    served.stop()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium with nothing of its own going over the network."""
    program = require("browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Open pages, each in a browser profile of its own; a fault on any of them fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(path: str = "/", locale: str = "fr-FR", **options: object) -> Page:
        shape = {"viewport": {"width": 1280, "height": 820}, "timezone_id": "Europe/Paris", **options}
        contexts.append(browser.new_context(locale=locale, **shape))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: faults.append(told.text) if "Content Security" in told.text else None)
        page.goto(served.base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go."""
    folder = ROOT / "docs" / "screenshots" if os.environ.get(PICTURES) == "docs" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder
