"""The chat page while the server goes away and comes back: what was written meanwhile arrives, once."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_browser import FIRST, press, write
from tests.support.served import Served


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A house of the test's own."""
    served = Served(tmp_path / "home")
    served.start()
    yield served
    served.stop()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_is_written_while_the_server_is_away_arrives_once_it_is_back(browser: Browser, own: Served, how):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(own.base)
    write(page, FIRST)
    press(page, "Moi uniquement")
    expect(page.get_by_role("log")).to_contain_text("Où êtes-vous")

    own.stop(how)
    write(page, "à la maison")
    expect(page.locator(".row.person.sending")).to_contain_text("à la maison")
    expect(page.get_by_text("Connexion perdue")).to_be_visible(timeout=30_000)

    own.start()
    expect(page.get_by_role("log")).to_contain_text("À essayer", timeout=60_000)
    expect(page.get_by_text("Connexion perdue")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("log")).to_contain_text("À essayer")
    assert page.locator(".row.person", has_text="à la maison").count() == 1
    assert page.locator(".row.person").count() == 3
    context.close()


def test_an_open_page_does_not_keep_the_server_from_stopping(browser: Browser, own: Served):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(own.base)
    write(page, FIRST)
    expect(page.get_by_role("button", name="Moi uniquement")).to_be_visible()
    assert own.stop(signal.SIGINT) in (0, 130)
    context.close()
