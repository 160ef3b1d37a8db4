"""`guichet kb import` as scripts and people use it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli import kb_import, main
from bot.kb.importing.state import alone

from .confluence_stand_in import TOKEN, USER, Confluence, WikiPage
from .serving import StandIn
from .site_stand_in import Site, SitePage, html
from .zendesk_stand_in import Entry, Zendesk

Serve = Callable[[StandIn], str]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def run(*arguments: str | Path) -> int:
    """Run the verb; give its exit status."""
    return run_verb("import", *arguments)


def run_verb(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main(["kb", *(str(argument) for argument in arguments)])
    return int(left.value.code or 0)


def told(captured: Capture) -> dict[str, Any]:
    return dict(json.loads(captured.readouterr().out))


def test_the_summary_is_the_only_thing_on_standard_output(home: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "vpn.en.md").write_text("# VPN\n\nOpen it again.\n", encoding="utf-8")
    (tmp_path / "kb" / "empty.en.md").write_text("", encoding="utf-8")
    assert run(tmp_path / "kb", "--json", "--home", home, "--topic", "vpn") == 1
    summary = told(capsys)
    fault = f"{tmp_path / 'kb' / 'empty.en.md'}:0: the file has no text -> write what to do, or remove the file"
    assert summary == {
        "source": str(tmp_path / "kb"),
        "kind": "folder",
        "added": ["vpn"],
        "changed": [],
        "unchanged": [],
        "gone": [],
        "set_aside": [],
        "left_out": [],
        "faults": [fault],
        "complete": True,
    }
    assert run_verb("list", "--json", "--home", home) == 0
    listed = {one["article"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (listed["vpn"]["topic"], listed["vpn"]["titles"]) == ("vpn", {"en": "VPN"})


def test_people_are_told_what_is_gone_and_how_to_set_it_aside(home: Path, capsys: Capture, serve: Serve) -> None:
    pages = {f"/{name}": SitePage(html(name, f"<p>About {name}.</p>")) for name in ("vpn", "mail")}
    base = serve(Site(pages))
    assert run(base, "--home", home) == 0
    del pages["/vpn"]
    assert run(base, "--home", home) == 0
    out = capsys.readouterr().out
    assert "2 added, 0 changed, 0 unchanged, 0 gone\n" in out
    assert "gone from the source and kept: 127-0-0-1-vpn; --prune sets them aside" in out
    assert run(base, "--home", home, "--prune") == 0
    assert "set aside: 127-0-0-1-vpn" in capsys.readouterr().out


def test_a_token_comes_from_its_file_or_the_environment_and_is_never_shown(
    home: Path, tmp_path: Path, capsys: Capture, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = serve(Confluence([WikiPage("1", "VPN", "<p>Open the client again.</p>")]))
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", encoding="utf-8")
    assert run(root, "--space", "IT", "--user", USER, "--token-file", file, "--home", home, "--json") == 0
    assert told(capsys)["added"] == ["127-0-0-1-1"]
    monkeypatch.setenv(kb_import.TOKEN, TOKEN)
    assert run(root, "--space", "IT", "--home", home, "--json") == 0
    assert told(capsys)["unchanged"] == ["127-0-0-1-1"]
    monkeypatch.setenv(kb_import.TOKEN, "another-s3cret")
    assert run(root, "--space", "IT", "--home", home) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "401" in captured.err and "another-s3cret" not in captured.err + captured.out
    assert TOKEN not in (home / "kb" / "sources.json").read_text(encoding="utf-8")


def test_a_failure_half_way_keeps_standard_output_empty_and_goes_on_from_there(
    home: Path, capsys: Capture, serve: Serve
) -> None:
    entries = [Entry(1, "en-us", "VPN", "<p>Open it.</p>"), Entry(2, "en-us", "Mail", "<p>Close it.</p>")]
    center = Zendesk(entries, most=1)
    base = serve(center)
    assert run(base, "--kind", "zendesk", "--json", "--home", home, "--limit", "1") == 0
    assert told(capsys)["complete"] is False
    center.locales = ()
    assert run(base, "--kind", "zendesk", "--json", "--home", home) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    center.locales = ("en-us",)
    assert run(base, "--kind", "zendesk", "--json", "--home", home) == 0
    summary = told(capsys)
    assert (summary["added"], summary["unchanged"]) == (["127-0-0-1-2"], ["127-0-0-1-1"])


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["nowhere"], "no folder nowhere; give a folder"),
        (["ftp://acme.example/kb"], "write it as https://host/path"),
        (["https://ann:pw@acme.example/"], "use --user and --token-file"),
        (["https://acme.atlassian.net/wiki"], "--space KEY"),
        (["https://help.acme.example/", "--kind", "wiki"], "one of: folder, confluence, zendesk, site"),
        (["https://help.acme.example/", "--kind", "folder"], "no folder"),
        (["https://acme.zendesk.com/hc/fr", "--space", "IT"], "--space is for Confluence"),
        (["https://help.acme.example/", "--prune", "--limit", "3"], "leave out --limit"),
        (["https://help.acme.example/", "--lang", "de"], "--lang takes fr or en"),
        (["https://help.acme.example/", "--user", "ann"], "--token-file FILE"),
        (["https://help.acme.example/", "--token-file", "nowhere"], "cannot read the token"),
        ([".", "--kind", "site"], "give its https:// address"),
    ],
)
def test_wrong_use_is_one_clear_line(arguments: list[str], mend: str, home: Path, capsys: Capture) -> None:
    assert run(*arguments, "--home", home) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert captured.err.startswith("guichet kb import: ")
    assert mend in captured.err
    assert "pw@" not in captured.err


def test_a_list_of_sources_that_cannot_be_read_is_told(home: Path, tmp_path: Path, capsys: Capture) -> None:
    (home / "kb").mkdir(parents=True)
    (home / "kb" / "sources.json").write_text("{broken", encoding="utf-8")
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "vpn.md").write_text("# VPN\n\nOpen it again.\n", encoding="utf-8")
    assert run(tmp_path / "kb", "--home", home) == 2
    assert "restore it from a backup, or remove it" in capsys.readouterr().err


def test_two_imports_at_once_do_not_forget_what_the_other_saw(home: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "vpn.md").write_text("# VPN\n\nOpen it again.\n", encoding="utf-8")
    with alone(home / "kb"):
        assert run(tmp_path / "kb", "--home", home) == 2
    assert "another import into" in capsys.readouterr().err
    assert run(tmp_path / "kb", "--home", home) == 0
