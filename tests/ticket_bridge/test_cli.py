"""The command line: what it prints, and how it refuses."""

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ticket_bridge.handoffs import handoff
from ticket_bridge.cli import main
from ticket_bridge.codec import to_plain

HANDOFF = json.dumps(to_plain(handoff()))


@dataclass
class Shell:
    """Runs verbs in this process on one home."""

    home: Path
    monkeypatch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[str]

    def run(self, *arguments: str, given: str | bytes = "") -> tuple[int, str, str]:
        """Give exit status, standard output and standard error of one command."""
        content = given.encode() if isinstance(given, str) else given
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        try:
            status = main([*arguments, "--home", str(self.home)])
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = self.captured.readouterr()
        return status, out, err

    def lines(self, *arguments: str) -> list[dict[str, object]]:
        """Give the JSON lines a command prints."""
        status, out, _ = self.run(*arguments, "--json")
        assert status == 0
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "home", monkeypatch, capsys)


def test_a_handoff_given_twice_is_one_ticket(shell: Shell) -> None:
    assert shell.run("open", given=HANDOFF) == (0, "T-1\n", "")
    assert shell.run("open", given=HANDOFF) == (0, "T-1\n", "")
    (ticket,) = shell.lines("list")
    assert (ticket["key"], ticket["subject"], ticket["state"]) == ("T-1", handoff().subject, "new")


def test_json_of_an_opening_tells_state_and_key(shell: Shell) -> None:
    status, out, _ = shell.run("open", "--json", given=HANDOFF)
    delivery = json.loads(out)
    assert (status, delivery["state"], delivery["ref"]["key"]) == (0, "confirmed", "T-1")


def test_show_gives_body_transcript_and_history(shell: Shell) -> None:
    shell.run("open", given=HANDOFF)
    shell.run("note", "T-1", "-", "--public", "--by", "Ana", given="Je regarde\n")
    shell.run("state", "T-1", "resolved", "--reason", "pilote remplacé", "--by", "Ana")
    _, out, _ = shell.run("show", "T-1")
    for part in (handoff().subject, handoff().body, "person: Mon VPN", "Ana  public note: Je regarde", "pilote"):
        assert part in out
    (dossier,) = shell.lines("show", "T-1")
    assert sorted(dossier) == ["history", "request", "ticket"]


def test_changes_go_on_after_the_cursor_and_hide_internal_notes(shell: Shell) -> None:
    shell.run("open", given=HANDOFF)
    shell.run("note", "T-1", "entre nous")
    shell.run("note", "T-1", "pour vous", "--public")
    note, cursor = shell.lines("changes")
    assert note["what"] == {"text": "pour vous", "visibility": "public", "kind": "note"}
    assert shell.lines("changes", "--after", str(cursor["cursor"])) == [cursor]


def test_control_characters_in_a_subject_do_not_reach_the_terminal(shell: Shell) -> None:
    shell.run("open", given=json.dumps(to_plain(handoff(subject="\x1b[2J\x07VPN\u202e"))))
    assert shell.run("list")[1].rstrip().endswith("\\x1b[2J\\x07VPN\\u202e")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Invalid JSON"),
        ("{", "Invalid JSON"),
        ("[]", "standard input"),
        (b"\xff\xfe", "Invalid JSON"),
        ('{"handoff_id": "c"}', "subject: Field required; body: Field required; priority: Field required"),
        (HANDOFF.replace('"team"', '"taem"'), "taem: Unexpected keyword"),
        (HANDOFF.replace('"P2"', '"P9"'), "priority: Input should be 'P1', 'P2', 'P3' or 'P4'"),
        (json.dumps(to_plain(handoff()) | {"impact": 7, "handoff_id": " "}), "impact is 7: use 1, 2 or 3"),
    ],
)
def test_a_bad_handoff_is_one_clear_line_and_status_two(shell: Shell, given: str | bytes, said: str) -> None:
    status, out, err = shell.run("open", given=given)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "T-7"),
        ("show", "seven"),
        ("note", "T-7", "hello"),
        ("note", "T-1", " "),
        ("state", "T-1", "new"),
        ("state", "T-1", "asleep"),
        ("state", "T-1"),
        ("changes", "--after", "yesterday"),
        ("list", "--state", "lost"),
        ("dance",),
        ("list", "--loud"),
    ],
)
def test_wrong_use_is_one_clear_line_and_status_two(shell: Shell, arguments: tuple[str, ...]) -> None:
    shell.run("open", given=HANDOFF)
    shell.run("state", "T-1", "pending")
    status, out, err = shell.run(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_home_without_tickets_is_named_and_not_made(shell: Shell) -> None:
    status, _, err = shell.run("list")
    assert status == 2
    assert "tickets.sqlite3 does not exist" in err
    assert not shell.home.exists()


def test_a_home_that_cannot_be_used_is_one_clear_line(shell: Shell) -> None:
    shell.home.write_text("a file, not a folder")
    status, out, err = shell.run("open", given=HANDOFF)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_desk_that_cannot_take_the_ticket_now_is_status_one_and_keeps_the_handoff(shell: Shell) -> None:
    shell.run("open", given=HANDOFF)
    tickets = shell.home / "tickets.sqlite3"
    good = tickets.read_bytes()
    tickets.write_bytes(b"broken " * 999)
    second = json.dumps(to_plain(handoff(2)))
    status, _, err = shell.run("open", given=second)
    assert (status, err.count("\n")) == (1, 1)
    assert "is unknown: the tickets file" in err
    assert "give the same handoff again after" in err
    tickets.write_bytes(good)
    assert [t["key"] for t in shell.lines("list")] == ["T-1"]


def test_as_a_module_it_runs_alone_and_brings_in_nothing_of_the_bot(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    command = [sys.executable, "-m", "ticket_bridge", "open", "--home", home]
    opened = subprocess.run(command, input=HANDOFF, capture_output=True, text=True, check=False)
    assert (opened.returncode, opened.stdout, opened.stderr) == (0, "T-1\n", "")
    probe = "import sys, ticket_bridge.cli; print([name for name in sys.modules if name.split('.')[0] == 'bot'])"
    alone = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert alone.stdout == "[]\n"
