"""The other verbs as scripts use them."""

import fcntl
import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.settings import read_settings
from tests.support.needs import ROOT

HOME = str(ROOT / ".guichet")


def run(*arguments: str) -> int:
    """Run a verb; give its exit status."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


def plain(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_init_writes_settings_that_can_be_read_and_leaves_a_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "guichet.toml"
    assert run("init", str(file)) == 0
    assert read_settings(file) == read_settings(None)
    assert run("init", str(file)) == 2
    assert "is there already" in capsys.readouterr().err


def test_every_fault_of_the_settings_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "guichet.toml"
    file.write_text('[desk]\nhourz = "x"\nhours = "never"\nholidays = "ZZ"\n\n[dialog]\nquestions = 0\n')
    assert run("flow", "check", "--config", str(file)) == 2
    error = capsys.readouterr().err
    assert ":2: desk.hourz is no setting" in error
    assert ":7: dialog.questions" in error
    file.write_text('[desk]\nhours = "never"\nholidays = "ZZ"\ntimezone = "Mars"\ndefault_team = "x"\n')
    assert run("flow", "check", "--config", str(file)) == 2
    error = capsys.readouterr().err
    assert all(f":{line}: desk." in error for line in (2, 3, 4, 5))


def test_a_mailbox_that_is_not_whole_is_told_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, empty = tmp_path / "guichet.toml", tmp_path / "empty.pass"
    empty.write_text("\n")
    file.write_text(f'[channels.email]\nimap = "imap.test"\nuser = "x"\npassword_file = "{empty}"\n')
    assert run("flow", "check", "--config", str(file)) == 2
    error = capsys.readouterr().err
    assert 'channels.email.smtp: is empty, and a mailbox needs it -> smtp = "smtp.example.org"' in error
    assert ":3: channels.email.user" not in error
    assert "channels.email.address: is empty, and user is no address" in error
    assert ":4: channels.email.password_file: is empty -> write the secret into it" in error


def test_the_library_has_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("flow", "check", "--json") == 0
    assert capsys.readouterr().out == ""


def test_a_fault_of_a_pack_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flows.yml").write_text("flows:\n  a:\n    description: x\n    steps:\n      - link: nowhere\n")
    assert run("flow", "check", str(tmp_path), "--json") == 1
    faults = plain(capsys.readouterr().out)
    assert {"file", "line", "flow", "step", "fault", "mend"} <= set(faults[0])
    assert any("nowhere" in fault["fault"] for fault in faults)


def test_a_flow_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("flow", "graph", "vpn", "--lang", "fr") == 0
    assert capsys.readouterr().out.startswith("flowchart TD")
    assert run("flow", "graph", "nothing") == 2


def test_messages_are_parsed_as_text_or_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["my vpn is down", json.dumps({"text": "mon mot de passe est Soleil2024!", "channel": "email"})]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert run("nlu", "parse", "--json", "--home", HOME) == 0
    first, second = plain(capsys.readouterr().out)
    assert first["intent"] == "vpn"
    assert second["secrets"][0]["kind"] == "password"
    keys = {"text", "lang", "intent", "confidence", "ranking", "entities", "out_of_scope", "wants_human", "frustrated"}
    assert keys | {"secrets"} <= set(first)


def test_articles_are_found_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("kb", "search", "vpn with my phone's hotspot", "--json", "--lang", "en", "--home", HOME) == 0
    hits = plain(capsys.readouterr().out)
    assert {"article", "version", "title", "lang", "score", "confident"} <= set(hits[0])
    assert hits[0]["article"].startswith("vpn")
    assert run("kb", "show", hits[0]["article"], "--json", "--home", HOME) == 0
    assert set(plain(capsys.readouterr().out)[0]["bodies"]) == {"en", "fr"}
    assert run("kb", "show", "nothing", "--home", HOME) == 2
    assert run("kb", "list", "--json", "--home", HOME) == 0
    assert hits[0]["article"] in {article["article"] for article in plain(capsys.readouterr().out)}


def test_a_home_without_database_is_told_with_the_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["trace", "1"], ["dead", "list"], ["dead", "replay", "in:1:1"]):
        assert run(*verb, "--home", str(tmp_path)) == 2
        assert "guichet run" in capsys.readouterr().err


def test_a_new_database_has_no_dead_letters_and_no_conversations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("db", "upgrade", "--home", str(tmp_path)) == 0
    assert run("dead", "list", "--home", str(tmp_path)) == 0
    assert "no dead letters" in capsys.readouterr().out
    assert run("dead", "drop", "in:1:1", "--home", str(tmp_path)) == 2
    assert run("trace", "1", "--home", str(tmp_path)) == 2


def test_the_doctor_finds_a_bad_setting_and_a_good_house(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("db", "upgrade", "--home", str(tmp_path)) == 0
    capsys.readouterr()
    assert run("doctor", "--json", "--home", str(tmp_path)) == 0
    levels = {check["what"]: check["level"] for check in plain(capsys.readouterr().out)}
    assert levels["database"] == levels["packs"] == levels["tickets"] == "ok"
    file = tmp_path / "guichet.toml"
    file.write_text("[desk]\nhourz = 1\n")
    assert run("doctor", "--config", str(file), "--home", str(tmp_path)) == 1


def test_an_unknown_verb_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dance") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_port_of_the_settings_is_taken_and_one_in_use_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "guichet.toml"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        file.write_text(f'[server]\nlisten = "127.0.0.1:{port}"\n')
        assert run("run", "--config", str(file), "--home", str(tmp_path / "home")) == 2
    error = capsys.readouterr().err
    assert f"port {port} of 127.0.0.1 is not free" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_a_home_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "guichet.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("run", "--port", "0", "--home", str(tmp_path)) == 2
    error = capsys.readouterr().err
    assert "in use by another guichet run" in error
    assert error.count("\n") == 1


def test_strangers_addresses_are_not_served(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "--host", "0.0.0.0") == 2
    assert "need an account" in capsys.readouterr().err
