"""Runs the commands that print the figures."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.material import Material
from tests.support.needs import ROOT

Told = dict[str, Any]


class Desk:
    """Runs the commands in a home of its own; `encoders` as in the settings."""

    def __init__(self, folder: Path, encoders: Sequence[str] = ("use",)) -> None:
        self.material = Material(folder)
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        self._config = folder / f"{'-'.join(encoders) or 'none'}.toml"
        self._config.write_text(f"[understanding]\nencoders = {json.dumps(list(encoders))}\n", encoding="utf-8")

    def run(self, *arguments: str, given: str = "") -> str:
        """Run a verb; give what it prints."""
        where = ("--home", str(self.home), "--config", str(self._config))
        command = [sys.executable, "-m", "bot", *arguments, *where]
        return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout

    def nlu(self, *arguments: str) -> Told:
        """Run `guichet nlu evaluate`."""
        return dict(json.loads(self.run("nlu", "evaluate", "--json", *arguments)))

    def kb(self, corpus: str, queries: str) -> Told:
        """Run `guichet kb evaluate`."""
        return dict(json.loads(self.run("kb", "evaluate", "--json", "--corpus", corpus, "--queries", queries)))

    def bench(self, *arguments: str) -> Told:
        """Run `guichet bench`."""
        return dict(json.loads(self.run("bench", *arguments, "--json")))

    def parsed(self, messages: Sequence[str]) -> list[Told]:
        """Run `guichet nlu parse`, with the phrases that ship."""
        given = "".join(json.dumps({"text": text}) + "\n" for text in messages)
        return [json.loads(line) for line in self.run("nlu", "parse", "--json", given=given).splitlines()]


def script(module: str, *arguments: str) -> Told:
    """Run a script of the tests."""
    command = [sys.executable, "-m", module, *arguments]
    return dict(json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout))
