"""`guichet chat --json` as machines use it: the contract's lines in and out, and bad input refused in one line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.support.needs import ROOT

HOME = str(ROOT / ".guichet")
FIRST = "Bonjour, mon VPN ne marche plus depuis ce matin, erreur 809, Windows 11"

Lines = list[dict[str, Any]]


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: Lines, *options: str) -> Lines:
    """Talk, and give every line that came out."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
    with pytest.raises(SystemExit) as left:
        main(["chat", "--json", "--home", HOME, *options])
    assert left.value.code == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, *options: str) -> str:
    """Say something that is refused, and give what standard error says."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    with pytest.raises(SystemExit) as left:
        main(["chat", "--json", "--home", HOME, *options])
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error


def turns(lines: Lines) -> Lines:
    return [line for line in lines if line["event"] == "turn"]


def replies(lines: Lines) -> list[str]:
    return [line["text"] for line in lines if line["event"] == "reply"]


def test_what_the_first_message_tells_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    buttons = [{"button": "one"}, {"button": "home"}, {"button": "dont_know"}, {"button": "no"}, {"button": "no"}]
    lines = told(monkeypatch, capsys, [{"text": FIRST}, *buttons])
    turn = turns(lines)[0]
    for slot, value in {"os": "windows", "os_version": "11", "error_code": "809"}.items():
        assert turn["slots"][slot] == value
        assert turn["slot_origins"][slot] == "first_message"
    assert turn["slots"]["since"].startswith("2026-01-05")
    assert turn["slot_origins"]["since"] == "first_message"
    assert not any("quel système" in text.lower() for text in replies(lines))


def test_a_system_that_was_not_told_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    presses = [{"button": name} for name in ("one", "home", "windows", "no", "no", "no", "no", "here")]
    lines = told(monkeypatch, capsys, [{"text": FIRST.removesuffix(", Windows 11")}, *presses], "--lang", "fr")
    assert turns(lines)[-1]["asked"].count("os") == 1
    assert sum("Quel est le système" in text for text in replies(lines)) == 1


def test_the_same_conversation_is_the_same_to_the_byte(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk: Lines = [{"texts": ["salut", "mon imprimante", "ne marche plus"]}, {"button": "human"}, {"wait": "PT26H"}]
    assert told(monkeypatch, capsys, talk) == told(monkeypatch, capsys, talk)


def test_a_human_is_one_word_away_and_the_ticket_comes_before_the_reply_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told(monkeypatch, capsys, [{"text": "my printer is jammed"}, {"text": "agent please"}], "--lang", "en")
    kinds = [line["event"] for line in lines[2:]]
    ticket = next(line for line in lines if line["event"] == "ticket")
    assert kinds == ["ticket", "reply", "turn"]
    assert ticket["reason"] == "asked_for_human"
    assert ticket["key"] in lines[-2]["text"]
    assert ticket["transcript"][0]["text"] == "my printer is jammed"
    assert lines[-1]["owner"] == "human"


def test_an_agent_takes_over_and_their_words_reach_the_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk: Lines = [{"text": "un humain svp"}, {"agent": "Bonjour, je regarde", "name": "Agent 1"}, {"text": "merci"}]
    talk.append({"agent": "Suivez ceci", "attach": {"name": "a.pdf", "type": "application/pdf", "size": 9}})
    lines = told(monkeypatch, capsys, talk)
    assert [line["files"] for line in lines if line["event"] == "relay" and "files" in line] == [["a.pdf"]]
    relayed = [(line["to"], line["text"]) for line in lines if line["event"] == "relay"]
    assert ("person", "Bonjour, je regarde") in relayed
    assert ("agent", "merci") in relayed
    assert all(line["notice"] for line in lines[3:] if line["event"] == "reply")


def test_the_ticketing_systems_news_reach_the_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    news: Lines = [{"ticket": {"public_reply": "C'est réparé."}}, {"ticket": {"status": "resolved"}}, {"button": "no"}]
    lines = told(monkeypatch, capsys, [{"text": "un humain svp"}, *news])
    assert any(line["event"] == "relay" and line["text"] == "C'est réparé." for line in lines)
    assert any(line["event"] == "ticket_update" and line["kind"] == "reopened" for line in lines)
    assert turns(lines)[2]["owner"] == "nobody"
    assert turns(lines)[3]["owner"] == "human"


def test_a_secret_is_hidden_and_the_person_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told(monkeypatch, capsys, [{"text": "mon mot de passe est Soleil2024! et le vpn ne marche pas"}])
    assert "Soleil2024!" not in json.dumps(lines, ensure_ascii=False)
    assert "masqué" in replies(lines)[0]


@pytest.mark.parametrize(
    ("text", "told_why"),
    [
        ("nonsense\n", "line 1: not a JSON object"),
        ('\n{"foo": 1}\n', "line 2: none of text"),
        ('{"wait": "soon"}\n', "wait takes"),
        ('{"texts": "hello"}\n', "texts takes"),
        ('{"attach": 3}\n', "attach takes"),
        ('{"agent_action": "dance"}\n', "agent_action takes"),
        ('{"ticket": {}}\n', "ticket takes"),
        ('{"agent": "hello"}\n', "nobody wrote yet"),
        ('{"ticket": {"status": "resolved"}}\n', "no ticket yet"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, told_why: str
) -> None:
    assert told_why in refused(monkeypatch, capsys, text)


@pytest.mark.parametrize(
    "options", [["--lang", "de"], ["--channel", "fax"], ["--at", "noon"], ["--person", "ann"], ["--nonsense"]]
)
def test_wrong_options_are_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    assert options[0] in refused(monkeypatch, capsys, "", *options)


def test_a_pack_with_faults_is_refused_with_all_of_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "flows.yml").write_text("flows:\n  a:\n    steps:\n      - collect: nothing\n      - dance: yes\n")
    with pytest.raises(SystemExit) as left:
        main(["chat", "--json", "--home", HOME, "--pack", str(tmp_path)])
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert "flows.yml:4" in error
    assert "flows.yml:5" in error
