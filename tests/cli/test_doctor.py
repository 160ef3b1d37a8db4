"""`guichet doctor` and the channels: what stands in its lines."""

import json
from pathlib import Path

import pytest

from bot.app.telegram import TelegramBranch
from bot.cli import main
from bot.ports.clock import SystemClock
from bot.settings import read_settings
from tests.support.daemon import quiet_ports
from tests.support.telegram import BotApi


def checks(capsys: pytest.CaptureFixture[str], config: Path, what: str) -> list[dict[str, str]]:
    """Examine; give the lines about one thing."""
    with pytest.raises(SystemExit):
        main(["doctor", "--json", "--config", str(config), "--home", str(config.parent / "home")])
    return [one for line in capsys.readouterr().out.splitlines() if (one := json.loads(line))["what"] == what]


def test_the_bot_is_told_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "guichet.toml"
    with BotApi() as api:
        (tmp_path / "bot.token").write_text(api.token)
        config.write_text(f'[channels.telegram]\ntoken_file = "bot.token"\napi = "{api.url}"\n')
        (check,) = checks(capsys, config, "telegram")
        assert check["level"] == "ok"
        assert check["told"] == f"@{api.username}, polling"
        before = TelegramBranch(read_settings(config), tmp_path, SystemClock())
        assert before.told == "polling"
        assert list(before.examined()) == []
        assert before.told == f"@{api.username}, polling"


def test_faults_of_settings_are_lines_with_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "guichet.toml"
    config.write_text('[channels.telegram]\ntoken_file = "none"\n[channels.slack]\nforce_emoji = ":ticket:"\n')
    assert [check["told"] for check in checks(capsys, config, "settings")] == [
        f"{config}:4 channels.slack.force_emoji: is no name of an emoji",
        f"{config}:2 channels.telegram.token_file: no such file: {tmp_path}/none",
    ]


def test_a_mailbox_nobody_serves_is_told_in_words_on_both_ways(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, (imap, smtp) = tmp_path / "guichet.toml", quiet_ports(2)
    (tmp_path / "mail.pass").write_text("x")
    config.write_text(
        f'[channels.email]\nimap = "127.0.0.2"\nimap_port = {imap}\nsmtp = "127.0.0.2"\nsmtp_port = {smtp}\n'
        'user = "a@b.test"\npassword_file = "mail.pass"\nauthserv_id = "mx.test"\n'
    )
    assert [(one["told"], one["mend"]) for one in checks(capsys, config, "email")] == [
        (f"imap at 127.0.0.2:{imap}: nothing listens there", "channels.email.imap_port, or start the server"),
        (f"smtp at 127.0.0.2:{smtp}: nothing listens there", "channels.email.smtp_port, or start the server"),
    ]
