"""What the doctor finds in Slack, each with its mend."""

from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack.manifest import SCOPES
from tests.channels.slack.office import Arrivals, workspace
from tests.channels.slack.test_sending import Drawer
from tests.support.slack.app import BOT_SCOPES, App
from tests.support.slack.workspace import Workspace as Slack


async def found(slack: Slack, home: Path, **more: Any) -> dict[str, str]:
    """What is wrong, and the mend."""
    made = workspace(slack, home, Drawer(), Arrivals(), **more)
    return {finding.what: finding.mend for finding in await made.examined()}


async def test_where_all_is_well_nothing_is_found(tmp_path: Path) -> None:
    with Slack() as slack:
        slack.channel("help", slack.person("Ana Li"))
        assert await found(slack, tmp_path, help_channels=("#help",)) == {}


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_refused_token_is_found(tmp_path: Path, error: str) -> None:
    with Slack() as slack:
        slack.refuse("auth.test", error, error)
        told = await found(slack, tmp_path)
        assert list(told) == [f"the bot's token: {error}"]
        assert all(told.values())


async def test_missing_scopes_are_named_with_what_they_are_for(tmp_path: Path) -> None:
    with Slack(App(scopes=BOT_SCOPES - {"users:read.email", "channels:history"})) as slack:
        told = "\n".join(await found(slack, tmp_path))
        assert f"users:read.email ({SCOPES['users:read.email']})" in told
        assert "channels:history" not in told  # without help channels nothing is read there
        slack.channel("help", slack.person("Ana Li"))
        assert "channels:history" in "\n".join(await found(slack, tmp_path, help_channels=("help",)))


async def test_help_channels_that_are_not_there_or_not_ours_are_found(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li")
        room = slack.channel("help", ana, bot=False)
        told = await found(slack, tmp_path, help_channels=("help", room.id, "helpp"))
        assert len(told) == 3
        assert sorted(told.values())[0].startswith("/invite")
        assert "no help channel helpp, or a private one without us" in told


async def test_a_socket_that_cannot_be_opened_is_found(tmp_path: Path) -> None:
    with Slack() as slack:
        slack.refuse("apps.connections.open", "invalid_auth")
        assert "app_token_file" in (await found(slack, tmp_path))["Socket Mode: invalid_auth"]
        slack.server.sockets.disabled = True
        assert list((await found(slack, tmp_path)).values()) == ["switch Socket Mode on in the app's settings"]
        assert await found(slack, tmp_path, socket_mode=False) == {}


async def test_an_outage_is_told_as_one(tmp_path: Path) -> None:
    with Slack() as slack:
        slack.stop()
        told = await found(slack, tmp_path)
        assert len(told) == 2
        assert all("network" in mend for mend in told.values())
        slack.start()
