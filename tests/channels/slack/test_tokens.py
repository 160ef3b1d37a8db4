"""The bot's token renewed in time, on disk before it is used, and never lost."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.slack.calling import Slack as Api
from bot.channels.slack.tokens import EARLY, FileToken, RotatedToken, Rotation, TokenError, secret
from tests.channels.slack.office import at_work
from tests.support.slack.workspace import Workspace as Slack


class Moved:
    """The platform's clock, which a test moves."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    def now(self) -> datetime:
        """Tell the platform's time."""
        return datetime.fromtimestamp(self.slack.world.clock.now(), UTC)


def rotated(slack: Slack, home: Path, first: str, client_secret: str = "") -> RotatedToken:
    """The tokens of a fresh process in this home."""
    app = slack.app
    api = Api(f"{slack.url}/api/", FileToken(lambda: app.bot_token))
    rotation = Rotation(app.client_id, lambda: client_secret or app.client_secret, lambda: first)
    return RotatedToken(rotation, home / "slack.token", Moved(slack), api.renewed)


async def test_a_token_is_renewed_before_its_end_and_kept_for_the_next_process(tmp_path: Path) -> None:
    with Slack() as slack:
        _, first = slack.app.expiring(slack.world.clock.now())
        tokens = rotated(slack, tmp_path, first)
        access = await tokens.token()
        assert access == slack.app.bot_token
        assert (tmp_path / "slack.token").stat().st_mode & 0o777 == 0o600
        assert await tokens.token() == access
        assert await rotated(slack, tmp_path, first).token() == access
        slack.pass_time(12 * 3600 - EARLY + 1)
        renewed = await tokens.token()
        assert renewed != access
        assert await rotated(slack, tmp_path, first).token() == renewed
        assert len(slack.calls("oauth.v2.access")) == 2
        assert list(tmp_path.iterdir()) == [tmp_path / "slack.token"]


async def test_a_token_that_slack_calls_expired_is_renewed_at_once(tmp_path: Path) -> None:
    with Slack() as slack:
        ana = slack.person("Ana Li", "ana@corp.test")
        slack.app.expiring(slack.world.clock.now())
        async with at_work(slack, tmp_path / "home", rotates=True) as office:
            ana.say("my printer prints blank pages")
            await slack.until(lambda: len(slack.written()) == 1, most=15)
            slack.pass_time(13 * 3600)  # for Slack alone: our clock thinks that it is good still
            ana.say("it is the one on floor 3, only mine")
            await slack.until(lambda: len(slack.written()) == 2, most=15)
            assert len(office.arrivals.taken) == 2
            kept = json.loads((tmp_path / "home" / "slack.token").read_text())
            assert kept["access"] == slack.app.bot_token


async def test_another_token_of_the_operators_begins_anew(tmp_path: Path) -> None:
    with Slack() as slack:
        _, first = slack.app.expiring(slack.world.clock.now())
        await rotated(slack, tmp_path, first).token()
        _, other = slack.app.expiring(slack.world.clock.now())
        assert await rotated(slack, tmp_path, other).token() == slack.app.bot_token
        assert len(slack.calls("oauth.v2.access")) == 2


async def test_a_renewed_token_that_the_disk_refuses_is_not_used_and_not_lost(tmp_path: Path) -> None:
    with Slack() as slack:
        _, first = slack.app.expiring(slack.world.clock.now())
        home = tmp_path / "home"
        home.write_text("in the way of the folder")
        tokens = rotated(slack, home, first)
        with pytest.raises(TokenError) as told:
            await tokens.token()
        assert "home" in str(told.value.mend) or "rights" in told.value.mend
        assert slack.app.bot_token not in str(told.value)
        home.unlink()
        assert await tokens.token() == slack.app.bot_token
        assert len(slack.calls("oauth.v2.access")) == 1


async def test_what_slack_refuses_is_told_with_the_mend(tmp_path: Path) -> None:
    with Slack() as slack:
        _, first = slack.app.expiring(slack.world.clock.now())
        with pytest.raises(TokenError) as told:
            await rotated(slack, tmp_path, "xoxe-1-wrong").token()
        assert told.value.mend.startswith("channels.slack.refresh_token_file")
        with pytest.raises(TokenError) as told:
            await rotated(slack, tmp_path, first, client_secret="wrong").token()
        assert "wrong" not in str(told.value)
        slack.stop()
        with pytest.raises(TokenError):
            await rotated(slack, tmp_path, first).token()


@pytest.mark.parametrize("broken", ["", "[]", '{"access": 5}', "\x00", "[" * 5000])
async def test_a_kept_token_that_cannot_be_read_is_asked_for_anew(tmp_path: Path, broken: str) -> None:
    with Slack() as slack:
        _, first = slack.app.expiring(slack.world.clock.now())
        (tmp_path / "slack.token").write_text(broken)
        assert await rotated(slack, tmp_path, first).token() == slack.app.bot_token


@pytest.mark.parametrize("told", ["", "  ", "two words", "new\nline", "é"])
def test_what_is_no_token_is_told_by_the_name_of_its_key(told: str) -> None:
    with pytest.raises(TokenError) as error:
        secret(lambda: told, "bot_token_file")
    assert error.value.mend == "channels.slack.bot_token_file"
    assert not told.strip() or told.strip() not in str(error.value)


def test_a_token_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TokenError, match="No such file"):
        secret((tmp_path / "none").read_text, "app_token_file")
