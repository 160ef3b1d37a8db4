"""`guichet slack manifest` as it is pasted into Slack."""

import json
from pathlib import Path

import pytest

import bot.cli.slack  # noqa: F401  (the verb registers itself)
from bot.channels.slack.manifest import manifest
from bot.cli import main

SETTINGS = '[desk]\nname = "Aide"\nlanguages = ["en"]\n[server]\npublic_url = "https://desk.example"\n'


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["slack", "manifest", *arguments])
    return int(left.value.code or 0)


@pytest.fixture
def config(tmp_path: Path) -> str:
    """Settings of a desk."""
    file = tmp_path / "guichet.toml"
    file.write_text(SETTINGS, encoding="utf-8")
    return str(file)


def test_the_manifest_alone_stands_on_standard_output(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--config", config) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == manifest("Aide", ("en",)) and not told.err
    assert run("--config", config, "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == manifest("Aide", ("en",))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--http", "https://a.example/"], manifest("Aide", ("en",), url="https://a.example")),
        (["--http", "-"], manifest("Aide", ("en",), url="https://desk.example")),
        (["--direct-only"], manifest("Aide", ("en",), help=False)),
        (["--rotation"], manifest("Aide", ("en",), rotation=True)),
        (["--assistant-view"], manifest("Aide", ("en",), assistant=True)),
    ],
)
def test_options(config: str, options: list[str], told: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--config", config, *options) == 0
    assert json.loads(capsys.readouterr().out) == told


@pytest.mark.parametrize("address", ["http://a.example", "a.example", "https://", "https://a.example/?x=1", ""])
def test_an_address_that_slack_cannot_post_to_is_wrong_use(
    config: str, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--config", config, "--http", address) == 2
    told = capsys.readouterr()
    assert "--http: " in told.err and not told.out


def test_settings_without_a_public_address_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "guichet.toml"
    file.write_text("", encoding="utf-8")
    assert run("--config", str(file), "--http", "-") == 2
    assert "server.public_url is empty" in capsys.readouterr().err
