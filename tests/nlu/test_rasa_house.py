"""A Rasa server in a house: its settings are checked, the doctor looks at it, `nlu parse` asks it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.settings import SettingsError, read_settings
from tests.nlu.rasa_server import RasaServer
from tests.support.needs import ROOT

HOME = str(ROOT / ".guichet")
TOKEN = "s3cret-Token"


def run(*arguments: str) -> int:
    """Run a verb; give its exit status."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


@pytest.fixture
def server() -> Iterator[RasaServer]:
    with RasaServer(token=TOKEN) as running:
        yield running


@pytest.fixture
def config(server: RasaServer, tmp_path: Path) -> Path:
    """Settings that name the server, its token in a file."""
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    file = tmp_path / "guichet.toml"
    file.write_text(
        '[understanding]\norder = ["rasa", "own"]\n[understanding.rasa]\n'
        f'url = "{server.url}/"\ntoken_file = "{tmp_path / "token"}"\n'
        'intents = { remote_access = "vpn" }\nentities = { "place:home" = "site" }\n'
    )
    return file


def faults(tmp_path: Path, text: str) -> str:
    file = tmp_path / "guichet.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    return str(caught.value)


@pytest.mark.parametrize("order", ['["own", "rasa"]', '["rasa", "rasa"]', '["own", "own"]'])
def test_who_is_never_asked_is_a_fault(tmp_path: Path, order: str) -> None:
    told = faults(tmp_path, f'[understanding]\norder = {order}\n[understanding.rasa]\nurl = "http://127.0.0.1:5005"\n')
    assert told.startswith(f"{tmp_path}/guichet.toml:2: understanding.order: ")
    assert told.endswith('-> one of ["own"], ["rasa", "own"], ["rasa"]')


def test_rasa_needs_its_address_and_a_token_that_can_be_read(tmp_path: Path) -> None:
    order = '[understanding]\norder = ["rasa", "own"]\n'
    assert ":2: understanding.order: names rasa" in faults(tmp_path, order)
    table = f'{order}[understanding.rasa]\nurl = "https://rasa.example.org/nlu"\ntoken_file = '
    assert ":5: understanding.rasa.token_file: no such file" in faults(tmp_path, f'{table}"{tmp_path / "none"}"\n')
    assert ":5: understanding.rasa.token_file: that is a folder" in faults(tmp_path, f'{table}"{tmp_path}"\n')
    (tmp_path / "token").write_text(" \n")
    assert ":5: understanding.rasa.token_file: is empty" in faults(tmp_path, f'{table}"{tmp_path / "token"}"\n')


@pytest.mark.parametrize("url", ["ftp://rasa", "http://user:word@rasa", "rasa:5005", "http://rasa/?token=x"])
def test_an_address_that_is_none_or_holds_a_secret_is_a_fault(tmp_path: Path, url: str) -> None:
    assert "understanding.rasa.url" in faults(tmp_path, f'[understanding.rasa]\nurl = "{url}"\n')


def test_an_unknown_key_is_told_beside_the_known_ones(tmp_path: Path) -> None:
    told = faults(tmp_path, "[understanding.rasa]\ntimeout = 3\n")
    assert "known here: entities, intents, timeout_seconds, token_file, url" in told


def rasa_check(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (found,) = (one for line in capsys.readouterr().out.splitlines() if (one := json.loads(line))["what"] == "rasa")
    return dict(found)


def test_the_doctor_tells_version_and_model_or_the_fault_with_its_mend(
    server: RasaServer, config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doctor = ("doctor", "--json", "--config", str(config), "--home", str(tmp_path))
    assert run(*doctor) == 0
    assert rasa_check(capsys) == {"level": "ok", "what": "rasa", "told": "Rasa 3.6.21, model ours.tar.gz", "mend": ""}
    for token, fault, told, mend in (
        ("another", "", "refuses the token", "token_file"),
        (TOKEN, "no_model", "has no model loaded", "rasa train nlu"),
        (TOKEN, "moved", "answers with status 302", "log"),
    ):
        server.token, server.fault = token, fault
        assert run(*doctor) == 1
        check = rasa_check(capsys)
        assert (check["level"], told in check["told"], mend in check["mend"]) == ("fault", True, True)
    server.stop()
    assert run(*doctor) == 1
    check = rasa_check(capsys)
    assert server.url in check["told"]
    assert "cannot be reached" in check["told"]
    assert TOKEN not in json.dumps(check)


def test_parse_asks_the_server_and_tells_who_named_the_topic(
    server: RasaServer, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.knows("mon accès de Lyon tombe", ("remote_access", 0.9),
                 entities=[{"entity": "place", "role": "home", "text": "Lyon"}])  # fmt: skip
    lines = ["mon accès de Lyon tombe", "la Ricoh du 2e étage est en rade", "humain"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert run("nlu", "parse", "--json", "--config", str(config), "--home", HOME) == 0
    named, unsure, ruled = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (named["intent"], named["acted_on"], named["by"]) == ("vpn", "vpn", "rasa")
    assert {"name": "site", "value": "Lyon", "text": "Lyon", "start": 13, "end": 17} in named["entities"]
    assert (unsure["intent"], unsure["by"]) == ("printer", "model")
    assert (ruled["intent"], ruled["by"]) == ("human_request", "rules")
