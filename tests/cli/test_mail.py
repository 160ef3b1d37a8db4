"""`guichet mail parse` as scripts use it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.support.rawmail import DESK, part, parts, raw

KEYS = [
    "kind", "subject", "from", "to", "lang", "text", "full_text", "attachments", "message_id", "references", "bounced",
    "authenticated", "forwarded", "addressed", "noreply",
]  # fmt: skip


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["mail", "parse", *arguments])
    return int(left.value.code or 0)


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Parse these bytes; give the JSON."""

    def parse(data: bytes, *arguments: str) -> dict[str, Any]:
        file = tmp_path / "one.eml"
        file.write_bytes(data)
        assert run(str(file), "--json", *arguments) == 0
        (line,) = capsys.readouterr().out.splitlines()
        return dict(json.loads(line))

    return parse


def test_one_mail_is_one_line_of_json(told) -> None:
    body = parts(part("Mon VPN est en panne.\n\n-- \nClaire"), part(b"%PDF", 'application/pdf; name="a.pdf"'))
    mail = told(raw(body, content_type='multipart/mixed; boundary="BORDER"', references="<a@b>"))
    assert list(mail) == KEYS
    assert mail == {
        "kind": "human",
        "subject": "VPN en panne",
        "from": "claire@client.example",
        "to": [DESK],
        "lang": "fr",
        "text": "Mon VPN est en panne.",
        "full_text": "Mon VPN est en panne.\n\n-- \nClaire",
        "attachments": [{"name": "a.pdf", "type": "application/pdf", "size": 4}],
        "message_id": "<one@client.example>",
        "references": ["<a@b>"],
        "bounced": [],
        "authenticated": False,
        "forwarded": False,
        "addressed": "to",
        "noreply": False,
    }


def test_what_is_ours_is_told_by_options(told) -> None:
    assert told(raw(), "--own", "claire@client.example")["kind"] == "own"
    assert told(raw(), "--own", "a@b.c", "--own", DESK)["addressed"] == "to"
    result = b"Authentication-Results: mx.x; dmarc=pass header.from=client.example\n"
    assert told(result + raw(), "--authserv-id", "mx.x")["authenticated"]
    assert not told(result + raw())["authenticated"]


@pytest.mark.parametrize(
    "data", [b"", b"\0\xff\xfe" * 99, b"From: \xff\n\n\xff", b"Content-Type: multipart/mixed\n\n--"]
)
def test_any_bytes_are_told(told, data: bytes) -> None:
    assert list(told(data)) == KEYS


def test_a_mail_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(raw())
    assert run(str(file)) == 0
    out = capsys.readouterr().out
    assert "Claire Martin <claire@client.example> (not proven)" in out and "mon VPN ne marche plus" in out


def test_a_mail_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw())))
    assert run("-", "--json") == 0
    assert json.loads(capsys.readouterr().out)["subject"] == "VPN en panne"


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.eml"), "--json") == 2
    assert "none.eml: there is no such file" in capsys.readouterr().err
    assert run(str(tmp_path), "--json") == 2
    assert run("--json") == 2


def test_a_mail_does_not_steer_the_terminal_it_is_shown_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "steering.eml"
    file.write_bytes(raw().replace(b"Bonjour", b"Bonjour \x1b[2J\x1b]0;title\x07 \x9b31m"))
    assert run(str(file)) == 0
    out = capsys.readouterr().out
    assert "mon VPN ne marche plus" in out
    assert not any(char in out for char in "\x1b\x07\x9b")
