"""The figures of a search are the usual ones, and files that cannot be used are told line by line."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.frame import main
from bot.kb.evaluation import figures

CORPUS: list[dict[str, Any]] = [
    {"id": 1, "title": "Clear a paper jam", "text": "Open the doors and pull the paper straight."},
    {"id": "vpn", "title": "Quitter et rouvrir le VPN", "text": "Clic droit sur l’icône, puis Quitter.", "lang": "fr"},
    {"id": "mail", "title": "Set an automatic reply", "text": "Choose Automatic replies in the File menu."},
]
QUERIES: list[dict[str, Any]] = [
    {"query": "the paper is stuck in the printer", "relevant": ["1"]},
    {"query": "comment relancer mon vpn", "relevant": ["vpn"], "candidates": ["vpn", "mail"]},
]


def written(file: Path, rows: list[dict[str, Any]]) -> str:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(file)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["kb", "evaluate", *arguments])
    return int(left.value.code or 0)


def test_figures_are_those_of_the_definitions() -> None:
    told = figures(["a", "x", "b", "y", "z", "c"], frozenset("abcd"))
    assert told == pytest.approx({"map": (1 + 2 / 3 + 3 / 6) / 4, "mrr": 1, "p@1": 1, "p@5": 0.4, "recall@10": 0.75})
    assert figures(["x", "a"], frozenset("a")) == {"map": 0.5, "mrr": 0.5, "p@1": 0, "p@5": 0.2, "recall@10": 1}
    assert set(figures([], frozenset("a")).values()) == {0}


def test_a_search_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = written(tmp_path / "corpus.jsonl", CORPUS), written(tmp_path / "queries.jsonl", QUERIES)
    assert run("--corpus", files[0], "--queries", files[1], "--json", "--home", str(tmp_path)) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"n", "map", "mrr", "p@1", "p@5", "recall@10", "index_seconds", "ms_per_query_p50"}
    assert (told["n"], told["map"], told["p@1"]) == (2, 1, 1)


def test_every_fault_of_the_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = written(tmp_path / "corpus.jsonl", CORPUS), tmp_path / "queries.jsonl"
    rows = ['{"query": "a"', '{"query": "a", "relevant": []}', '{"query": "a", "relevant": ["nothing"]}', "[1]"]
    bad.write_text("\n".join(rows), encoding="utf-8")
    assert run("--corpus", good, "--queries", str(bad)) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in told] == ["1", "2", "3", "4"]
    assert "relevant names nothing" in told[2]
    assert run("--corpus", str(tmp_path / "none.jsonl"), "--queries", good) == 2
    assert "cannot be read" in capsys.readouterr().err
