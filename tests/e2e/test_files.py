"""A file that an agent sends, saved from the chat page in a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.ports.inbound import Inbound
from bot.store.files import FolderFiles
from tests.support.enclosed import CONTENTS, NAMES, WORDS, Answer
from tests.support.web import WebHouse, running_web


@contextmanager
def answered(browser: Browser, web: WebHouse, answer: Answer, locale: str, lacks: str = "") -> Iterator[Page]:
    """A page on which an agent has answered with two files."""
    context = browser.new_context(locale=locale, accept_downloads=True)
    page = context.new_page()
    page.goto(web.base)
    page.get_by_role("textbox").fill("mon imprimante ne marche plus, je veux un humain")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".status")).to_contain_text(re.compile(r"T-\d+"))
    (talk,) = web.house.records.headlines()
    said = answer.said(web.clock.now(), lacks=lacks)
    web.do(web.house.inbox.receive(Inbound("agent:1", said, conversation=talk.conversation)))
    expect(page.get_by_role("log")).to_contain_text(WORDS)
    yield page
    context.close()


@pytest.mark.parametrize(("locale", "label"), [("fr-FR", "Enregistrer «\u00a0{}\u00a0»"), ("en-GB", "Save “{}”")])
def test_the_files_of_an_answer_are_saved_byte_for_byte(
    browser: Browser, tmp_path: Path, locale: str, label: str
) -> None:
    with running_web(tmp_path / "home") as web:
        answer = Answer(FolderFiles(tmp_path / "home" / "files"))
        with answered(browser, web, answer, locale) as page:
            for name, content in CONTENTS.items():
                with page.expect_download() as saving:
                    page.get_by_role("button", name=label.format(name)).click()
                assert saving.value.suggested_filename == name
                assert Path(saving.value.path()).read_bytes() == content
            expect(page.locator(".trouble")).to_be_empty()


def test_a_file_that_comes_late_is_saved_all_the_same(browser: Browser, tmp_path: Path) -> None:
    with running_web(tmp_path / "home") as web:
        answer = Answer(FolderFiles(tmp_path / "home" / "files"))
        with answered(browser, web, answer, "fr-FR", lacks=NAMES[1]) as page:
            with page.expect_download() as saving:
                with page.expect_response(lambda told: "/chat/files/" in told.url) as early:
                    page.get_by_role("button", name=NAMES[1]).click()
                assert early.value.status == 503
                answer.arrives(NAMES[1])
            assert Path(saving.value.path()).read_bytes() == CONTENTS[NAMES[1]]
