"""The import contracts hold, and each of them is seen to fail when broken on purpose."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.needs import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
# contract, module that is given one bad line, that line, the module it leads to (made if it does not stand yet)
BREACHES = [
    ("floors", "bot.store.breach", "import bot.inbox", "bot.inbox"),
    ("floors", "bot.kb.breach", "from bot.people import breach_target", "bot.people.breach_target"),
    ("floors", "bot.basement", "import json", None),
    ("pure-core", "bot.dialog.breach", "import yaml", None),
    ("pure-core", "bot.dialog.breach", "from bot.ports import breach_target", "bot.ports.breach_target"),
    ("ways", "bot.inbox", "import bot.store.breach_target", "bot.store.breach_target"),
    ("ways", "bot.outbox", "import ticket_bridge.breach_target", "ticket_bridge.breach_target"),
    ("settings", "bot.console.breach", "from bot import settings", "bot.settings"),
    ("bridge-apart", "ticket_bridge.breach", "import bot.dialog.breach_target", "bot.dialog.breach_target"),
    ("bridge-behind-tickets", "bot.stats.breach", "import ticket_bridge.breach_target", "ticket_bridge.breach_target"),
    ("channels-apart", "bot.channels.slack.breach", "import bot.channels.telegram", "bot.channels.telegram"),
    ("rasa", "bot.flows.breach", "import rasa_sdk", None),
    ("sql", "bot.stats.breach", "def late():\n    import sqlalchemy", None),
    ("no-circles", "bot.dialog.breach", "import bot.dialog.breach_target", "bot.dialog.breach_target"),
]
# A circle takes two imports: the second one, back.
BACK = {("no-circles", "bot.dialog.breach_target"): "import bot.dialog.breach"}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run Import Linter on a tree as `make lint` does, on that tree's code alone."""
    return subprocess.run(
        [LINT, "--no-logo", "--no-cache"], cwd=tree, env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def add_line(tree: Path, module: str, line: str) -> None:
    """Append a line to a module, which is made, with its packages, where it does not stand."""
    *packages, name = module.split(".")
    folder = tree
    for package in packages:
        folder /= package
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    file = folder / name / "__init__.py" if (folder / name).is_dir() else folder / f"{name}.py"
    with file.open("a") as code:
        code.write(f"\n{line}\n")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code that may be broken."""
    for part in ("bot", "ticket_bridge", "tests/support"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=lambda folder, names: [
            name for name in names if not name.endswith(".py") and not Path(folder, name).is_dir()
        ])  # fmt: skip
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_import_contracts_hold():
    report = lint(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize(("contract", "module", "line", "target"), BREACHES, ids=[f"{b[0]}: {b[1]}" for b in BREACHES])
def test_a_contract_broken_on_purpose_is_reported_by_name(tree, contract, module, line, target):
    if target:
        add_line(tree, target, BACK.get((contract, target), ""))
    add_line(tree, module, line)
    report = lint(tree)
    assert report.returncode == 1, report.stdout + report.stderr
    assert f"{CONTRACTS[contract]} BROKEN" in report.stdout


def test_every_contract_has_a_breach_that_proves_it():
    assert {contract for contract, *_ in BREACHES} == set(CONTRACTS)
