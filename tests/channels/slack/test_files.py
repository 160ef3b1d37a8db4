"""Files that people sent: fetched whole, from Slack alone, also after a restart."""

from pathlib import Path
from typing import Any

import pytest

from bot.channels.fetching import GoneError
from bot.channels.slack.calling import Slack as Api
from bot.channels.slack.files import LockedError, Store
from bot.channels.slack.taking import MOST_FILE
from bot.channels.slack.tokens import FileToken
from tests.channels.slack.office import at_work
from tests.support.slack.workspace import Workspace as Slack


def store(slack: Slack, token: str = "") -> Store:
    """What fetches from this workspace."""
    tokens, api = FileToken(lambda: token or slack.app.bot_token), f"{slack.url}/api/"
    return Store(Api(api, tokens), tokens, api)


async def test_a_file_comes_whole(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        content = bytes(range(256)) * 4000
        sent = ana.upload("a.png", content)
        assert await store(slack).fetch(f"slack:{sent.files[0]}") == content


async def test_a_page_in_the_place_of_a_file_is_no_file(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        sent = ana.upload("a.png", b"png")
        api = f"{slack.url}/api/"
        good, wrong = FileToken(lambda: slack.app.bot_token), FileToken(lambda: "xoxb-wrong")
        with pytest.raises(LockedError):
            await Store(Api(api, good), wrong, api).fetch(f"slack:{sent.files[0]}")


async def test_what_is_gone_is_not_asked_for_again(tmp_path: Path) -> None:
    with Slack() as slack, pytest.raises(GoneError):
        await store(slack).fetch("slack:F404")


@pytest.mark.parametrize(
    "told",
    [
        {"url_private_download": "https://files.slack.com.evil.test/a"},
        {"url_private_download": "https://evil.test/files.slack.com/a"},
        {"url_private_download": "http://files.slack.com/a"},
        {"url_private_download": "https://files.slack.com@evil.test/a"},
        {"url_private_download": "file:///etc/passwd"},
        {"url_private_download": "https://files.slack.com/a", "is_external": True},
        {"url_private_download": "https://files.slack.com/a", "size": MOST_FILE + 1},
        {},
    ],
)
async def test_the_token_goes_to_slack_alone(monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]) -> None:
    with Slack() as slack:
        made = store(slack)

        async def named(ref: str) -> dict[str, Any]:
            return told

        monkeypatch.setattr(made, "_file", named)
        with pytest.raises(GoneError):
            await made.fetch("slack:F1")


async def test_what_was_wanted_is_fetched_after_a_restart(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        async with at_work(slack, tmp_path / "home") as office:
            slack.refuse("files.info", *["internal_error"] * 9)
            sent = ana.upload("a.png", b"png")
            await slack.until(lambda: office.arrivals.taken)
            assert not office.files.holds(f"slack:{sent.files[0]}")
        slack.refuse("files.info")
        async with at_work(slack, tmp_path / "home") as office:
            await slack.until(lambda: office.files.holds(f"slack:{sent.files[0]}"))


async def test_a_file_that_is_too_large_is_named(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test", locale="fr-FR")
        async with at_work(slack, tmp_path / "home") as office:
            ana.upload("film.mp4", b"0" * (MOST_FILE + 1), "voilà le film")
            await slack.until(lambda: office.arrivals.taken)
            assert office.arrivals.said[0].files == ()
            assert "[Non repris, resté dans Slack : film.mp4 https://" in office.arrivals.said[0].texts[0]
