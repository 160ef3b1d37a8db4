"""The page docs/ticket_bridge.md says what is so."""

import re
import subprocess
import sys
from pathlib import Path

import ticket_bridge
from ticket_bridge.arguments import parser
from ticket_bridge.delivery import DeliveryState

ROOT = Path(ticket_bridge.__file__).parent.parent
PAGE = (ROOT / "docs" / "ticket_bridge.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found, f"the page has no block of {language}"
    return found[1]


def test_the_example_runs_and_prints_what_the_page_says(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", block("python")]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == (block("text"), "")


def test_the_diagram_has_every_state_of_a_delivery_and_no_other() -> None:
    named = set(re.findall(r"^\s+(\w+) -->", block("mermaid"), re.MULTILINE))
    assert named == {str(state) for state in DeliveryState}


def test_every_verb_is_on_the_page() -> None:
    verbs = re.findall(r"{(.*?)}|^    (\w+) ", parser().format_help(), re.MULTILINE)
    names = {name for pair in verbs for name in pair if name}
    assert {"open", "list", "show", "note", "state", "changes"} <= names
    assert not [name for name in names if f"| `{name}" not in PAGE]
