"""Marks that name what a test needs of the machine, and the fixtures that bring it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.needs import NEEDS, postfix_program, require

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.support.mailhouse import MailHouse
    from tests.support.postgres import Server
    from tests.support.redmine.server import RedmineServer
    from tests.support.tracker.server import Tracker

# A busy machine is slow, not wrong: properties are judged by what they find, never by the time they take.
settings.register_profile("desk", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("desk")

# A test that asks for one of these fixtures carries the mark without being told.
MARKED_BY_FIXTURE = {
    "postgres_server": "postgres",
    "browser": "browser",
    "mail_house": "mail",
    "smtp_house": "smtp",
    "redmine": "redmine",
    "tracker": "tracker",
    "shared": "shared",
}


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the house does."""
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by the fixtures it asks for, so that `-m` selects what it means."""
    for item in items:
        for fixture, mark in MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test by name where the machine lacks what its marks ask for; see tests/support/needs.py."""
    for mark in NEEDS:
        if item.get_closest_marker(mark):
            require(mark)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material folder beside the checkout."""
    return require("shared")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["Server"]:
    """One PostgreSQL server for the session (for each worker, when several run)."""
    programs = require("postgres")
    from tests.support.postgres import running_server  # psycopg stands in an extra

    with running_server(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: "Server") -> Iterator[str]:
    """SQLAlchemy address of a database that lasts for the session."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_server: "Server") -> Iterator[str]:
    """SQLAlchemy address of a fresh, empty database for this test alone."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def mail_house() -> Iterator["MailHouse"]:
    """Real mail servers for the session; ask for `smtp_house` where Postfix must be among them."""
    dovecot = require("mail")
    from tests.support.mailhouse import running_mail_house  # for most tests there is no mail

    with running_mail_house(dovecot, postfix_program()) as house:
        yield house


@pytest.fixture(scope="session")
def smtp_house(mail_house: "MailHouse") -> "MailHouse":
    """The same servers, Postfix included."""
    require("smtp")
    return mail_house


@pytest.fixture(scope="session")
def tracker() -> Iterator["Tracker"]:
    """A real Request Tracker for the session; a test makes its own queue there."""
    require("tracker")
    from tests.support.tracker.server import running_tracker  # for most tests there is none

    with running_tracker() as server:
        yield server


@pytest.fixture(scope="session")
def redmine() -> Iterator["RedmineServer"]:
    """One Redmine for the session (for each worker, when several run)."""
    folder = require("redmine")
    from tests.support.redmine.server import running_redmine  # for most tests there is none

    with running_redmine(folder) as server:
        yield server


@pytest.fixture
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, driven by Playwright's synchronous interface.

    For one test only: while Playwright runs, its thread counts as inside an event loop and async tests would refuse.
    """
    program = require("browser")
    from playwright.sync_api import sync_playwright

    # Chromium's sandbox refuses root, which is what containers run as.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()
